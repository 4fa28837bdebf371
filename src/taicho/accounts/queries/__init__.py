"""Questions about accounts."""

from taicho.accounts.queries.door import (
    administrator_until,
    demo_accounts_exist,
    devices_of,
    events_of,
    free_name,
    has_second_factor,
    usable_link,
    usable_slip,
)
from taicho.accounts.queries.factors import kept_secret, removal_refusal

__all__ = [
    "administrator_until",
    "demo_accounts_exist",
    "devices_of",
    "events_of",
    "free_name",
    "has_second_factor",
    "kept_secret",
    "removal_refusal",
    "usable_link",
    "usable_slip",
]
