"""The small world of the authorisation matrix: thirteen who ask, seven places where a thing can be.

Tỉnh (root)                             ← upper body, health station's province
├── Sở (the agency)                     ← p: leader, administrator, inspector
│   ├── Phòng 1                         ← o: everyone else who asks
│   │   └── Tổ 1a                       ← u
│   └── Phòng 2                         ← s
│       └── Tổ 2a                       ← b
└── Trạm Y tế                           ← the health station
Tỉnh khác (another root) └── Sở khác └── Phòng khác   ← x
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from taicho.accounts.actions.accounts import open_account
from taicho.kernel import clock
from taicho.kernel.actor import Actor, system
from taicho.organisation.actions.authorities import register_authority
from taicho.organisation.actions.places import add_gate, add_room, add_site
from taicho.organisation.actions.posts import appoint, delegate
from taicho.organisation.actions.staff import register_staff
from taicho.organisation.actions.standing_bodies import Seat, set_up_body
from taicho.organisation.actions.units import create_unit
from taicho.organisation.enums import BodyFunction, PostRole, UnitKind

ROLES = (
    "visitor", "staff", "guard", "health_post", "unit_head", "clerk", "office", "command_post", "leader", "superior_body",
    "health_station", "inspector", "administrator",
)  # fmt: skip
PLACES = {
    "m": "oneself",
    "o": "own unit",
    "u": "sub-unit",
    "p": "the agency itself",
    "s": "sibling unit",
    "b": "other branch of the agency",
    "x": "unrelated agency",
}
AT_THE_AGENCY = {"leader", "administrator", "inspector"}
START = datetime(2021, 1, 4, tzinfo=UTC)
BY = system("matrix")


@dataclass
class World:
    """Units by place, people and accounts by role, one colleague at every place."""

    units: dict = field(default_factory=dict)
    accounts: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    colleagues: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    own_posts: dict = field(default_factory=dict)
    delegations: dict = field(default_factory=dict)
    own_delegations: dict = field(default_factory=dict)
    kept: dict = field(default_factory=lambda: {kind: {} for kind in ("body", "authority", "site", "gate", "room")})

    def unit_of(self, role):
        """The unit in which the person with this role works."""
        if role == "superior_body":
            return self.units["top"]
        if role == "health_station":
            return self.units["station"]
        return self.units["p" if role in AT_THE_AGENCY else "o"]


def build_world():
    """Make the world through the same actions people use."""
    world = World()
    plant_units(world)
    for role in ROLES[1:]:
        settle_person(world, role)
    for place in "oupsbx":
        world.colleagues[place] = register_staff(
            by=BY, unit=world.units[place], full_name=f"Đặng Thị {place.upper()}", at=START, lodging=f"Số 1, {place}"
        )
        furnish(world, place)
    return world


def furnish(world, place):
    """A post with a delegation, a standing body, an outside authority, a site with gate and room, at the place."""
    unit, colleague, kept = world.units[place], world.colleagues[place], world.kept
    head = register_staff(by=BY, unit=unit, full_name=f"Lê Trưởng {place.upper()}", at=START)
    role = PostRole.LEADER if unit.is_agency else PostRole.UNIT_HEAD
    world.posts[place] = appoint(head, by=BY, unit=unit, role=role, title="Trưởng", at=START, accountable_head=True)
    world.delegations[place] = give(world.posts[place], head, colleague)
    kept["body"][place] = set_up_body(
        by=BY, unit=unit, kind="support_team", name=f"Tổ giúp việc {place}", decision="1/QĐ", decided_on=START.date(),
        seats=[Seat(colleague, BodyFunction.HEAD)], at=START,
    )  # fmt: skip
    kept["authority"][place] = register_authority(
        by=BY, kept_by=unit, kind="cdc", name=f"CDC {place}", phone="0900000110", valid_from=START.date()
    )
    kept["site"][place] = add_site(by=BY, unit=unit, name=f"Trụ sở {place}", address="Số 1", valid_from=START.date())
    kept["gate"][place] = add_gate(kept["site"][place], by=BY, name="Cổng chính")
    kept["room"][place] = add_room(kept["site"][place], by=BY, name="Phòng 1")


def give(post, holder, to):
    """The holder of a post lets somebody act for a year, as only the holder can."""
    until = clock.now() + timedelta(days=30)
    return delegate(post, by=Actor(person=holder.key), to=to, matters="ký giấy đi đường", document="1/GUQ", until=until)


def plant_units(world):
    """Two provinces, three agencies, their rooms."""

    def unit(parent, kind, name):
        return create_unit(by=BY, parent=parent, kind=kind, name=name, valid_from=date(2021, 1, 1))

    units = world.units
    units["top"] = unit(None, UnitKind.ADMINISTRATION, "Tỉnh Minh Giang")
    units["p"] = unit(units["top"], UnitKind.AGENCY, "Sở Khoa học và Công nghệ")
    units["o"] = unit(units["p"], UnitKind.DEPARTMENT, "Phòng Một")
    units["u"] = unit(units["o"], UnitKind.DEPARTMENT, "Tổ Một A")
    units["s"] = unit(units["p"], UnitKind.DEPARTMENT, "Phòng Hai")
    units["b"] = unit(units["s"], UnitKind.DEPARTMENT, "Tổ Hai A")
    units["station"] = unit(units["top"], UnitKind.AGENCY, "Trạm Y tế")
    units["other"] = unit(None, UnitKind.ADMINISTRATION, "Tỉnh Sơn Lâm")
    units["x_agency"] = unit(units["other"], UnitKind.AGENCY, "Sở Y tế")
    units["x"] = unit(units["x_agency"], UnitKind.DEPARTMENT, "Phòng Khác")
    for name in list(units):
        units[name].refresh_from_db()


def settle_person(world, role):
    """A member of staff with the post of this role and a demo account, which plays both factors in a drill."""
    unit = world.unit_of(role)
    person = register_staff(by=BY, unit=unit, full_name=f"Nguyễn Văn {role}", at=START)
    if role != "staff":
        forever = role != "administrator"
        world.own_posts[role] = appoint(
            person, by=BY, unit=unit, role=PostRole(role), title=role, at=START,
            until=None if forever else datetime.now(UTC) + timedelta(days=3650),
        )  # fmt: skip
    world.accounts[role] = person.account = open_account(role.replace("_", "-"), by=BY, is_demo=True)
    person.save(update_fields=["account"])
    world.people[role] = person
