"""The rules of duties for any instants at all: how a duty stands, when reminders come, what two documents make of one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.duties.enums import DutyState
from taicho.duties.kinds import end_of, start_of
from taicho.duties.queries.claims import Claim, Terms, _both
from taicho.duties.rules.hours import due_day, due_hour, is_end_of_day
from taicho.duties.rules.rhythm import read_rhythm, rhythm
from taicho.duties.rules.state import Clock, state_of
from taicho.duties.rules.titles import TITLE_LENGTH, shortened
from taicho.kernel.clock import HANOI

ZERO = datetime(2026, 11, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
instants = st.integers(-3000, 3000).map(lambda minutes: ZERO + minutes * MINUTE)
maybe = st.none() | instants
clocks = st.builds(Clock, opened_at=instants, due_at=maybe, closes_at=maybe, binding=st.booleans())


@given(clocks, instants, instants)
def test_what_was_done_stays_done_at_any_later_time(clock, done, at):
    assert state_of(clock, at, done_at=done) is state_of(clock, at + MINUTE, done_at=done)
    assert state_of(clock, at, done_at=done) in (DutyState.DONE, DutyState.DONE_LATE)


@given(clocks, instants, instants)
def test_an_excuse_takes_nothing_from_what_was_done(clock, done, at):
    assert state_of(clock, at, done_at=done, exempt=True) is state_of(clock, at, done_at=done)


@given(clocks, instants)
def test_who_is_exempt_is_neither_late_nor_waiting(clock, at):
    state = state_of(clock, at, exempt=True)
    assert state is DutyState.EXEMPT and not state.is_waiting


@given(clocks, instants, maybe)
def test_a_request_is_never_late_and_never_missed(clock, at, done):  # A7
    state = state_of(replace(clock, binding=False), at, done_at=done)
    assert state not in (DutyState.LATE, DutyState.MISSED, DutyState.DONE_LATE)


@given(clocks, instants, maybe)
def test_without_a_due_time_nothing_is_late_or_unseen(clock, at, done):  # A9
    state = state_of(replace(clock, due_at=None), at, done_at=done)
    assert state not in (DutyState.LATE, DutyState.UNSEEN, DutyState.DONE_LATE)


@given(clocks, instants)
def test_what_nobody_could_have_seen_accuses_nobody(clock, at):  # ADR 0010, 6
    if clock.is_unseen:  # whatever the clock shows, also when it went back before the opening
        assert state_of(clock, at) not in (DutyState.LATE, DutyState.MISSED)
        assert state_of(clock, at, done_at=at) is DutyState.DONE


@given(clocks, instants)
def test_once_late_it_never_becomes_timely_again(clock, at):
    if state_of(clock, at) is DutyState.LATE:
        assert state_of(clock, at + timedelta(days=30)) in (DutyState.LATE, DutyState.MISSED)


@given(clocks, instants)
def test_what_waits_can_still_be_done(clock, at):
    if clock.closes_at is not None and at >= clock.closes_at and clock.binding:
        assert not state_of(clock, at).is_waiting


@pytest.mark.parametrize(("minutes", "state"), [(-1, DutyState.OPEN), (0, DutyState.LATE), (1, DutyState.LATE)])
def test_the_due_instant_itself_is_too_late(minutes, state):
    clock = Clock(ZERO - timedelta(hours=1), ZERO, None, binding=True)
    assert state_of(clock, ZERO + minutes * MINUTE) is state


@pytest.mark.parametrize(("minutes", "state"), [(-1, DutyState.LATE), (0, DutyState.MISSED)])
def test_the_closing_instant_itself_is_closed(minutes, state):
    clock = Clock(ZERO - timedelta(hours=2), ZERO - timedelta(hours=1), ZERO, binding=True)
    assert state_of(clock, ZERO + minutes * MINUTE) is state


rhythms = st.fixed_dictionaries({
    "remind_before_minutes": st.lists(st.integers(1, 600), min_size=1, max_size=6),
    "grace_minutes": st.integers(0, 60), "escalate_within_hours": st.integers(1, 72),
    "look_back_days": st.integers(0, 60), "chase_again_after_minutes": st.integers(1, 120),
})  # fmt: skip


@given(rhythms, st.integers(0, 700))
def test_at_any_instant_at_most_one_reminder_of_a_duty_is_due(written, before):
    """However an office writes its rhythm, the steps cover the time before the due hour without overlap or gap."""
    steps = read_rhythm(written).steps
    due = ZERO + before * MINUTE
    useful = [step for step in steps if step.useful_for(ZERO)[0] < due <= step.useful_for(ZERO)[1]]
    assert len(useful) == (1 if 0 < before <= max(written["remind_before_minutes"]) else 0)


@given(rhythms)
def test_steps_come_the_earliest_first_and_each_has_its_own_name(written):
    steps = read_rhythm(written).steps
    assert [step.before for step in steps] == sorted({step.before for step in steps}, reverse=True)
    assert len({step.name for step in steps}) == len(steps) == len(set(written["remind_before_minutes"]))


@given(rhythms, st.dates(date(2000, 3, 1), date(2100, 1, 1)))
def test_the_days_to_look_at_end_with_today_and_have_no_gap(written, today):
    days = read_rhythm(written).days_until(today)
    assert days[-1] == today and len(days) == written["look_back_days"] + 1
    assert all((later - earlier).days == 1 for earlier, later in pairwise(days))


@pytest.mark.parametrize("missing", ["grace_minutes", "remind_before_minutes", "look_back_days"])
def test_a_rhythm_without_a_figure_is_refused_and_none_is_put_in_its_place(missing):
    written = {"remind_before_minutes": [30, 10], "grace_minutes": 5, "escalate_within_hours": 24,
               "look_back_days": 45, "chase_again_after_minutes": 30}  # fmt: skip
    del written[missing]
    with pytest.raises(KeyError, match=missing):
        read_rhythm(written)


def test_the_rhythm_of_the_house_is_thirty_ten_and_five():  # ux.md 11
    own = rhythm()
    assert [(step.name, step.before, step.until) for step in own.steps] == [
        ("before-30", 30 * MINUTE, 10 * MINUTE), ("before-10", 10 * MINUTE, timedelta()),
    ]  # fmt: skip
    assert own.grace == 5 * MINUTE


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_end_of_any_day_is_said_as_24h00_of_that_day(day):
    """Month ends, leap days and the last day of the year among them: Việt Nam keeps one clock all the year."""
    end = end_of(day)
    assert (due_hour(end), due_day(end).date()) == ("24h00", day)
    assert end - start_of(day) == timedelta(days=1) and end == start_of(day + timedelta(days=1))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda naive: naive.replace(tzinfo=HANOI)))
def test_any_other_hour_belongs_to_the_day_on_which_it_strikes(at):
    if not is_end_of_day(at.astimezone(UTC)):
        assert due_day(at.astimezone(UTC)).date() == at.date() and due_hour(at) != "24h00"


@given(st.text(max_size=600))
def test_a_title_fits_its_column_and_shows_where_it_was_cut(words):
    title = shortened(words)
    assert len(title) <= TITLE_LENGTH
    assert title == words or (title.endswith("…") and words.startswith(title[:-1]))


terms = st.builds(
    lambda opens, due, closes, binding, measures: Terms("trial.x", "2026-11-20", "x", opens, due, closes, binding,
                                                        frozenset(measures)),
    instants, maybe, maybe, st.booleans(), st.frozensets(st.uuids(), min_size=1, max_size=3),
)  # fmt: skip


@given(terms, terms)
def test_two_documents_make_one_duty_whoever_is_read_first(one, other):  # measures.md 1, coalesce
    mine, theirs = Claim(one, None, ()), Claim(other, None, ())
    both = _both(mine, theirs).terms
    assert both == _both(theirs, mine).terms
    assert both.measures == one.measures | other.measures
    assert both.binding == (one.binding or other.binding) and both.opens_at <= min(one.opens_at, other.opens_at)


@given(terms, terms)
def test_of_two_due_times_the_earlier_holds_and_of_two_closings_the_later(one, other):
    both = _both(Claim(one, None, ()), Claim(other, None, ())).terms
    dues = [due for due in (one.due_at, other.due_at) if due]
    assert both.due_at == (min(dues) if dues else None)
    closings = [one.closes_at, other.closes_at]
    assert both.closes_at == (None if None in closings else max(closings))


@given(terms)
def test_asked_twice_in_the_same_words_nothing_changes(one):
    assert _both(Claim(one, None, ()), Claim(one, None, ())).terms == one


@given(terms)
def test_what_was_over_before_it_opened_is_never_owed(one):
    over = any(end is not None and end <= one.opens_at for end in (one.due_at, one.closes_at))
    assert one.can_be_met is not over
