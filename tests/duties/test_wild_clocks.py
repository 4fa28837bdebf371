"""Reminders and lines to superiors under restarts, jumps and workers side by side: never missing, never twice (A9, D8)."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from taicho.duties.actions import clocks
from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.opening import open_duties
from taicho.duties.jobs import _run
from taicho.duties.models import Duty, Escalation, Reminder
from taicho.messaging.models import Message, Receipt
from tests.duties.rounds import ROUND, here, order
from tests.duties.test_at_once import bureau
from tests.organisation.land import NOW
from tests.organisation.test_structure_at_once import together

TODAY = "2026-11-20"


@pytest.fixture
def due_at_five(land, people):
    """Lan and her head make their round by 17h00."""
    order(land, params={"by": ["17:00"]}, scope=[land.department])
    open_duties(NOW)


def told(kind):
    """How many messages of a kind each person has got."""
    return Counter(Receipt.objects.filter(message__kind=kind).values_list("person__full_name", flat=True))


def minute_by_minute(first, last):
    at = first
    while at <= last:
        yield at
        at += timedelta(minutes=1)


def test_a_worker_that_never_sleeps_says_each_thing_once(due_at_five):
    for at in minute_by_minute(here(TODAY, 16, 28), here(TODAY, 17, 8)):
        run_clocks(at)
    assert set(told("duties.reminded").values()) == {2}
    assert told("duties.late") == {"Lê Minh Quân": 1, "Đặng Thị Hồng": 1}


@pytest.mark.parametrize("dies_in", ["_remind", "_escalate", "tell_superiors"])
def test_a_worker_killed_in_the_middle_has_said_nothing_and_the_next_says_all(due_at_five, monkeypatch, dies_in):
    at = here(TODAY, 17, 6)
    with monkeypatch.context() as patch:
        patch.setattr(clocks, dies_in, lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run_clocks(at)
    assert not Reminder.objects.exists() and not Escalation.objects.exists()
    run_clocks(at)
    assert told("duties.late") == {"Lê Minh Quân": 1, "Đặng Thị Hồng": 1}


def test_a_reminder_that_was_not_committed_is_sent_by_the_next_worker(due_at_five):
    at = here(TODAY, 16, 30)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        run_clocks(at)
        assert told("duties.reminded")
        raise ZeroDivisionError
    assert not told("duties.reminded") and not Reminder.objects.exists()
    run_clocks(at)
    assert set(told("duties.reminded").values()) == {1}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_clock_shows_nothing_is_said_twice(due_at_five, seed):
    random = Random(seed)
    for _ in range(25):
        run_clocks(here(TODAY, 16) + timedelta(minutes=random.randint(0, 150)))
    run_clocks(here(TODAY, 18))
    assert max(told("duties.reminded").values(), default=0) <= 2
    assert set(told("duties.late").values()) == {1}
    steps = Reminder.objects.filter(duty__kind=ROUND)
    assert steps.count() == steps.values("duty", "step").distinct().count() == 4
    assert Escalation.objects.filter(duty__kind=ROUND).count() == 2


def test_a_clock_that_ran_to_the_evening_and_came_back_reminds_nobody_of_what_it_told_on(due_at_five):
    run_clocks(here(TODAY, 17, 10))
    for at in minute_by_minute(here(TODAY, 16, 25), here(TODAY, 17, 10)):
        run_clocks(at)
    assert not told("duties.reminded") and set(told("duties.late").values()) == {1}


def test_who_does_it_while_the_clock_stood_back_is_told_on_no_second_time(due_at_five, people):
    run_clocks(here(TODAY, 17, 5))
    first = told("duties.late")
    for hours in (1, 2, 20, 200):
        open_duties(here(TODAY, 17, 5) + timedelta(hours=hours))
    run_clocks(here(TODAY, 17, 5))
    assert told("duties.late") == first


def test_the_line_is_counted_once_for_each_day(due_at_five):
    for day in (TODAY, "2026-11-21", "2026-11-22"):
        open_duties(here(day, 0, 1))
        run_clocks(here(day, 17, 5))
        run_clocks(here(day, 17, 6))
    assert told("duties.late") == {"Lê Minh Quân": 3, "Đặng Thị Hồng": 3}


@pytest.mark.parametrize(("minute", "sent"), [(29, 0), (30, 1), (49, 1), (50, 1)])
def test_the_first_and_last_minute_of_a_reminder(due_at_five, minute, sent):
    run_clocks(here(TODAY, 16, minute))
    assert Message.objects.filter(kind="duties.reminded").count() == sent


@pytest.mark.parametrize(("second", "lines"), [(-1, 0), (0, 2)])
def test_the_grace_ends_on_the_second(due_at_five, second, lines):
    run_clocks(here(TODAY, 17, 5) + timedelta(seconds=second))
    assert Message.objects.filter(kind="duties.late").count() == lines


@pytest.mark.parametrize(("minutes", "lines"), [(24 * 60 - 1, 2), (24 * 60, 0)])
def test_after_a_day_a_superior_is_told_no_more(due_at_five, minutes, lines):
    run_clocks(here(TODAY, 17) + timedelta(minutes=minutes))
    assert Message.objects.filter(kind="duties.late").count() == lines


def test_three_workers_with_three_clocks_take_each_step_once(committed):
    order(bureau(), params={"by": ["17:00"]})
    open_duties(NOW)
    times = [here(TODAY, 16, 30), here(TODAY, 16, 50), here(TODAY, 17, 5)]
    assert together(*(lambda at=at: run_clocks(at) for at in times)) == ["done"] * 3
    rounds = Duty.objects.filter(kind=ROUND)
    assert Reminder.objects.filter(duty__in=rounds).count() == 40 == 2 * rounds.count()
    assert Escalation.objects.count() == 20 and Message.objects.filter(kind="duties.late").count() == 1
    assert max(told("duties.reminded").values(), default=0) <= 2


def test_the_whole_job_run_twice_at_the_same_minute_opens_and_reminds_once(committed, time_machine):
    order(bureau(), params={"by": ["17:00"]})
    time_machine.move_to(here(TODAY, 16, 30), tick=False)
    assert together(_run, _run) == ["done", "done"]
    assert Duty.objects.filter(kind=ROUND).count() == 20
    assert set(told("duties.reminded").values()) == {1} and len(told("duties.reminded")) == 20
    assert set(told("duties.opened").values()) == {1}
