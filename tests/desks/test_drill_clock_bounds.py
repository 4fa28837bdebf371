"""The drill clock: who may, what is no hour, and that nothing but forward is possible. # D14, L4"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from taicho.desks.web.drill import SHORTCUTS, DrillClockForm
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry, DrillClock
from tests.house.world import ROLES

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 22, 22, 5, tzinfo=UTC)
"""05h05 of Monday 23/11/2026 in Việt Nam."""
LEADS = {"leader", "command_post", "office", "administrator"}
EXPECTED = {"visitor": 302} | dict.fromkeys(LEADS, 200)


@pytest.fixture(autouse=True)
def office_clock():
    with time_machine.travel(MONDAY, tick=False) as office_clock:
        yield office_clock


@pytest.fixture
def leader(browser_of):
    return browser_of("leader")


@pytest.mark.parametrize("role", ROLES)
def test_the_page_opens_for_those_who_lead_the_drill(browser_of, role):
    assert browser_of(role).get("/dien-tap").status_code == EXPECTED.get(role, 403)


@pytest.mark.parametrize("role", ROLES)
def test_the_clock_moves_for_those_who_lead_the_drill(browser_of, role):
    answer = browser_of(role).post("/dien-tap", {"hour": "6h00", "days": 0})
    assert answer.status_code == (403 if role not in {*LEADS, "visitor"} else 302)
    assert DrillClock.objects.exists() == (role in LEADS)


BAD = [
    {"hour": "24:00"}, {"hour": "6h60"}, {"hour": "-1:00"}, {"hour": "6"}, {"hour": "6h00 sáng"}, {"hour": "٦h00"},
    {"hour": "0" * 5000}, {"hour": "6h00", "days": "-1"}, {"hour": "6h00", "days": "401"},
    {"hour": "6h00", "days": "1e3"}, {"hour": "6h00", "days": "9" * 400}, {"hour": "6h00", "days": "NaN"},
    {"hour": "6h00", "days": "một"}, {"days": "1"}, {"hour": "6h00"},
]  # fmt: skip


@pytest.mark.parametrize("typed", BAD, ids=str)
def test_what_is_no_hour_or_no_number_of_days_sets_nothing_and_is_shown_again(leader, typed):
    page = leader.post("/dien-tap", typed)
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()
    assert not DrillClock.objects.exists()


def test_what_was_typed_wrongly_stays_and_stays_words(leader):
    page = leader.post("/dien-tap", {"hour": '"><script>x</script>', "days": "401"}).content.decode()
    assert "<script>x" not in page
    assert 'value="401"' in page


def test_four_hundred_days_are_the_most_and_are_taken(leader):
    assert leader.post("/dien-tap", {"hour": "6h00", "days": 400}).status_code == 302
    assert clock.now() == datetime(2027, 12, 27, 23, 0, tzinfo=UTC)


def test_going_on_again_begins_at_the_hour_that_is_shown(leader):
    leader.post("/dien-tap", {"hour": "6h00", "days": 0})
    leader.post("/dien-tap", {"hour": "5h30", "days": 0})
    assert clock.local(clock.now()).strftime("%d %H:%M") == "24 05:30"


def test_the_very_hour_that_is_shown_means_tomorrow(leader):
    leader.post("/dien-tap", {"hour": "5h05", "days": 0})
    assert clock.local(clock.now()).strftime("%d %H:%M") == "24 05:05"


def test_the_four_hours_of_a_drill_are_offered_and_work(leader):
    page = leader.get("/dien-tap").content.decode()
    for hour in SHORTCUTS:
        assert f'name="hour" value="{hour:%H:%M}"' in page
        assert leader.post("/dien-tap", {"hour": f"{hour:%H:%M}", "days": "0"}).status_code == 302


def test_both_clocks_are_shown_after_the_jump(leader):
    leader.post("/dien-tap", {"hour": "12h", "days": 0})
    page = leader.get("/dien-tap").content.decode()
    assert "12h00, 23/11/2026" in page
    assert "5h05, 23/11/2026" in page


def test_the_jump_is_in_the_trail_with_who_and_both_times(leader, world):
    leader.post("/dien-tap", {"hour": "12h", "days": 0})
    row = AuditEntry.objects.get(verb="kernel.set_drill_clock")
    assert (row.actor, row.happened_at) == (world.people["leader"].key, MONDAY)
    assert DrillClock.objects.get().set_by == world.people["leader"].key


def test_reading_moves_nothing(leader):
    leader.get("/dien-tap?hour=6h00&days=1")
    assert not DrillClock.objects.exists()


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.integers(0, 400), st.integers(0, 1439))
def test_whatever_is_asked_for_lies_ahead_and_at_that_hour(hour, days, minute):
    at = MONDAY + timedelta(minutes=minute)
    form = DrillClockForm({"hour": f"{hour:%H:%M}", "days": days})
    assert form.is_valid()
    target = clock.local(form.target(at))
    assert target > at
    assert (target.hour, target.minute) == (hour.hour, hour.minute)
    assert target.date() - clock.local(at).date() in (timedelta(days=days), timedelta(days=1))
