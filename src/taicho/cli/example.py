"""Fill a drill database with an example hierarchy (house D14). Names are invented, always the same ones."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

import yaml

FAMILY = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương
Đinh Lâm Phùng
""".split()
MIDDLE = """
Văn Thị Đức Thị Hữu Ngọc Quang Minh Thanh Thu Xuân Công Thế Bích Kim Mạnh Đình Hồng Gia Khánh
""".split()
GIVEN = """
An Anh Ánh Ân Bảo Bình Châu Chi Cường Dung Dũng Duyên Đào Đạt Điệp Đức Giang Hà Hải Hạnh Hiền Hiếu
Hoa Hòa Hùng Hương Huyền Khánh Lan Liên Linh Loan Long Ly Mai Nam Nga Ngân Nghĩa Nhung Oanh Phong
Phúc Phương Quân Quyên Sơn Tâm Thảo Thắng Thịnh Thoa Thúy Trang Trung Tú Tuấn Tuyết Uyên Vân Việt
Vinh Xuyến Yến
""".split()
CATEGORIES = ["civil_servant"] * 6 + ["public_employee"] * 2 + ["worker"] * 2


@dataclass(slots=True)
class Example:
    """What was loaded: the title and, for each role one may enter as, its account."""

    title: str
    entries: dict[str, Any] = field(default_factory=dict)


def available() -> list[str]:
    """Keys of the examples, in order."""
    return sorted(
        p.name.removesuffix(".yaml") for p in files("taicho.cli.examples").iterdir() if p.name.endswith(".yaml")
    )


class ExampleLoader:
    """Loads one example through the same actions a person would use, so that its audit trail is a true one."""

    def __init__(self, key: str) -> None:
        from taicho.kernel.actor import system

        self.plan: dict[str, Any] = yaml.safe_load((files("taicho.cli.examples") / f"{key}.yaml").read_text("utf-8"))
        self.since: date = self.plan["standing_since"]
        self.a_year_from_now = datetime.now(UTC) + timedelta(days=365)
        self.start = datetime.combine(self.since, time(), tzinfo=UTC)
        self.luck = random.Random(key)  # noqa: S311 - invented names, the same on every machine
        self.by = system("example")
        self.people: dict[str, Any] = {}
        self.with_bodies: list[tuple[dict[str, Any], Any]] = []
        self.with_papers: list[tuple[dict[str, Any], Any]] = []
        self.example = Example(self.plan["title"])

    def load(self) -> Example:
        """Load everything in one transaction: the whole hierarchy or nothing."""
        from django.db import transaction

        with transaction.atomic():
            for unit in self.plan["units"]:
                self.add_unit(unit, parent=None)
            for plan, unit in self.with_bodies:
                self.add_bodies(plan, unit)
            for plan, unit in self.with_papers:
                self.add_papers(plan, unit)
        return self.example

    def add_unit(self, plan: dict[str, Any], parent: Any) -> None:
        """A unit with its people, posts, and everything under it."""
        from taicho.organisation.actions.units import create_unit

        unit = create_unit(
            by=self.by,
            parent=parent,
            kind=plan["kind"],
            name=plan["name"],
            valid_from=self.since,
            symbol=plan.get("symbol", ""),
            level=plan.get("level", ""),
        )
        self.add_people(plan, unit, parent)
        self.add_places(plan, unit)
        self.add_authorities(plan, unit)
        if plan.get("bodies"):
            self.with_bodies.append((plan, unit))
        if plan.get("letters") or plan.get("decisions"):
            self.with_papers.append((plan, unit))
        if plan.get("station"):
            self.add_unit(self.station_of(plan), parent=unit)
        for below in plan.get("units", []):
            self.add_unit(below, parent=unit)

    def station_of(self, plan: dict[str, Any]) -> dict[str, Any]:
        """The health station of a commune, as a plan of its own: an agency below the commune."""
        head = {"name": self.invent_name(), "role": "health_station", "title": "Trưởng Trạm Y tế"}
        if plan.get("enter_station"):
            head["enter"] = plan["enter_station"]
        return {"name": f"Trạm Y tế {plan['name']}", "kind": "agency", "staff": 4, "people": [head]}

    def add_people(self, plan: dict[str, Any], unit: Any, parent: Any) -> None:
        """The named people of a unit with their posts, then invented ones up to its number of staff."""
        named = plan.get("people", [])
        for person in named:
            self.add_person(person, unit, parent)
        for _ in range(plan.get("staff", 0) - len(named)):
            self.register(self.invent_name(), unit)

    def add_person(self, plan: dict[str, Any], unit: Any, parent: Any) -> None:
        """A named person; `at: ..` holds the post in the unit above; `enter` opens a demo account."""
        from taicho.organisation.actions.posts import appoint

        person = self.people[plan["name"]] = self.register(plan["name"], unit, position=plan.get("title", ""))
        if "role" in plan:
            appoint(
                person,
                by=self.by,
                unit=self.agency_above(unit, parent) if plan.get("at") == ".." else unit,
                role=plan["role"],
                title=plan["title"],
                at=self.start,
                until=self.a_year_from_now if plan["role"] == "administrator" else None,
                accountable_head=plan.get("head", False),
                portfolio=plan.get("portfolio", ""),
            )
        if "enter" in plan:
            self.example.entries[plan["enter"]] = self.open_door(person, plan["enter"])

    def add_bodies(self, plan: dict[str, Any], unit: Any) -> None:
        """Standing bodies, once everyone who sits in them is on a list."""
        from taicho.organisation.actions.standing_bodies import Seat, set_up_body

        for body in plan["bodies"]:
            set_up_body(
                by=self.by,
                unit=unit,
                kind=body["kind"],
                name=body["name"],
                decision=body["decision"],
                decided_on=self.since,
                seats=[Seat(self.people[name], function) for name, function in body["members"].items()],
                at=self.start,
            )

    def add_papers(self, plan: dict[str, Any], unit: Any) -> None:
        """Letters that came in with the measures they order, and what the office decided itself."""
        from taicho.cli.example_papers import decide, register_letter

        for letter in plan.get("letters", []):
            register_letter(letter, unit, by=self.by)
        for decision in plan.get("decisions", []):
            decide(decision, unit, by=self.by, since=self.since)

    def add_places(self, plan: dict[str, Any], unit: Any) -> None:
        """Sites with their gates and rooms."""
        from taicho.organisation.actions.places import add_gate, add_room, add_site

        for place in plan.get("sites", []):
            site = add_site(by=self.by, unit=unit, name=place["name"], address=place["address"], valid_from=self.since)
            for name in place["gates"]:
                add_gate(site, by=self.by, name=name)
            for name in place["rooms"]:
                add_room(site, by=self.by, name=name)

    def add_authorities(self, plan: dict[str, Any], unit: Any) -> None:
        """Whom the agency calls outside."""
        from taicho.organisation.actions.authorities import register_authority

        for authority in plan.get("authorities", []):
            register_authority(by=self.by, kept_by=unit, valid_from=self.since, **authority)

    def agency_above(self, unit: Any, parent: Any) -> Any:
        """The agency a department belongs to; for an agency, the unit above it."""
        if unit.is_agency:
            return parent
        return unit.agency

    def register(self, name: str, unit: Any, position: str = "") -> Any:
        """Put a person on a unit's list with plausible facts."""
        from taicho.organisation.actions.staff import register_staff

        return register_staff(
            by=self.by,
            unit=unit,
            full_name=name,
            at=self.start,
            birth_year=self.luck.randint(1962, 1999),
            category=self.luck.choice(CATEGORIES),
            position=position or self.luck.choice(["Chuyên viên", "Chuyên viên chính", "Nhân viên"]),
            official_phone=f"09{self.luck.randrange(10**8):08}",
        )

    def invent_name(self) -> str:
        """A fictional full name."""
        return f"{self.luck.choice(FAMILY)} {self.luck.choice(MIDDLE)} {self.luck.choice(GIVEN)}"

    def open_door(self, person: Any, role: str) -> Any:
        """Give the person a demo account named after the role."""
        from taicho.accounts.actions.accounts import open_account
        from taicho.kernel.vietnamese import fold

        person.account = open_account(fold(role).replace(" ", "-"), by=self.by, is_demo=True)
        person.save(update_fields=["account"])
        return person.account
