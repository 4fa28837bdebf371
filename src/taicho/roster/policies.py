"""Who plans where people work, who lets somebody in over the cap, who names the people on post (D3, D4)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from taicho.directives.models import Measure
from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.organisation.enums import HEAD_ROLES, PostRole
from taicho.organisation.models import Person, Unit
from taicho.organisation.policies import REGISTRARS, holds_in_agency

PLANNERS = tuple(sorted({*HEAD_ROLES, *REGISTRARS}))
EXCEPTERS = (PostRole.LEADER, PostRole.CHIEF_OF_OFFICE)


def _unit_of(thing: Any) -> Unit | None:
    """The unit a thing is about: a person's own, the agency of a measure, what else names its unit."""
    if isinstance(thing, Person):
        return thing.home_unit
    if isinstance(thing, Measure):
        return thing.agency
    return thing if isinstance(thing, Unit) else getattr(thing, "unit", None)


@policy(_("Chỉ người phụ trách đơn vị và Văn phòng đăng ký lịch cho đơn vị."))
def may_plan(actor: Actor, thing: Any = None) -> bool:
    """See and write the plan of a unit: its heads, the heads above it in the agency, the office."""
    unit = _unit_of(thing)
    return unit is not None and holds_in_agency(actor, PLANNERS, unit)


@policy(_("Chỉ bản thân, người phụ trách đơn vị và Văn phòng đăng ký lịch cho người này."))
def may_register(actor: Actor, person: Person | None = None) -> bool:
    """Register where a person works: oneself for oneself while one serves, the planners of the unit for everyone in it."""
    own = person is not None and actor.person == person.key and actor.unit is not None
    return own or (person is not None and may_plan.test(actor, person))


@policy(_("Chỉ lãnh đạo cơ quan và Chánh Văn phòng cho phép ngoại lệ."))
def may_except(actor: Actor, thing: Any = None) -> bool:
    """Let a person come though the cap is full, by name and with the reason."""
    unit = _unit_of(thing)
    return unit is not None and holds_in_agency(actor, EXCEPTERS, unit)


@policy(_("Chỉ Văn phòng, Chánh Văn phòng và lãnh đạo cơ quan nêu người thường trực."))
def may_name(actor: Actor, thing: Any = None) -> bool:
    """Say who holds a post that a document names only by its work."""
    unit = _unit_of(thing)
    return unit is not None and holds_in_agency(actor, (*EXCEPTERS, *REGISTRARS), unit)
