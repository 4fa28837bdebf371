"""The small world of the authorisation matrix: twelve people who ask, seven places where a thing can be.

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
from taicho.kernel.actor import system
from taicho.organisation.actions.posts import appoint
from taicho.organisation.actions.staff import register_staff
from taicho.organisation.actions.units import create_unit
from taicho.organisation.enums import PostRole, UnitKind

ROLES = (
    "visitor", "staff", "guard", "unit_head", "clerk", "office", "command_post", "leader", "superior_body",
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
    return world


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
        appoint(
            person, by=BY, unit=unit, role=PostRole(role), title=role, at=START,
            until=None if forever else datetime.now(UTC) + timedelta(days=3650),
        )  # fmt: skip
    world.accounts[role] = person.account = open_account(role.replace("_", "-"), by=BY, is_demo=True)
    person.save(update_fields=["account"])
    world.people[role] = person
