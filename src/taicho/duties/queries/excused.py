"""Who was excused from what, by whom and why: shown by name to those who follow the work (A9)."""

from dataclasses import dataclass
from datetime import datetime

from taicho.duties.models import Duty, Exemption
from taicho.duties.models.duty import DutyQuerySet
from taicho.duties.policies import may_exempt
from taicho.duties.rules.rhythm import rhythm
from taicho.kernel.actor import Actor
from taicho.organisation.models import Person


@dataclass(frozen=True, slots=True)
class Excused:
    """One excuse that stands: the duty with its owner and unit, why, since when, who decided ("" for one unknown here)."""

    duty: Duty
    why: str
    at: datetime
    decided_by: str
    may_end: bool


def excused(duties: "DutyQuerySet[Duty]", actor: Actor) -> list[Excused]:
    """The excuses that stand of `duties`, by tên. Two queries."""
    standing = Exemption.objects.standing().excuses().filter(duty__in=duties.order_by().values("pk"))
    found = list(standing.select_related("duty__owner", "duty__unit").order_by("duty__owner__name_key", "-at", "pk"))
    names = dict(Person.objects.filter(key__in={one.by for one in found}).values_list("key", "full_name"))
    return [
        Excused(one.duty, one.why, one.at, names.get(one.by, "") if one.by else "", may_exempt.test(actor, one.duty))
        for one in found
    ]


def excused_of_units(actor: Actor, at: datetime) -> list[Excused]:
    """Those of the units one follows, of duties that can still be done or were closed within the look back."""
    return [
        one
        for one in excused(Duty.objects.followed_by(actor).filter(opens_at__lte=at), actor)
        if one.duty.closes_at is None or one.duty.closes_at > at - rhythm().look_back
    ]
