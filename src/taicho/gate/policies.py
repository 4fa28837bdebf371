"""What may be done at the gates, and the sentence that says who can."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from taicho.gate.models import Entry, ExceptionRequest, GateDevice, GatePass, Visit
from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Gate, Person, Unit
from taicho.organisation.policies import holds_in_agency, unit_of

GUARDS = (PostRole.GUARD, PostRole.ENTRANCE_DESK)
KEEPERS = (PostRole.OFFICE, PostRole.CHIEF_OF_OFFICE)
LEADERS = (PostRole.LEADER,)


def agency_behind(thing: Any) -> Unit | None:
    """The agency a thing of the gate belongs to; None for no thing."""
    if isinstance(thing, Entry | ExceptionRequest | GateDevice | GatePass | Visit):
        return thing.agency
    return unit_of(thing) if isinstance(thing, Gate | Unit) else None


@policy(_("Chỉ bảo vệ và bộ phận thường trực của cơ quan làm việc tại cổng."))
def may_guard(actor: Actor, thing: Any = None) -> bool:
    """Check passes, write entries, exits and visitors; without a thing: at any gate."""
    agency = agency_behind(thing)
    return actor.holds(GUARDS) if agency is None else holds_in_agency(actor, GUARDS, agency)


@policy(_("Chỉ Văn phòng và người quản trị của cơ quan được ghi nhận, thu hồi thiết bị cổng."))
def may_keep_devices(actor: Actor, thing: Any = None) -> bool:
    """Invite and revoke gate devices, make the poster of a gate."""
    agency = agency_behind(thing)
    if agency is None:
        return thing is None and actor.holds((*KEEPERS, PostRole.ADMINISTRATOR))
    administers = actor.holds([PostRole.ADMINISTRATOR], over=agency.path)
    return administers or holds_in_agency(actor, KEEPERS, agency)


@policy(_("Chỉ bảo vệ, bộ phận thường trực và Văn phòng xem được sổ theo dõi của cổng."))
def may_read_book(actor: Actor, thing: Any = None) -> bool:
    """Read who passed, who is inside, and the visitor book."""
    agency = agency_behind(thing)
    readers = (*GUARDS, *KEEPERS)
    return actor.holds(readers) if agency is None else holds_in_agency(actor, readers, agency)


@policy(_("Chỉ lãnh đạo cơ quan, hoặc người được ủy quyền, quyết định trường hợp ngoại lệ tại cổng."))
def may_decide_exception(actor: Actor, thing: Any = None) -> bool:
    """Let in, or not, somebody whom a requirement stopped; never one's own case."""
    agency = agency_behind(thing)
    if agency is None:
        return actor.holds(LEADERS)
    own = isinstance(thing, ExceptionRequest) and thing.person.key == actor.person
    return not own and holds_in_agency(actor, LEADERS, agency)


@policy(_("Chỉ bảo vệ tại cổng, hoặc lãnh đạo cơ quan, xem được đề nghị này."))
def may_read_request(actor: Actor, thing: Any = None) -> bool:
    """Read what a guard asked and what was answered."""
    return may_decide_exception.test(actor, thing) or may_guard.test(actor, thing)


@policy(_("Chỉ người có tên trong danh sách cán bộ, nhân viên mới có thẻ."))
def may_have_pass(actor: Actor, person: Person | None = None) -> bool:
    """Get and see one's own pass."""
    return actor.signed_in and actor.unit is not None
