"""After any stop and any jump of the clock, forwards or back: nothing missing, nothing double (Done-when 4 of the line in)."""

from datetime import date, timedelta
from random import Random

import pytest

from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.opening import days_to_sweep, open_duties
from taicho.duties.enums import DutyState
from taicho.duties.kinds import start_of
from taicho.duties.models import Duty, Reminder
from taicho.duties.rules.rhythm import rhythm
from taicho.kernel import clock
from taicho.organisation.actions.staff import end_service, register_staff
from taicho.organisation.models import StaffMembership
from tests.duties.rounds import ROUND, here, order, owed
from tests.organisation.land import NOW, SETUP

FIRST = clock.today(NOW)
DUE = timedelta(hours=17)


class Life:
    """A Sở that lives through a wild clock: jumps, stops, people who come and go."""

    def __init__(self, land, seed):
        self.land, self.random = land, Random(seed)
        self.at = self.latest = NOW
        self.joined = []

    def jump(self):
        """Forwards by minutes, hours or weeks, or back by up to three days."""
        length = self.random.choice([
            timedelta(minutes=self.random.randint(1, 59)), timedelta(hours=self.random.randint(1, 20)),
            timedelta(hours=self.random.randint(1, 20)), timedelta(days=self.random.randint(1, 9)),
            -timedelta(minutes=self.random.randint(1, 4300)),
        ])  # fmt: skip
        self.at = max(NOW, self.at + length)
        if self.at >= self.latest:
            self.latest = self.at
            self.change_staff()

    def change_staff(self):
        """Now and then somebody comes or goes."""
        if self.random.random() < 0.15:
            name = f"Người Mới {len(self.joined)}"
            self.joined.append(register_staff(by=SETUP, unit=self.land.office, full_name=name, at=self.at))
        elif self.joined and self.random.random() < 0.1:
            gone = self.joined.pop(0)
            if gone.memberships.get().starts_at < self.at:
                end_service(gone, by=SETUP, at=self.at)

    def settle(self):
        """The clock stands at the latest instant it ever showed, and the sweep has come."""
        self.at = self.latest
        open_duties(self.at)
        run_clocks(self.at)


def serving(bureau, since, until):
    """Who served in the Sở at some time between two instants."""
    terms = StaffMembership.objects.filter(unit__path__startswith=bureau.path, starts_at__lte=until)
    return set(terms.exclude(ends_at__lte=since).values_list("person", flat=True))


def judge(life, first=FIRST):
    """Every day: who served when it was due owes it, who never served while it was open does not, nobody twice."""
    missing = strange = 0
    for offset in range((clock.today(life.latest) - first).days + 1):
        day = first + timedelta(days=offset)
        opens = max(start_of(day), NOW)
        due = min(start_of(day) + DUE, life.latest)
        if due < opens:
            continue
        there = set(Duty.objects.filter(kind=ROUND, occasion=day.isoformat()).values_list("owner", flat=True))
        missing += len(serving(life.land.bureau, due, due) - there)
        strange += len(there - serving(life.land.bureau, opens, due))
    rows = Duty.objects.filter(kind=ROUND)
    double = rows.count() - rows.values("owner", "occasion").distinct().count()
    return missing, double, strange


def live(land, seed, *, days, jumps):
    """A life of at least so many days and exactly so many jumps."""
    order(land, params={"by": ["17:00"]})
    life = Life(land, seed)
    open_duties(NOW)
    for _ in range(jumps):
        life.jump()
        open_duties(life.at)
        run_clocks(life.at)
    life.latest = max(life.latest, NOW + timedelta(days=days))
    life.settle()
    return life


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twenty_days_and_fifty_jumps_leave_nothing_missing_and_nothing_double(land, people, seed):
    life = live(land, seed, days=20, jumps=50)
    assert judge(life) == (0, 0, 0)
    assert (life.latest - NOW).days >= 20


@pytest.mark.trial
def test_four_hundred_days_and_a_thousand_jumps_leave_nothing_missing_and_nothing_double(land, people):
    life = live(land, 2021, days=400, jumps=1000)
    assert judge(life) == (0, 0, 0)
    assert (life.latest - NOW).days >= 400
    steps = Reminder.objects.values_list("duty", "step")
    assert len(steps) == len(set(steps))


def test_days_that_passed_unseen_are_opened_with_their_true_hours_and_counted_apart(land, people):  # ADR 0010
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    back = here("2026-11-24", 9)  # the system stood still for four days
    open_duties(back)
    duties = {duty.occasion: duty for duty in Duty.objects.filter(kind=ROUND, owner=people.staff)}
    assert sorted(duties) == ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"]
    assert duties["2026-11-22"].due_at == here("2026-11-22", 17)
    assert duties["2026-11-20"].state(back) is DutyState.MISSED  # it was there before the stop
    assert duties["2026-11-22"].state(back) is DutyState.UNSEEN
    assert duties["2026-11-24"].state(back) is DutyState.OPEN


def test_days_further_back_than_the_rhythm_says_are_left_alone(land, people):
    order(land)
    open_duties(NOW)
    later = NOW + timedelta(days=rhythm().look_back_days + 30)
    assert days_to_sweep(later)[0] == clock.today(later) - timedelta(days=rhythm().look_back_days)
    open_duties(later)
    assert len(owed(ROUND)) == len(owed(ROUND, FIRST)) * (rhythm().look_back_days + 2)


def test_a_day_without_any_measure_known_opens_nothing_afterwards(land, people):
    open_duties(NOW)
    order(land, from_day=date(2026, 11, 1))  # an old letter, confirmed only today
    open_duties(NOW)
    assert set(Duty.objects.filter(kind=ROUND).values_list("occasion", flat=True)) == {"2026-11-20"}


def test_a_clock_that_ran_far_ahead_and_came_back_forgets_no_day(land, people):
    order(land)
    open_duties(NOW)
    open_duties(NOW + timedelta(days=300))
    for days in range(1, 6):
        open_duties(NOW + timedelta(days=days * 2))  # with stops of a day between
    kept = sorted(
        set(Duty.objects.filter(kind=ROUND, due_at__lte=NOW + timedelta(days=11)).values_list("occasion", flat=True))
    )
    assert kept == [(FIRST + timedelta(days=day)).isoformat() for day in range(11)]


def test_who_came_a_minute_before_a_stop_still_owes_that_day(land, people):
    order(land)
    open_duties(NOW)
    register_staff(by=SETUP, unit=land.office, full_name="Trịnh Văn Mới", at=here("2026-11-20", 23, 58))
    open_duties(here("2026-11-22", 8))
    assert "Trịnh Văn Mới" in owed(ROUND, "2026-11-20")
