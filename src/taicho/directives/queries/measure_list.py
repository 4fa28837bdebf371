"""The list "Biện pháp đang có hiệu lực" of an agency on a day, with what the head is asked to settle (A6, A7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from taicho.directives.models import Measure
from taicho.directives.queries.in_force import InForce, Reason, everything_on, reason_of
from taicho.directives.rules.kinds import KINDS
from taicho.organisation.models import Unit

SOON = timedelta(days=7)  # not a rule: how far ahead the list calls an end "near"


class Standing(StrEnum):
    """Where a measure stands on the day asked for."""

    NOW = "now"
    COMING = "coming"
    ENDING = "ending"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    UNDATED = "undated"


@dataclass(frozen=True)
class MeasureRow:
    """One measure in words."""

    measure: Measure
    standing: Standing
    day: date

    @cached_property
    def reason(self) -> Reason:
        """The source in words."""
        return reason_of(self.measure)

    @property
    def kind(self) -> str:
        """The name of the kind."""
        return str(KINDS[self.measure.kind].label)

    @property
    def words(self) -> str:
        """The parameters as one line."""
        return KINDS[self.measure.kind].describe(self.measure.params)

    @property
    def units(self) -> list[Unit]:
        """The scope, the whole agency first."""
        return sorted(self.measure.scope.all(), key=lambda unit: unit.path)

    @property
    def days_left(self) -> int | None:
        """Days until the last one, today not counted; None without an end."""
        until = self.measure.until_day
        return (until - self.day).days if until and self.standing in (Standing.NOW, Standing.ENDING) else None


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can settle: measures that contradict, or a newer one that asks less."""

    unit: Unit
    effect: InForce


def measure_rows(agency: Unit, day: date) -> list[MeasureRow]:
    """Every measure the agency confirmed, the strongest source first, as it stands on `day`."""
    rows = Measure.objects.filter(agency=agency).select_related("clause__document", "decision", "withdrawal")
    ordered = rows.prefetch_related("scope").order_by("rank", "from_day", "pk")
    return [MeasureRow(measure, standing_of(measure, day), day) for measure in ordered]


def standing_of(measure: Measure, day: date) -> Standing:
    """How a measure stands on `day`."""
    if hasattr(measure, "withdrawal"):
        return Standing.WITHDRAWN
    if measure.from_day is None:
        return Standing.UNDATED
    if measure.from_day > day:
        return Standing.COMING
    if measure.until_day is None or measure.until_day > day + SOON:
        return Standing.NOW
    return Standing.ENDING if measure.until_day >= day else Standing.ENDED


def questions(units: Iterable[Unit], day: date) -> list[Question]:
    """What only a person can settle on `day`, unit by unit: contradictions first, then newer measures that ask less."""
    found = [Question(unit, effect) for unit in units for effect in everything_on(unit, day)]
    asked = [one for one in found if one.effect.contradiction or one.effect.milder]
    return sorted(asked, key=lambda one: not one.effect.contradiction)


def units_concerned(rows: Sequence[MeasureRow]) -> list[Unit]:
    """Units named in the scope of a measure that has not ended, each once."""
    open_rows = [row for row in rows if row.standing in (Standing.NOW, Standing.ENDING)]
    return list({unit.pk: unit for row in open_rows for unit in row.units}.values())
