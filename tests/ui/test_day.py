"""The ruler and the slot clock tell the time in words (look.md 1.3, 7; J1)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from taicho.ui.day import Day, SlotState, slot_at
from tests.ui.rendering import render

ELEVEN_26 = datetime(2021, 2, 25, 4, 26, 40, tzinfo=UTC)


def day(at=ELEVEN_26, *states):
    six, noon, evening = states or (SlotState.ON_TIME, SlotState.DUE, SlotState.AHEAD)
    return Day(
        at,
        (
            slot_at("6h00", time(6), six, at, time(5, 30)),
            slot_at("12h00", time(12), noon, at, time(11, 30)),
            slot_at("18h00", time(18), evening, at),
        ),
    )


CLOCKS = {
    "long before": (datetime(2021, 2, 25, 0, 2, tzinfo=UTC), "Khung 12h00 còn 4 giờ 58", "calm"),
    "before": (ELEVEN_26, "Khung 12h00 còn 34 phút", "calm"),
    "eleven minutes": (ELEVEN_26 + timedelta(minutes=23), "Khung 12h00 còn 11 phút", "calm"),
    "ten minutes": (ELEVEN_26 + timedelta(minutes=24), "Khung 12h00 còn 10 phút", "calm"),
    "under ten": (ELEVEN_26 + timedelta(minutes=25), "Khung 12h00 còn 9 phút", "near"),
    "the last minute": (ELEVEN_26 + timedelta(minutes=33), "Khung 12h00 còn 1 phút", "near"),
    "on the hour": (ELEVEN_26 + timedelta(minutes=34), "Khung 12h00 đến giờ chốt", "past"),
    "after": (ELEVEN_26 + timedelta(minutes=37), "Khung 12h00 quá 3 phút", "past"),
}


@pytest.mark.parametrize(("at", "said", "tone"), CLOCKS.values(), ids=CLOCKS)
def test_the_slot_clock_says_how_long_in_words(at, said, tone):
    clock = day(at).clock
    assert (clock.words, clock.tone) == (said, tone)


def test_without_a_slot_the_clock_says_only_time_and_day_and_invents_nothing():
    clock = Day(datetime(2021, 2, 25, 0, 2, tzinfo=UTC)).clock
    assert clock.when == "7h02 · Thứ Năm, 25/02"
    assert (clock.words, clock.tone, clock.left) == ("", "plain", None)
    html = render('<c-slot-clock :day="day" />', day=Day(ELEVEN_26))
    assert "Khung" not in html
    assert "data-slot-words" not in html


def test_a_slot_that_was_sent_or_missed_no_longer_runs():
    assert day(ELEVEN_26, SlotState.MISSING, SlotState.ON_TIME, SlotState.AHEAD).running.label == "18h00"
    assert day(ELEVEN_26, SlotState.ON_TIME, SlotState.LATE, SlotState.EXEMPT).running is None


def test_the_ruler_is_the_vietnamese_day_not_the_one_of_greenwich():
    before_dawn = Day(datetime(2021, 2, 24, 17, 0, tzinfo=UTC))
    assert (before_dawn.minute, before_dawn.share) == (0, "0.000%")
    assert before_dawn.clock.date == "Thứ Năm, 25/02"


def test_places_on_the_ruler_are_shares_of_the_day():
    running = day().running
    assert running.share == "50.000%"
    assert running.feeder_share == "47.917%"
    assert running.closes_minute == 720
    assert len(day().hours) == 24


def test_the_ruler_has_a_twin_in_words():
    assert day().twin == (
        "Bây giờ 11h26. Khung 6h00: đúng hạn, hạn của đơn vị 5h30. Khung 12h00: chưa gửi, hạn của đơn vị 11h30. "
        "Khung 18h00: chưa đến giờ."
    )


@pytest.mark.parametrize("state", list(SlotState), ids=str)
def test_every_state_of_a_slot_is_drawn_and_named(state):
    html = render('<c-day-ruler :day="day" />', day=day(ELEVEN_26, state, SlotState.DUE, SlotState.AHEAD))
    assert f"ruler-slot-{state}" in html
    assert state.words in html


def test_the_drawing_has_24_ticks_a_needle_and_no_slot_of_its_own():
    bare = render('<c-day-ruler :day="day" />', day=Day(ELEVEN_26))
    assert bare.count('class="ruler-tick"') == 24
    assert bare.count("data-ruler-needle") == 1
    assert "ruler-slot" not in bare
