"""Which measures hold for a unit on a day: ends, scope, replacing, suspending, requests, milder letters (A6, A7)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.directives.enums import Force
from taicho.directives.rules import in_force as asked
from tests.directives.measures import (
    CITY,
    OFFICE,
    OTHER,
    ROOM,
    Cap,
    Entry,
    Report,
    Trip,
    held,
    known,
    replaces,
    stated,
    suspends,
)

FIRST, LAST = date(2021, 2, 17), date(2021, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True, scope="module")
def trial_kinds():
    """The house with the kinds of an invented area."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asked, "KINDS", known())
        yield


@pytest.mark.parametrize(
    ("day", "holds"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
    ids=["day before", "first day", "last day", "day after"],
)  # fmt: skip
def test_both_ends_belong_to_a_measure(day, holds):  # measures.md 3, edge 3
    cap = stated(Cap, {"max_pct": 50}, since=FIRST, until=LAST)
    assert bool(held([cap], day=day).of("trial.cap")) is holds


def test_from_the_17th_of_february_to_the_end_of_the_2nd_of_march_are_fourteen_days():
    cap = stated(Cap, {"max_pct": 50}, since=FIRST, until=LAST)
    days = [date(2021, 2, 1) + n * DAY for n in range(60)]
    assert sum(bool(held([cap], day=day).of("trial.cap")) for day in days) == 14


def test_a_measure_without_an_end_holds_until_it_is_replaced():
    assert held([stated(Cap, {"max_pct": 50})], day=date(2031, 1, 1)).of("trial.cap")


def test_a_draft_without_a_day_is_in_force_for_nobody():  # edge 16
    draft = stated(Cap, {"max_pct": 50}, since=None)
    assert not held([draft], day=FIRST).effects


def test_a_measure_reaches_everything_under_its_scope_and_nothing_beside_it():
    cap = stated(Cap, {"max_pct": 50})
    assert held([cap], path=OFFICE).of("trial.cap")
    assert held([cap], path=ROOM).of("trial.cap")
    assert not held([cap], path=CITY).of("trial.cap")
    assert not held([cap], path=OTHER).of("trial.cap")


def test_of_two_caps_the_stricter_holds_and_both_clauses_stand_beside_it():
    (effect,) = held([stated(Cap, {"max_pct": 50}, clause="1"), stated(Cap, {"max_pct": 30}, by=CITY, clause="4")]).of(
        "trial.cap"
    )
    assert effect.params == {"max_pct": 30}
    assert [one.clause for one in effect.sources] == ["4", "1"], "the higher issuer first"


def test_a_lower_unit_tightens_and_never_loosens():
    city, room = stated(Cap, {"max_pct": 30}, by=CITY), stated(Cap, {"max_pct": 60}, by=ROOM)
    assert held([city, room]).of("trial.cap")[0].params == {"max_pct": 30}
    tighter = stated(Cap, {"max_pct": 10}, by=ROOM)
    assert held([city, tighter]).of("trial.cap")[0].params == {"max_pct": 10}
    assert held([city, tighter], path=OFFICE).of("trial.cap")[0].params == {"max_pct": 30}


def test_the_requirements_of_two_letters_hold_together_at_one_gate():
    letters = [
        stated(Entry, {"need": ["mask"], "if_missing": "ask"}),
        stated(Entry, {"need": ["declaration"], "if_missing": "refuse"}, by=CITY),
    ]
    (effect,) = held(letters).of("trial.entry")
    assert set(effect.params["need"]) == {"mask", "declaration"}
    assert effect.params["if_missing"] == "refuse"


def test_a_ban_stands_above_a_consent_and_when_it_ends_the_consent_is_back_by_itself():  # edge 12
    consent = stated(Trip, {"mode": "consent"}, by=CITY)
    ban = stated(Trip, {"mode": "forbidden"}, until=LAST)
    assert held([consent, ban], day=LAST).of("trial.trip")[0].params == {"mode": "forbidden"}
    assert held([consent, ban], day=LAST + DAY).of("trial.trip")[0].params == {"mode": "consent"}


def test_a_recorded_replacement_ends_the_old_measure_the_day_before_the_new_one_begins():
    old, new = stated(Cap, {"max_pct": 30}), stated(Cap, {"max_pct": 60}, since=LAST, issued=date(2021, 3, 1))
    relation = replaces(new, old)
    assert held([old, new], relation, day=LAST - DAY).of("trial.cap")[0].params == {"max_pct": 30}
    resolution = held([old, new], relation, day=LAST)
    assert resolution.of("trial.cap")[0].params == {"max_pct": 60}
    assert resolution.left_out == {old.key: relation}


def test_a_replacement_holds_only_for_the_units_that_the_new_document_covers():
    old, new = stated(Cap, {"max_pct": 30}, by=CITY), stated(Cap, {"max_pct": 60}, by=CITY, scope=[ROOM])
    assert held([old, new], replaces(new, old), path=ROOM).of("trial.cap")[0].params == {"max_pct": 60}
    assert held([old, new], replaces(new, old), path=OFFICE).of("trial.cap")[0].params == {"max_pct": 30}


def test_a_suspended_measure_returns_by_itself():
    old, pause = stated(Cap, {"max_pct": 30}), stated(Cap, {"binding": True}, since=FIRST, until=LAST)
    assert "max_pct" not in held([old, pause], suspends(pause, old), day=LAST).of("trial.cap")[0].params
    assert held([old, pause], suspends(pause, old), day=LAST + DAY).of("trial.cap")[0].params == {"max_pct": 30}


@pytest.mark.parametrize(
    ("by", "force", "lifts"),
    [
        (CITY, Force.REQUIRE, True),
        (OFFICE, Force.ASSIGN, True),
        (ROOM, Force.REQUIRE, False),
        (CITY, Force.REQUEST, False),
    ],
    ids=["the level above", "the same issuer", "the level below", "a request"],
)
def test_only_the_same_issuer_or_a_higher_one_replaces_and_never_by_a_request(by, force, lifts):
    old, new = stated(Cap, {"max_pct": 30}), stated(Cap, {"max_pct": 60}, by=by, force=force, scope=[OFFICE])
    assert bool(held([old, new], replaces(new, old)).left_out) is lifts


def test_a_milder_newer_letter_does_not_loosen_by_itself_and_the_head_is_asked():  # edge 14
    old, new = stated(Cap, {"max_pct": 30}), stated(Cap, {"max_pct": 60}, issued=date(2021, 2, 20))
    (effect,) = held([old, new]).of("trial.cap")
    assert effect.params == {"max_pct": 30}
    assert effect.milder == (new,)
    assert held([old, stated(Cap, {"max_pct": 60}, by=CITY)]).of("trial.cap")[0].milder == (), (
        "another issuer is no successor"
    )
    assert held([old, stated(Cap, {"max_pct": 10}, issued=date(2021, 2, 20))]).of("trial.cap")[0].milder == ()


def test_a_request_is_counted_apart_and_never_makes_a_bound():  # edge 13
    asked_for, ordered = stated(Cap, {"max_pct": 10}, by=CITY, force=Force.REQUEST), stated(Cap, {"max_pct": 50})
    (effect,) = held([asked_for, ordered]).of("trial.cap")
    assert effect.params == {"max_pct": 50}
    assert effect.requests == (asked_for,)
    (alone,) = held([asked_for]).of("trial.cap")
    assert (alone.params, alone.sources) == ({}, ())


def test_reports_to_two_receivers_are_never_made_one():
    reports = [
        stated(Report, {"to": "UBND", "times": ["06:00"]}),
        stated(Report, {"to": "Sở Y tế", "times": ["06:00"]}, by=CITY),
    ]
    assert [effect.params["to"] for effect in held(reports).of("trial.report")] == ["Sở Y tế", "UBND"]


def test_what_cannot_be_met_together_is_said_and_no_value_is_invented():  # edge 9
    (effect,) = held([stated(Cap, {"max_pct": 80}), stated(Cap, {"min_home": 90}, by=CITY)]).of("trial.cap")
    assert effect.contradiction == "Số tối đa thấp hơn số phải có mặt."
    assert effect.params == {"max_pct": 80, "min_home": 90}


caps = st.builds(
    lambda share, start, length, by: stated(Cap, {"max_pct": share}, by=by, since=FIRST + start * DAY, until=FIRST + (start + length) * DAY),
    st.integers(0, 100), st.integers(-20, 20), st.integers(0, 20), st.sampled_from([CITY, OFFICE, ROOM]),
)  # fmt: skip


@given(st.lists(caps, max_size=8), st.integers(-25, 45), st.randoms())
def test_the_order_in_which_documents_came_into_the_register_changes_nothing(measures, offset, luck):
    day, shuffled = FIRST + offset * DAY, list(measures)
    luck.shuffle(shuffled)
    one, other = held(measures, day=day).of("trial.cap"), held(shuffled, day=day).of("trial.cap")
    assert [effect.params for effect in one] == [effect.params for effect in other]
    holding = [cap.params["max_pct"] for cap in measures if cap.from_day <= day <= cap.until_day]
    assert [effect.params["max_pct"] for effect in one] == ([min(holding)] if holding else [])
