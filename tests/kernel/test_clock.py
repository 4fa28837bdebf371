"""One clock; a drill has its own (house § 5, D14)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.drill import set_drill_clock
from taicho.kernel.models import AuditEntry, DrillClock
from taicho.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db
LEADER = Actor(person=uuid4(), root=uuid4())
TRUE_TIME = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIVE_PAST_FIVE = datetime(2027, 9, 5, 22, 5, tzinfo=UTC)


@pytest.fixture
def drill(settings):
    settings.TAICHO_DRILL = True


@pytest.fixture
def live(settings):
    settings.TAICHO_DRILL = False


def test_the_day_turns_at_midnight_in_viet_nam():
    assert clock.today(datetime(2021, 3, 2, 16, 59, tzinfo=UTC)) == date(2021, 3, 2)
    assert clock.today(datetime(2021, 3, 2, 17, 0, tzinfo=UTC)) == date(2021, 3, 3)


def test_a_drill_shows_its_own_time_and_runs_on(drill):
    with time_machine.travel(TRUE_TIME, tick=False) as real:
        set_drill_clock(to=FIVE_PAST_FIVE, by=LEADER)
        real.shift(timedelta(minutes=25))
        assert clock.now() == FIVE_PAST_FIVE + timedelta(minutes=25)


def test_the_trail_keeps_the_real_time_beside_the_drill_time(drill):
    with time_machine.travel(TRUE_TIME, tick=False):
        set_drill_clock(to=FIVE_PAST_FIVE, by=LEADER)
    entry = AuditEntry.objects.get(verb="kernel.set_drill_clock")
    assert (entry.happened_at, entry.shown_at) == (TRUE_TIME, FIVE_PAST_FIVE)


def test_the_drill_clock_does_not_go_back(drill):
    with time_machine.travel(TRUE_TIME, tick=False):
        with pytest.raises(Refusal, match="chỉ đi tới"):
            set_drill_clock(to=TRUE_TIME - timedelta(minutes=1), by=LEADER)
        assert not DrillClock.objects.exists()


def test_a_live_installation_has_no_drill_clock(live):
    with pytest.raises(Refusal) as refused:
        set_drill_clock(to=FIVE_PAST_FIVE, by=LEADER)
    assert refused.value.code == "not-a-drill"


def test_a_live_installation_ignores_a_drill_setting_that_got_into_it(live):
    DrillClock.objects.create(offset=timedelta(days=9), set_at=TRUE_TIME)
    with time_machine.travel(TRUE_TIME, tick=False):
        assert clock.now() == TRUE_TIME
