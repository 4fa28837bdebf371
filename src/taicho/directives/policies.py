"""Who may put measures in force, decide for the office, take a measure back (A6, A7)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from taicho.directives.models import Measure
from taicho.documents.models import IncomingDocument
from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Unit
from taicho.organisation.policies import holds_in_agency

CONFIRMERS = (PostRole.CLERK, PostRole.OFFICE, PostRole.CHIEF_OF_OFFICE, PostRole.LEADER)
DECIDERS = (PostRole.CHIEF_OF_OFFICE, PostRole.LEADER)


def agency_of(thing: Any) -> Unit | None:
    """The agency that keeps a document or measure; a unit is its own; None for no thing."""
    if isinstance(thing, IncomingDocument | Measure):
        return thing.agency
    return thing if isinstance(thing, Unit) else None


@policy(_("Chỉ văn thư, Văn phòng và lãnh đạo cơ quan được xác nhận biện pháp."))
def may_confirm(actor: Actor, thing: Any = None) -> bool:
    """Confirm that a clause orders something, or record that one measure replaces another."""
    agency = agency_of(thing)
    if agency is None:
        return thing is None and actor.holds(CONFIRMERS)
    return holds_in_agency(actor, CONFIRMERS, agency)


@policy(_("Chỉ lãnh đạo cơ quan và Chánh Văn phòng được quyết định thay cho cơ quan."))
def may_decide(actor: Actor, thing: Any = None) -> bool:
    """Give the office a rule of its own that no document states (D6), or take a measure back."""
    agency = agency_of(thing)
    if agency is None:
        return thing is None and actor.holds(DECIDERS)
    return holds_in_agency(actor, DECIDERS, agency)
