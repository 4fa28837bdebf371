"""From who passed where and when to who was where from when until when (D11, E3). Pure; any order of telling gives one result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from taicho.kernel import clock
from taicho.presence.enums import Direction


@dataclass(frozen=True, slots=True)
class Passed:
    """One person passed, in at a site or out, at an instant. `ref` names the record behind it."""

    ref: int
    direction: Direction
    at: datetime
    site: Any = None


@dataclass(frozen=True, slots=True)
class Stayed:
    """A stretch at one site. `departure` None with `until_at`: left unseen, at the latest then. Both None: still there."""

    site: Any
    from_at: datetime
    arrival: int
    until_at: datetime | None = None
    departure: int | None = None


def stays_of(passages: Iterable[Passed]) -> list[Stayed]:
    """The stays that the passages of one person tell of, in time.

    Coming in twice on one day at one site is one stay (somebody was scanned twice, or slipped out for a moment). Coming
    in elsewhere, or on another day, ends the stay before: the person left unseen, at the latest at that instant; no
    earlier time is made up. Going out without having come in tells of no stay.
    """
    told: list[Stayed] = []
    inside: Stayed | None = None
    for one in sorted(passages, key=_in_time):
        if one.direction is Direction.OUT:
            if inside is not None:
                told.append(_ended(inside, one.at, one.ref))
            inside = None
        elif inside is None:
            inside = Stayed(one.site, one.at, one.ref)
        elif one.site != inside.site or clock.today(one.at) != clock.today(inside.from_at):
            told.append(_ended(inside, one.at, None))
            inside = Stayed(one.site, one.at, one.ref)
    return [*told, inside] if inside else told


def _in_time(one: Passed) -> tuple[datetime, bool, int]:
    """Within one instant people come before they go."""
    return (one.at, one.direction is Direction.OUT, one.ref)


def _ended(stay: Stayed, at: datetime, departure: int | None) -> Stayed:
    return Stayed(stay.site, stay.from_at, stay.arrival, at, departure)
