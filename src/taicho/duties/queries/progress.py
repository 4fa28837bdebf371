"""Who has acknowledged a document, and who is silent (A9)."""

from dataclasses import dataclass
from datetime import datetime

from taicho.documents.models import IncomingDocument
from taicho.duties.models import Chase, Duty
from taicho.duties.models.duty import DutyQuerySet
from taicho.duties.policies import may_exempt
from taicho.duties.queries.excused import Excused, excused
from taicho.kernel.actor import Actor
from taicho.organisation.models import Unit

ACKNOWLEDGE = "duties.acknowledge"


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit: how many were addressed, how many have acknowledged, and the silent by tên.

    `exemptable` are the duties (by primary key) of which the viewer may excuse the owner.
    """

    unit: Unit
    addressed: int
    acknowledged: int
    silent: tuple[Duty, ...]
    exemptable: frozenset[int]


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole document as far as the viewer follows it; the exempted are counted apart, never as done.

    `excused` are those of them whom a person excused.
    """

    addressed: int
    acknowledged: int
    exempted: int
    units: tuple[UnitProgress, ...]
    excused: tuple[Excused, ...]
    last_chase: Chase | None

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.addressed - self.acknowledged


def progress(document: IncomingDocument, actor: Actor) -> Progress:
    """Acknowledgements of `document` in the units the actor follows, the unit with most silent people first."""
    duties = list(
        _followed(document, actor).select_related("owner", "unit", "discharge").prefetch_related("exemptions")
    )
    owed = [duty for duty in duties if _is_owed(duty)]
    by_unit: dict[Unit, list[Duty]] = {}
    for duty in owed:
        by_unit.setdefault(duty.unit, []).append(duty)
    units = [_of_unit(unit, members, actor) for unit, members in by_unit.items()]
    return Progress(
        addressed=len(owed),
        acknowledged=sum(unit.acknowledged for unit in units),
        exempted=len(duties) - len(owed),
        units=tuple(sorted(units, key=lambda one: (-len(one.silent), one.unit.path))),
        excused=tuple(excused(_followed(document, actor), actor)),
        last_chase=Chase.objects.filter(document=document).first(),
    )


def silent_duties(document: IncomingDocument, actor: Actor, at: datetime) -> "DutyQuerySet[Duty]":
    """Duties of those who have not acknowledged, in the units the actor follows."""
    return _followed(document, actor).waiting(at).select_related("owner").order_by("pk")


def _followed(document: IncomingDocument, actor: Actor) -> "DutyQuerySet[Duty]":
    seen = Duty.objects.followed_by(actor).filter(kind=ACKNOWLEDGE, occasion=str(document.key))
    return seen.order_by("owner__name_key", "pk")


def _is_owed(duty: Duty) -> bool:
    return hasattr(duty, "discharge") or all(one.ended_at is not None for one in duty.exemptions.all())


def _of_unit(unit: Unit, duties: list[Duty], actor: Actor) -> UnitProgress:
    silent = tuple(duty for duty in duties if not hasattr(duty, "discharge"))
    exemptable = frozenset(duty.pk for duty in silent if may_exempt.test(actor, duty))
    return UnitProgress(unit, len(duties), len(duties) - len(silent), silent, exemptable)
