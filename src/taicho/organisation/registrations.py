"""What this area tells the areas below: who an account's person is, and who needs a second factor."""

from django.utils.translation import gettext as _

from taicho.accounts.models import Account
from taicho.accounts.requirements import register_actor_source, register_second_factor_rule
from taicho.kernel.actor import Actor
from taicho.organisation.queries.build_actor import build_actor, needs_second_factor


def register() -> None:
    """Hang the two answers into accounts."""
    register_actor_source(actor_at_the_door)
    register_second_factor_rule(reason_for_second_factor)


def actor_at_the_door(account: Account) -> Actor | None:
    """Who acts when a step is taken before a request has an actor."""
    return build_actor(account)


def reason_for_second_factor(account: Account) -> str | None:
    """The sentence that asks for a second factor, or None."""
    if not needs_second_factor(account):
        return None
    return _("Chức vụ của đồng chí cần lớp xác thực thứ hai.")
