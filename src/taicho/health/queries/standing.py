"""What gates and desks may know of people's health: booleans, and nothing else (trust.md 5.2, A3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from taicho.health.models import Declaration, HealthAlert, Restriction, Temperature
from taicho.kernel import clock


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands at an instant.

    `declared`: on that day, here or elsewhere. `restricted`: by the health post, now. `temperature_today`: a reading of
    that day exists. `high`: an open alert began with a temperature at the threshold the office decided. `alert`: an
    open alert of any kind, a "có" among them: no clause orders anything for it, the person is in the custody of the
    health post until it closes the alert, and the gate waits for that (0011).
    """

    declared: bool = False
    restricted: bool = False
    temperature_today: bool = False
    high: bool = False
    alert: bool = False


def standing(persons: Iterable[int], at: datetime) -> dict[int, Standing]:
    """How each of the persons (primary keys) stands at `at`; nobody is left out. Four queries."""
    wanted, day = list(persons), clock.today(at)
    declared = _of(Declaration.objects.filter(day=day), wanted)
    restricted = _of(Restriction.objects.in_force(at), wanted)
    measured = _of(Temperature.objects.filter(day=day), wanted)
    alerts = HealthAlert.objects.open().filter(person__in=wanted, opened_at__lte=at)
    grounds = list(alerts.order_by().values_list("person_id", "temperature_id"))
    alerted, high = {person for person, _ in grounds}, {person for person, heat in grounds if heat is not None}
    return {
        person: Standing(
            person in declared, person in restricted, person in measured, person in high, person in alerted
        )
        for person in wanted
    }


def _of(rows: QuerySet[Any], wanted: list[int]) -> set[int]:
    return set(rows.filter(person__in=wanted).order_by().values_list("person_id", flat=True))
