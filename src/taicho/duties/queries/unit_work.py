"""What the units one answers for have not done, by name where names are one's business (A9)."""

from dataclasses import dataclass
from datetime import datetime

from taicho.directives.queries.in_force import Reason
from taicho.duties.models import Duty
from taicho.duties.policies import may_exempt
from taicho.duties.queries.work import reasons_of
from taicho.kernel.actor import Actor
from taicho.organisation.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Undone:
    """One thing that was due at one hour and not done by people of one unit: their `duties`.

    `exemptable` are the duties (by primary key) of which the viewer may excuse the owner.
    """

    unit: Unit
    title: str
    due_at: datetime
    duties: tuple[Duty, ...]
    reasons: tuple[Reason, ...]
    exemptable: frozenset[int]

    @property
    def people(self) -> tuple[Person, ...]:
        """Who has not done it, by tên."""
        return tuple(duty.owner for duty in self.duties)


def undone_of_units(actor: Actor, at: datetime) -> list[Undone]:
    """Binding duties of one's units that are past due at `at` and can still be done, the latest hour first."""
    late = Duty.objects.followed_by(actor).exclude(owner__key=actor.me).waiting(at).seen_in_time()
    late = late.filter(binding=True, due_at__lte=at).select_related("unit", "owner")
    groups: dict[tuple[object, ...], list[Duty]] = {}
    for duty in late.order_by("-due_at", "unit__path", "kind", "occasion", "owner__name_key", "pk"):
        groups.setdefault((duty.unit_id, duty.kind, duty.occasion, duty.due_at), []).append(duty)
    reasons = reasons_of(group[0] for group in groups.values())
    return [_undone(group, reasons.get(group[0].pk, ()), actor) for group in groups.values()]


def _undone(group: list[Duty], reasons: tuple[Reason, ...], actor: Actor) -> Undone:
    first = group[0]
    if first.due_at is None:
        raise ValueError("a duty without a due time is never late")
    exemptable = frozenset(duty.pk for duty in group if may_exempt.test(actor, duty))
    return Undone(first.unit, first.title, first.due_at, tuple(group), reasons, exemptable)
