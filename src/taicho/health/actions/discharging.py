"""A declaration discharges the duty of its day; the one place where health speaks to duties."""

from datetime import date, datetime

from taicho.duties.actions.discharging import discharge
from taicho.health.models import Declaration
from taicho.kernel.actor import Actor

DUTY = "health.declare"


def occasion_of(day: date, turn: int) -> str:
    """The ISO day; the second declaration of a day and later ones add their turn ("2021-02-17/2")."""
    return day.isoformat() if turn == 1 else f"{day.isoformat()}/{turn}"


def discharge_declaring(declaration: Declaration, *, by: Actor, at: datetime) -> None:
    """The duty is done, by the person or by what was shown for them. A correction changes nothing about that."""
    if declaration.corrects_id is None:
        occasion = occasion_of(declaration.day, declaration.turn)
        discharge(DUTY, declaration.person, occasion, by=by, at=at, evidence=declaration.key, how=declaration.shown)
