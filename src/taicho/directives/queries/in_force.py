"""Which measures hold for a unit at an instant, and why: the one question every other room asks (A6, A7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.directives.enums import Force, RelationKind
from taicho.directives.models import Measure, MeasureRelation
from taicho.directives.rules.in_force import Effective, Relation, Stated, resolve
from taicho.kernel import clock
from taicho.kernel.actor import PathRange
from taicho.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class Reason:
    """The words of one "vì" line: the document and clause that order it, or the office that decided it (D6).

    `document` is its key, `since` when the measure was confirmed here, `addressed` the tree paths of the units named.
    """

    measure: UUID
    source: str
    clause: str
    until: date | None
    url: str
    own_decision: bool
    document: UUID | None = None
    since: datetime | None = None
    addressed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """ "Công văn 58/VP-HC-QT, mục 4, ý thứ 3", or "quyết định của cơ quan: …"."""
        return f"{self.source}, {self.clause}" if self.clause else self.source


@dataclass(frozen=True, slots=True)
class InForce:
    """One effect: what the measures of a kind ask together, with the reasons of the binding ones and of requests.

    `binding` is False where only requests ("đề nghị") stand behind it: shown and reminded, never late, no block.
    """

    kind: str
    params: Mapping[str, Any]
    reasons: tuple[Reason, ...]
    requests: tuple[Reason, ...] = ()
    milder: tuple[Reason, ...] = ()
    contradiction: str = ""

    @property
    def binding(self) -> bool:
        """Whether something is ordered, and not only asked."""
        return bool(self.reasons)

    @property
    def measures(self) -> tuple[UUID, ...]:
        """Keys of every measure that contributes."""
        return tuple(reason.measure for reason in (*self.reasons, *self.requests))


def measures_in_force(unit: Unit, kind: str, at: datetime) -> tuple[InForce, ...]:
    """What holds of one kind for `unit` on the local day of `at`: one effect, several for a kind never merged, or none."""
    return tuple(effect for effect in everything_in_force(unit, at, kinds=[kind]))


def everything_in_force(unit: Unit, at: datetime, *, kinds: Iterable[str] | None = None) -> tuple[InForce, ...]:
    """Everything that holds for `unit` on the local day of `at`, kind by kind. Three queries."""
    return everything_on(unit, clock.today(at), kinds=kinds)


def everything_on(unit: Unit, day: date, *, kinds: Iterable[str] | None = None) -> tuple[InForce, ...]:
    """Everything that holds for `unit` on a local day; the same question simulates any other day."""
    return everything_for([unit], day, kinds=kinds)[unit.pk]


def everything_for(
    units: Iterable[Unit], day: date, *, kinds: Iterable[str] | None = None
) -> dict[int, tuple[InForce, ...]]:
    """Everything that holds on a local day for each of `units`, by primary key. Three queries however many units."""
    asked = list(units)
    rows = _confirmed(asked, kinds)
    stated = [as_stated(measure) for measure in rows.values()]
    relations = _relations(rows)
    reasons = {key: reason_of(measure) for key, measure in rows.items()}
    return {
        unit.pk: tuple(
            _explained(effect, reasons) for effect in resolve(stated, relations, path=unit.path, day=day).effects
        )
        for unit in asked
    }


def reason_of(measure: Measure) -> Reason:
    """The words of the "vì" line of one measure, whose clause and document (or decision) have been fetched with it."""
    clause, decision = measure.clause, measure.decision
    return Reason(
        measure=measure.key,
        source=clause.document.title if clause else _("quyết định của cơ quan: %s") % decision,
        clause=clause.label if clause else "",
        until=measure.until_day,
        url=reverse("directives:measure", args=[measure.key]),
        own_decision=clause is None,
        document=clause.document.key if clause else None,
        since=measure.confirmed_at,
        addressed=tuple(unit.path for unit in measure.scope.all()),
    )


def as_stated(measure: Measure) -> Stated:
    """The measure as the value that rules compute with."""
    clause = measure.clause
    return Stated(
        key=measure.key,
        kind=measure.kind,
        params=measure.params,
        force=Force(measure.force),
        rank=measure.rank,
        issuer=clause.document.issuer_folded if clause else str(measure.agency_id),
        issued_on=(clause.document.issued_on if clause else None) or clock.today(measure.confirmed_at),
        scope=tuple(PathRange.under(unit.path) for unit in measure.scope.all()),
        from_day=measure.from_day,
        until_day=measure.until_day,
        clause=clause.path if clause else "",
    )


def lifts(measure: Measure, other: Measure) -> bool:
    """Whether `measure` is recorded to replace or suspend `other`, itself or through others that are not taken back."""
    reached: set[int] = set()
    ahead = {measure.pk}
    while ahead:
        reached |= ahead
        recorded = MeasureRelation.objects.filter(measure__in=ahead, measure__withdrawal__isnull=True)
        ahead = set(recorded.values_list("what", flat=True)) - reached
    return other.pk in reached


def _confirmed(units: Iterable[Unit], kinds: Iterable[str] | None) -> dict[UUID, Measure]:
    """Measures not withdrawn whose scope has one of the units under it, by key."""
    above = {unit.path[:end] for unit in units for end in range(unit.steplen, len(unit.path) + 1, unit.steplen)}
    found = Measure.objects.filter(scope__path__in=sorted(above), withdrawal__isnull=True).distinct()
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    found = found.select_related("clause__document", "decision").prefetch_related("scope").order_by("pk")
    return {measure.key: measure for measure in found}


def _relations(rows: Mapping[UUID, Measure]) -> list[Relation]:
    recorded = MeasureRelation.objects.filter(measure__key__in=rows).select_related("measure", "what")
    return [Relation(RelationKind(one.kind), by=one.measure.key, what=one.what.key) for one in recorded]


def _explained(effect: Effective, words: Mapping[UUID, Reason]) -> InForce:
    """The effect with its reasons in words."""

    def reasons(stated: Iterable[Stated]) -> tuple[Reason, ...]:
        return tuple(words[one.key] for one in stated)

    binding = tuple(one for one in effect.sources if one.force.binds)
    asked = (*effect.requests, *(one for one in effect.sources if not one.force.binds))
    return InForce(
        effect.kind, effect.params, reasons(binding), reasons(asked), reasons(effect.milder), effect.contradiction
    )
