"""What may be done with health data. A guard, the office, an administrator and the body above read none of it (L3)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from taicho.health.models import Declaration, HealthAlert, Restriction, Temperature
from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.organisation.enums import HEAD_ROLES, PersonKind, PostRole
from taicho.organisation.models import Person, Unit
from taicho.organisation.policies import holds_in_agency

HEALTH = (PostRole.HEALTH_POST,)
AT_THE_GATE = (PostRole.GUARD, PostRole.ENTRANCE_DESK)


def _is(actor: Actor, person: Person) -> bool:
    return actor.person is not None and actor.person == UUID(str(person.key))


def _unit_of(thing: Any) -> Unit | None:
    """Where the person concerned is now; the agency that stands on a row is history and gives no right."""
    if isinstance(thing, Person):
        return thing.home_unit
    if isinstance(thing, Declaration | HealthAlert | Restriction | Temperature):
        return thing.person.home_unit
    return thing if isinstance(thing, Unit) else None


@policy(_("Chỉ y tế cơ quan làm được việc này."))
def may_keep_health(actor: Actor, thing: Any = None) -> bool:
    """See answers and figures, take temperatures, restrict, lift, work on alerts: the health post where the person is."""
    if thing is None:
        return actor.holds(HEALTH)
    unit = _unit_of(thing)
    return unit is not None and holds_in_agency(actor, HEALTH, unit)


@policy(_("Chỉ trưởng phòng và y tế cơ quan xem được ai đã khai báo."))
def may_follow_declarations(actor: Actor, thing: Any = None) -> bool:
    """See who has declared and who needs to be followed, never an answer: heads for their unit, the health post."""
    if thing is None:
        return actor.holds(HEAD_ROLES) or actor.holds(HEALTH)
    unit = _unit_of(thing)
    return unit is not None and holds_in_agency(actor, (*sorted(HEAD_ROLES), *HEALTH), unit)


@policy(_("Đồng chí chỉ khai báo cho mình. Trưởng phòng và y tế cơ quan khai báo giúp người không có điện thoại."))
def may_declare_for(actor: Actor, person: Person | None = None) -> bool:
    """Declare for oneself as long as one serves; for others the head of the unit or the health post types it."""
    if person is None or person.kind != PersonKind.STAFF:
        return False
    return (_is(actor, person) and actor.unit is not None) or may_follow_declarations.test(actor, person)


@policy(_("Chỉ người khai báo được sửa khai báo của mình."))
def may_correct(actor: Actor, declaration: Declaration | None = None) -> bool:
    """Correct a declaration: the person who declared."""
    return declaration is not None and _is(actor, declaration.person)


@policy(_("Chỉ bảo vệ, bộ phận thường trực và y tế cơ quan ghi nhận khai báo làm ở nơi khác."))
def may_accept_outside(actor: Actor, person: Person | None = None) -> bool:
    """Take note of a declaration made elsewhere that a person shows: the gate and the health post of the agency."""
    unit = person.home_unit if person is not None else None
    return unit is not None and holds_in_agency(actor, (*AT_THE_GATE, *HEALTH), unit)


@policy(_("Chỉ bảo vệ, bộ phận thường trực và y tế cơ quan đo thân nhiệt."))
def may_take_temperature(actor: Actor, person: Person | None = None) -> bool:
    """Take a temperature: the gate and the health post of the agency."""
    return may_accept_outside.test(actor, person)
