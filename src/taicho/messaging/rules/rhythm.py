"""When a copy of a message leaves the system, by the office's rhythm (rhythms.yaml; no figure here, house D4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from taicho.kernel import clock
from taicho.messaging.enums import Level


class Outside(Enum):
    """What a level does outside the system."""

    AT_ONCE = "at_once"
    WHEN_UNREAD = "when_unread"
    DIGEST = "digest"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The whole rhythm. `digests` are the hours of each level that is gathered; `again` the waits between tries.

    A message of `repeat_levels` that nobody has seen is repeated each `repeat_every`, as long as it is younger than
    `repeat_until`.
    """

    outside: dict[Level, Outside]
    digests: dict[Level, tuple[time, ...]]
    wait: timedelta
    quiet_from: time
    quiet_until: time
    quiet_levels: frozenset[Level]
    again: tuple[timedelta, ...]
    repeat_levels: frozenset[Level]
    repeat_every: timedelta
    repeat_until: timedelta

    def leaves_at(self, level: Level, at: datetime) -> datetime | None:
        """When a copy of a message of `level`, put into the inbox at `at`, is due outside; None when it stays inside."""
        way = self.outside[level]
        if way is Outside.NEVER:
            return None
        if way is Outside.DIGEST:
            return self._after_quiet(level, _next_of(self.digests[level], at))
        return self._after_quiet(level, at + self.wait if way is Outside.WHEN_UNREAD else at)

    def next_try(self, tries: int, at: datetime) -> datetime | None:
        """When a copy that was refused for the `tries`-th time at `at` is tried again; None when it is given up."""
        return at + self.again[tries - 1] if tries <= len(self.again) else None

    def gathers(self, level: Level) -> bool:
        """Whether several messages of the level leave as one copy."""
        return self.outside[level] is Outside.DIGEST

    def _after_quiet(self, level: Level, due: datetime) -> datetime:
        """`due`, or the end of the quiet hours it falls into."""
        if level not in self.quiet_levels or not self._is_quiet(clock.local(due).time()):
            return due
        return _next_of([self.quiet_until], due)

    def _is_quiet(self, hour: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def read_rhythm(written: dict[str, Any]) -> Rhythm:
    """The rhythm out of the mapping of the file; a level that is missing or an hour that is none raises."""
    levels = {Level(name): entry for name, entry in written["levels"].items()}
    outside = {level: Outside(levels[level]["outside"]) for level in Level}
    return Rhythm(
        outside=outside,
        digests={level: _hours(levels[level]["at"]) for level in Level if outside[level] is Outside.DIGEST},
        wait=timedelta(minutes=written["wait_minutes"]["value"]),
        quiet_from=time.fromisoformat(written["quiet"]["from"]),
        quiet_until=time.fromisoformat(written["quiet"]["until"]),
        quiet_levels=frozenset(Level(name) for name in written["quiet"]["levels"]),
        again=tuple(timedelta(minutes=minutes) for minutes in written["again"]["minutes"]),
        repeat_levels=frozenset(Level(name) for name in written["repeat"]["levels"]),
        repeat_every=timedelta(minutes=written["repeat"]["every_minutes"]),
        repeat_until=timedelta(minutes=written["repeat_until"]["minutes"]),
    )


@cache
def rhythm() -> Rhythm:
    """The rhythm of this installation."""
    text = files("taicho.messaging").joinpath("rhythms.yaml").read_text(encoding="utf-8")
    return read_rhythm(yaml.safe_load(text))


def _hours(written: Iterable[str]) -> tuple[time, ...]:
    return tuple(sorted(time.fromisoformat(hour) for hour in written))


def _next_of(hours: Iterable[time], after: datetime) -> datetime:
    """The first instant after `after` at which the office's clock shows one of `hours`."""
    here = clock.local(after)
    days = (here.date(), here.date() + timedelta(days=1))
    moments = (datetime.combine(day, hour, tzinfo=here.tzinfo) for day in days for hour in hours)
    return min(moment for moment in moments if moment > here)
