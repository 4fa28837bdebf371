"""The rhythm of messages is data with a source: when a copy leaves, in the office's own hours. # A10, ux.md 11"""

from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel import clock
from taicho.messaging.enums import Level
from taicho.messaging.rules.rhythm import read_rhythm, rhythm

WRITTEN = yaml.safe_load(files("taicho.messaging").joinpath("rhythms.yaml").read_text(encoding="utf-8"))
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def office(written):
    """An hour of the office, as 2021-03-02 13:30 stands for it."""
    return datetime.fromisoformat(written).replace(tzinfo=clock.HANOI)


def sources(entry):
    if isinstance(entry, dict) and "source" not in entry:
        return all(sources(part) for part in entry.values())
    return isinstance(entry, dict) and bool(entry["source"].strip())


def test_every_value_of_the_rhythm_names_its_source():
    assert sources(WRITTEN)


def test_the_rhythm_knows_every_level():
    assert set(rhythm().outside) == set(Level)


@pytest.mark.parametrize(
    ("level", "sent", "leaves"),
    [
        (Level.URGENT, "2021-03-02 02:00", "2021-03-02 02:00"),
        (Level.DEADLINE, "2021-03-02 23:55", "2021-03-03 00:05"),
        (Level.WORK, "2021-03-02 07:29", "2021-03-02 07:30"),
        (Level.WORK, "2021-03-02 07:30", "2021-03-02 13:30"),
        (Level.WORK, "2021-03-02 13:31", "2021-03-03 07:30"),
        (Level.WORK, "2021-02-28 23:00", "2021-03-01 07:30"),
        (Level.INFORMATION, "2021-03-02 09:00", None),
    ],
)
def test_when_a_copy_leaves(level, sent, leaves):
    assert rhythm().leaves_at(level, office(sent)) == (leaves and office(leaves))


def quiet_work(**quiet):
    """The rhythm with work that does not wait for a digest, and other quiet hours."""
    work = {"work": {"outside": "at_once"}}
    return read_rhythm(WRITTEN | {"levels": WRITTEN["levels"] | work, "quiet": WRITTEN["quiet"] | quiet})


@pytest.mark.parametrize(
    ("sent", "leaves"),
    [
        ("2021-03-02 21:59", "2021-03-02 21:59"),
        ("2021-03-02 22:00", "2021-03-03 05:00"),
        ("2021-03-03 00:00", "2021-03-03 05:00"),
        ("2021-03-03 04:59", "2021-03-03 05:00"),
        ("2021-03-03 05:00", "2021-03-03 05:00"),
    ],
)
def test_work_is_silent_from_ten_to_five(sent, leaves):
    assert quiet_work().leaves_at(Level.WORK, office(sent)) == office(leaves)


def test_quiet_hours_within_one_day_hold_too():
    rest = quiet_work(**{"from": "12:00", "until": "13:00"})
    assert rest.leaves_at(Level.WORK, office("2021-03-02 12:30")) == office("2021-03-02 13:00")
    assert rest.leaves_at(Level.WORK, office("2021-03-02 23:30")) == office("2021-03-02 23:30")


def test_what_is_urgent_knows_no_quiet_hours():
    assert quiet_work().leaves_at(Level.URGENT, office("2021-03-02 23:00")) == office("2021-03-02 23:00")


@given(MOMENTS, st.sampled_from([Level.URGENT, Level.DEADLINE, Level.WORK]))
def test_a_copy_never_leaves_before_its_message_and_within_a_day(at, level):
    leaves = rhythm().leaves_at(level, at)
    assert at <= leaves <= at + timedelta(days=1)


def test_the_waits_between_tries_grow_and_end():
    at = office("2021-03-02 09:00")
    waits = [rhythm().next_try(tries, at) for tries in range(1, 6)]
    assert waits[:4] == sorted(waits[:4])
    assert waits[4] is None


def test_a_level_without_a_rhythm_is_an_error_of_the_file():
    with pytest.raises(KeyError):
        read_rhythm(WRITTEN | {"levels": {}})
