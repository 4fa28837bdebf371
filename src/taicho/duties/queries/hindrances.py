"""What the sweep could not open and has not got over: for the administrator's page and nobody else."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from taicho.duties.kinds import KINDS
from taicho.duties.models import Hindrance


@dataclass(frozen=True, slots=True)
class Stands:
    """One hindrance: the words of the kind, the agency ("" for no single one), the day, since when, how often, what."""

    label: Any
    agency: str
    day: date
    since: datetime
    times: int
    error: str


def standing_hindrances() -> list[Stands]:
    """Hindrances that stand, the oldest first. Names no person and nobody's health. One query."""
    return [
        Stands(
            KINDS[one.kind].label if one.kind in KINDS else one.kind, one.agency.name if one.agency else "", one.day,
            one.since, one.times, one.error,
        )
        for one in Hindrance.objects.standing().select_related("agency")
    ]  # fmt: skip
