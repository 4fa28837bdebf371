"""What may be done, and the sentence that says who can. Pages, menus, forms and searches ask here (house § 7)."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.organisation.enums import HEAD_ROLES, PostRole
from taicho.organisation.models import (
    Delegation,
    Gate,
    OutsideAuthority,
    Person,
    Post,
    Room,
    Site,
    StaffImport,
    StandingBody,
    Unit,
)
from taicho.organisation.rules.reach import depth_of

ADMINISTRATORS = (PostRole.ADMINISTRATOR,)
REGISTRARS = (PostRole.OFFICE, PostRole.CHIEF_OF_OFFICE)
HEADS = tuple(sorted(HEAD_ROLES))


def holds_in_agency(actor: Actor, roles: Iterable[str], unit: Unit) -> bool:
    """Whether one of `roles` is held over `unit` without crossing into an agency below the one it is held in."""
    return any(
        unit.path in reach and unit.agency_depth <= depth_of(reach.start) for reach in actor.reach(frozenset(roles))
    )


UNIT_OF: dict[type, Callable[[Any], Unit | None]] = {
    Unit: lambda unit: unit,
    Post: lambda post: post.unit,
    StandingBody: lambda body: body.unit,
    StaffImport: lambda listed: listed.unit,
    Delegation: lambda delegation: delegation.post.unit,
    OutsideAuthority: lambda authority: authority.kept_by,
    Site: lambda site: site.holder,
    Gate: lambda gate: gate.site.holder,
    Room: lambda room: room.site.holder,
    Person: lambda person: person.home_unit,
}


def unit_of(thing: Any) -> Unit | None:
    """The unit a thing belongs to, in whose name it is kept; None for no thing."""
    return UNIT_OF[type(thing)](thing) if type(thing) in UNIT_OF else None


@policy(_("Chỉ người quản trị của đơn vị được thay đổi cơ cấu tổ chức."))
def may_manage_structure(actor: Actor, thing: Any = None) -> bool:
    """Create, rename, end and merge units; without a thing: whether the actor manages any."""
    unit = unit_of(thing)
    return actor.holds(ADMINISTRATORS, over=unit.path if unit else None)


@policy(_("Chỉ người quản trị được thêm đơn vị cấp cao nhất."))
def may_add_top_unit(actor: Actor, thing: Any = None) -> bool:
    """Add another top-level unit to the installation: an administrator of a whole tree."""
    return any(depth_of(reach.start) <= 1 for reach in actor.reach(ADMINISTRATORS))


@policy(_("Chỉ Văn phòng và người quản trị của cơ quan được sửa danh sách cán bộ, nhân viên."))
def may_keep_register(actor: Actor, thing: Any = None) -> bool:
    """Register, update, transfer staff of a unit; without a thing: of any unit."""
    unit = unit_of(thing)
    if unit is None:
        return thing is None and actor.holds((*REGISTRARS, *ADMINISTRATORS))
    return holds_in_agency(actor, REGISTRARS, unit) or actor.holds(ADMINISTRATORS, over=unit.path)


@policy(_("Chỉ người quản trị của đơn vị được giao hoặc kết thúc chức vụ."))
def may_appoint(actor: Actor, thing: Any = None) -> bool:
    """Give and end posts: they carry rights, so the administrator of the structure does it, on a decision."""
    return may_manage_structure.test(actor, thing)


@policy(_("Chỉ bản thân, người phụ trách đơn vị, Văn phòng, y tế cơ quan và người quản trị xem được phần này."))
def may_see_private_details(actor: Actor, person: Person | None = None) -> bool:
    """Residence, lodging, personal phone, birth date, home-working means (C2, trust.md 5.1)."""
    if person is None:
        return False
    unit = person.home_unit
    return actor.person == person.key or (
        unit is not None
        and (
            holds_in_agency(actor, (*REGISTRARS, *HEADS, PostRole.HEALTH_POST), unit)
            or actor.holds(ADMINISTRATORS, over=unit.path)
        )
    )


@policy(_("Chỉ bản thân được khai phần này; người khác đề nghị Văn phòng sửa."))
def may_state_own_details(actor: Actor, person: Person | None = None) -> bool:
    """State where one lives and what one has at home: the person in question."""
    return person is not None and _is(actor, person)


@policy(_("Chỉ người quản trị, hoặc Văn phòng đối với người không giữ chức vụ cần bảo mật cao, được cấp phiếu vào."))
def may_issue_slip(actor: Actor, person: Person | None = None) -> bool:
    """Issue an entry slip, which lets its holder choose a new password; never for oneself.

    The office does it for ordinary staff; for whoever holds a sensitive role only the administrator, so that nobody
    in the office can open the leader's account.
    """
    unit = unit_of(person)
    if person is None or unit is None or actor.person == person.key:
        return False
    if actor.holds(ADMINISTRATORS, over=unit.path):
        return True
    return holds_in_agency(actor, REGISTRARS, unit) and not person.holds_sensitive_role


@policy(_("Chỉ người đang giữ chức vụ này được ủy quyền."))
def may_delegate(actor: Actor, post: Post | None = None) -> bool:
    """The holder of the post, in person; a delegate or deputy cannot (no sub-delegation, NĐ 30/2020, Điều 13)."""
    return post is not None and _is(actor, post.person)


@policy(_("Chỉ người ủy quyền hoặc người quản trị của đơn vị được thu hồi ủy quyền."))
def may_revoke(actor: Actor, delegation: Delegation | None = None) -> bool:
    """The one who delegated, or the administrator of the unit."""
    return delegation is not None and (
        _is(actor, delegation.post.person) or actor.holds(ADMINISTRATORS, over=delegation.post.unit.path)
    )


@policy(_("Chỉ lãnh đạo, Chánh Văn phòng và người quản trị của cơ quan được thành lập, kiện toàn tổ chức này."))
def may_compose_body(actor: Actor, thing: Any = None) -> bool:
    """Set up, recompose, activate and stand down standing bodies."""
    unit = unit_of(thing)
    makers = (PostRole.LEADER, PostRole.CHIEF_OF_OFFICE)
    if unit is None:
        return thing is None and actor.holds((*makers, *ADMINISTRATORS))
    return holds_in_agency(actor, makers, unit) or actor.holds(ADMINISTRATORS, over=unit.path)


@policy(_("Chỉ Văn phòng và người quản trị của cơ quan được sửa danh bạ cơ quan ngoài, địa điểm, cổng và phòng."))
def may_keep_places(actor: Actor, thing: Any = None) -> bool:
    """Keep outside authorities, service areas, sites, gates and rooms."""
    return may_keep_register.test(actor, thing)


def _is(actor: Actor, person: Person) -> bool:
    return actor.person is not None and actor.person == UUID(str(person.key))
