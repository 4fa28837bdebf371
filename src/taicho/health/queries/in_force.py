"""What the measures in force ask of a declaration and of a temperature (A6, F1, E2)."""

from datetime import datetime, time, timedelta

from taicho.directives.queries.in_force import InForce, measures_in_force
from taicho.kernel import clock
from taicho.organisation.models import Unit

DAILY, THRESHOLD, HOUR = "health.daily_declaration", "health.fever_threshold", "health.declaration_hour"


def daily_declaration(unit: Unit, at: datetime) -> InForce | None:
    """The daily declaration that holds for the unit, with its reasons; None when no measure asks one."""
    return _one(unit, DAILY, at)


def fever_threshold(unit: Unit, at: datetime) -> InForce | None:
    """The threshold the office decided; None when it has decided none, and then no temperature is judged."""
    return _one(unit, THRESHOLD, at)


def asks_temperature(effect: InForce | None) -> bool:
    """Whether the declaration in force asks for a temperature too."""
    return effect is not None and bool(effect.params.get("temperature"))


def due_at(unit: Unit, at: datetime) -> datetime:
    """Until when the declaration of the day of `at` is due: the hour the office decided, else the end of the day.

    "Trước giờ làm" names no hour, so none is invented (house D4).
    """
    day, decided = clock.today(at), _one(unit, HOUR, at)
    if decided is not None and decided.params.get("by"):
        return datetime.combine(day, time.fromisoformat(str(min(decided.params["by"]))), tzinfo=clock.HANOI)
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.HANOI)


def _one(unit: Unit, kind: str, at: datetime) -> InForce | None:
    return next(iter(measures_in_force(unit, kind, at)), None)
