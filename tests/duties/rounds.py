"""A daily duty of an invented area, and short words for tests about duties."""

from datetime import date, datetime, time
from typing import ClassVar

from taicho.directives.actions.measures import confirm_measure, decide
from taicho.directives.rules.kinds import Kind
from taicho.directives.rules.parameters import clock_times
from taicho.duties.kinds import DutyKind, Occasion, end_of, start_of
from taicho.duties.models import Duty
from taicho.kernel.clock import HANOI
from tests.directives.papers import clause_of, letter
from tests.organisation.land import SETUP

ROUND, ACKNOWLEDGE = "trial.daily_round", "duties.acknowledge"


class Round(Kind):
    """Everyone makes a round each day, by an hour the document gives."""

    name = "trial.round"
    label = "đi kiểm tra"
    parameters: ClassVar = {"by": clock_times()}
    says: ClassVar = {"by": "trước giờ"}


class DailyRound(DutyKind):
    """One duty a day, opened at midnight, to be done by the hour given (24h00 when none is), until the day is over."""

    name = ROUND
    label = "đi kiểm tra hằng ngày"
    measure_kinds = ("trial.round",)
    undone = "chưa kiểm tra"

    def occasions(self, effect, unit, day):
        hours = effect.params.get("by") or ()
        due = start_of(day, time.fromisoformat(str(hours[0]))) if hours else end_of(day)
        yield Occasion(day.isoformat(), start_of(day), due, f"Kiểm tra ngày {day}", closes_at=end_of(day))

    def link(self, duty):
        return "/kiem-tra"


def here(day, hour=0, minute=0):
    """An instant on the office's clock: here("2026-11-20", 7, 30)."""
    return datetime.combine(date.fromisoformat(day), time(hour, minute), tzinfo=HANOI)


def order(land, *, kind="trial.round", params=None, force="require", scope=None, document=None, clause="1", **facts):
    """A clause of a letter orders it for the Sở from 17/11/2026; any fact may be another."""
    document = document or letter(land)
    days = {"from_day": date(2026, 11, 17), "until_day": None} | facts
    return confirm_measure(
        clause_of(document, clause), by=SETUP, kind=kind, params=params or {}, force=force,
        scope=scope or [land.bureau], **days,
    )  # fmt: skip


def decision(land, *, kind="trial.round", params=None, **facts):
    """The office decides it itself."""
    about = {"subject": "đi kiểm tra", "reason": "giữ an toàn", "from_day": date(2026, 11, 17)}
    return decide(land.bureau, by=SETUP, kind=kind, params=params or {}, **(about | facts))


def owed(kind=ROUND, occasion=None):
    """Names of those who have the duty, sorted."""
    duties = Duty.objects.filter(kind=kind)
    if occasion:
        duties = duties.filter(occasion=str(occasion))
    return sorted(duties.values_list("owner__full_name", flat=True))
