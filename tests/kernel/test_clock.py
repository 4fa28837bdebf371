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


def test_the_drill_clock_may_be_set_to_the_very_moment_it_shows(drill):
    with time_machine.travel(TRUE_TIME, tick=False):
        assert set_drill_clock(to=TRUE_TIME, by=LEADER).offset == timedelta()


def test_the_drill_clock_that_was_set_is_handed_back_with_who_and_when(drill):
    with time_machine.travel(TRUE_TIME, tick=False):
        setting = set_drill_clock(to=FIVE_PAST_FIVE, by=LEADER)
    assert (setting.offset, setting.set_at, setting.set_by) == (FIVE_PAST_FIVE - TRUE_TIME, TRUE_TIME, LEADER.person)


def test_a_step_back_is_refused_at_its_field_by_what_the_drill_clock_shows_not_by_the_true_time(drill):
    with time_machine.travel(TRUE_TIME, tick=False):
        set_drill_clock(to=FIVE_PAST_FIVE, by=LEADER)
        with pytest.raises(Refusal) as refused:
            set_drill_clock(to=FIVE_PAST_FIVE - timedelta(seconds=1), by=LEADER)
    assert (refused.value.code, refused.value.field) == ("backwards", "to")
    assert DrillClock.objects.count() == 1


def test_the_last_setting_of_the_drill_clock_holds(drill):
    with time_machine.travel(TRUE_TIME, tick=False):
        set_drill_clock(to=FIVE_PAST_FIVE, by=LEADER)
        set_drill_clock(to=FIVE_PAST_FIVE + timedelta(hours=2), by=LEADER)
        assert clock.now() == FIVE_PAST_FIVE + timedelta(hours=2)
        assert clock.today() == date(2027, 9, 6)


def test_a_drill_whose_clock_nobody_set_shows_the_true_time(drill):
    with time_machine.travel(TRUE_TIME, tick=False):
        assert clock.now() == clock.real_now() == TRUE_TIME


def test_the_office_reads_its_own_wall_clock():
    shown = clock.local(TRUE_TIME)
    assert (shown.hour, shown.utcoffset()) == (10, timedelta(hours=7))
    assert shown == TRUE_TIME


def test_what_was_set_in_a_drill_can_be_proven(drill):  # L4
    from taicho.kernel.audit import proves

    with time_machine.travel(TRUE_TIME, tick=False):
        set_drill_clock(to=FIVE_PAST_FIVE, by=LEADER)
    assert proves(AuditEntry.objects.get(), {"to": FIVE_PAST_FIVE.isoformat()})
