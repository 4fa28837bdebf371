"""A room of seven people, letters that cap and letters that keep people on post."""

from itertools import count

import pytest

from taicho.directives.actions.measures import confirm_measure, decide
from taicho.roster.actions.registering import Place, register_day
from taicho.roster.queries.people import people_of
from tests.directives.papers import clause_of, letter
from tests.organisation.conftest import _keys, _now, enter, land, people, plain_door  # noqa: F401 - fixtures
from tests.organisation.conftest import committed as _organisation_committed  # noqa: F401
from tests.organisation.land import NOW, START, actor, staff

TODAY = NOW.date()
HOME, HERE, AWAY = Place("remote"), Place("on_site"), Place("absent", "leave")
NAMES = ["Bùi Gia Khánh", "Đặng Quốc Bảo", "Hoàng Mai Lan", "Lý Hà Phương", "Ngô Thùy Linh"]


@pytest.fixture
def committed(_organisation_committed):
    """The database with real commits; what hangs on units and people is emptied with them afterwards."""
    return _organisation_committed


@pytest.fixture
def room(land, people):
    """Phòng Tổng hợp with seven people: Lan, the head Quân, and five more."""
    for name in NAMES:
        staff(name, land.department)
    return land.department


@pytest.fixture
def seven(room):
    """The seven, by tên."""
    return people_of(room, TODAY)


@pytest.fixture
def order(land, people):
    """Confirm that a letter orders something of the Sở: a cap of 50 % unless the test says otherwise."""

    def confirm(kind="roster.onsite_cap", *, issuer="Văn phòng UBND tỉnh Minh Giang", scope=None, **params):
        params = params or {"max_pct": 50, "binding": True, "per": "unit"}
        clause = clause_of(letter(land, number=str(next(numbers)), issuer=issuer))
        return confirm_measure(
            clause, by=actor(people.office), kind=kind, params=params, force=confirm.force, scope=scope or [land.bureau],
            from_day=START,
        )  # fmt: skip

    numbers = count(58)
    confirm.force = "require"
    return confirm


@pytest.fixture
def decision(land, people):
    """The leader decides whether people on post count in the cap."""
    return lambda way: decide(
        land.bureau, by=actor(people.leader), kind="roster.cap_base", params={"always_on": way}, subject="Cách tính",
        reason="giữ người thường trực", from_day=START,
    )  # fmt: skip


@pytest.fixture
def plan(people):
    """The head registers people for today."""
    return lambda places, *, by=None, exception="", day=TODAY: register_day(
        places, day, by=actor(by or people.head), exception=exception
    )


def here(*who):
    """All of them on site."""
    return dict.fromkeys(who, HERE)
