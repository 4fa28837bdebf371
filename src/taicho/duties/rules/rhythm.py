"""The rhythm of reminders (rhythms.yaml; no figure here, house D4): which step is due when, and when it is too late for it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: sent `before` the due time, useful until the next step, `until` before the due time."""

    name: str
    before: timedelta
    until: timedelta

    def useful_for(self, at: datetime) -> tuple[datetime, datetime]:
        """Due times (after the first, up to and including the second) for which the step is to be sent at `at`."""
        return at + self.until, at + self.before


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The whole rhythm, steps in the order in which they come."""

    steps: tuple[Step, ...]
    grace: timedelta
    escalate_within: timedelta
    look_back_days: int
    chase_again_after: timedelta

    @property
    def look_back(self) -> timedelta:
        """How long ago something may have been due to be looked at again."""
        return timedelta(days=self.look_back_days)

    def days_until(self, today: date) -> list[date]:
        """The days that may still have to be opened, oldest first, `today` last."""
        return [today - timedelta(days=back) for back in range(self.look_back_days, -1, -1)]


def read_rhythm(written: dict[str, Any]) -> Rhythm:
    """The rhythm out of the mapping of the file; a missing figure raises KeyError."""
    before = sorted({timedelta(minutes=minutes) for minutes in written["remind_before_minutes"]}, reverse=True)
    untils = [*before[1:], timedelta()]
    return Rhythm(
        steps=tuple(Step(_name(one), one, until) for one, until in zip(before, untils, strict=False)),
        grace=timedelta(minutes=written["grace_minutes"]),
        escalate_within=timedelta(hours=written["escalate_within_hours"]),
        look_back_days=written["look_back_days"],
        chase_again_after=timedelta(minutes=written["chase_again_after_minutes"]),
    )


@cache
def rhythm() -> Rhythm:
    """The rhythm of this installation."""
    text = files("taicho.duties").joinpath("rhythms.yaml").read_text(encoding="utf-8")
    return read_rhythm(yaml.safe_load(text))


def _name(before: timedelta) -> str:
    """The name a step is recorded under: "before-30" for thirty minutes."""
    return f"before-{before // timedelta(minutes=1)}"
