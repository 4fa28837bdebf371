"""What a unit was called on a day: old papers stay readable under the old name (house D15)."""

from collections.abc import Iterable
from datetime import date

from taicho.organisation.models import FormerUnitName, Unit


def name_on(unit: Unit, day: date) -> str:
    """The name of `unit` on `day`."""
    return names_on([unit], day)[unit.pk]


def names_on(units: Iterable[Unit], day: date) -> dict[int, str]:
    """The names of many units on `day`, by primary key, in one query."""
    names = {unit.pk: unit.name for unit in units}
    former = FormerUnitName.objects.filter(unit__in=names, until__gte=day).order_by("-until")
    return names | {old.unit_id: old.name for old in former}
