"""Those who lead a drill let its clock go forward from a page; nobody else, and never in a live installation."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from taicho.kernel import clock
from taicho.kernel.models import DrillClock

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 22, 22, 5, tzinfo=UTC)
"""05h05 of Monday 23/11/2026 in Việt Nam."""


@pytest.fixture
def leader(world):
    browser = Client()
    browser.force_login(world.accounts["leader"])
    return browser


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(MONDAY, tick=False):
        yield


def shown():
    return clock.local(clock.now())


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [("6h00", 23, 6), ("05:30", 23, 5), ("12h", 23, 12), ("4h00", 24, 4)],
    ids=["today", "with a colon", "hour alone", "an hour that has passed is tomorrow's"],
)
def test_the_clock_goes_to_the_next_such_hour(leader, typed, day, hour):
    assert leader.post("/dien-tap", {"hour": typed, "days": 0}).status_code == 302
    assert (shown().day, shown().hour) == (day, hour)


def test_the_clock_goes_days_ahead(leader):
    leader.post("/dien-tap", {"hour": "6h00", "days": 7})
    assert (shown().month, shown().day, shown().hour) == (11, 30, 6)


@pytest.mark.parametrize("typed", ["", "25h00", "sáng mai", "<script>"])
def test_a_wrong_hour_is_shown_again_with_a_sentence_and_nothing_is_set(leader, typed):
    answer = leader.post("/dien-tap", {"hour": typed, "days": 0})
    assert answer.status_code == 400
    assert not DrillClock.objects.exists()
    if typed:
        assert b"<script>alert" not in answer.content


def test_a_member_of_staff_is_told_who_leads_the_drill(world):
    browser = Client()
    browser.force_login(world.accounts["staff"])
    answer = browser.post("/dien-tap", {"hour": "6h00", "days": 0})
    assert answer.status_code == 403
    assert "Chỉ lãnh đạo, Sở Chỉ huy, Văn phòng và người quản trị" in answer.content.decode()
    assert not DrillClock.objects.exists()


def test_a_live_installation_has_no_such_page_for_anybody(leader, settings):
    settings.TAICHO_DRILL = False
    assert leader.post("/dien-tap", {"hour": "6h00", "days": 0}).status_code in (302, 403)
    assert not DrillClock.objects.exists()
