"""What the gates of an agency ask on a day: out of the store when it is true, put together anew when it is not (E2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import get_language

from taicho.directives.models import Measure, MeasureRelation
from taicho.directives.queries.in_force import Reason, everything_in_force, reason_of
from taicho.gate.enums import ENTRY_KIND, KINDS_AT_THE_GATE, VISITS_KIND, Audience
from taicho.gate.models import GateRule
from taicho.gate.rules.requirements import Ordered, Requirements, combine, from_columns
from taicho.kernel import clock
from taicho.organisation.models import Unit
from taicho.organisation.rules.reach import ancestors_of

A_MINUTE = 60  # not a rule: seconds for which the words of a reason are kept in a process


@dataclass(frozen=True, slots=True)
class Basis:
    """What the requirements were made from: rows that are only ever added, so equal counts are equal rows."""

    line: tuple[int, ...]
    measures: int
    withdrawals: int
    relations: int


def basis_of(agency: Unit) -> Basis:
    """The counts of now. Two queries."""
    line = line_of(agency)
    own = Q(agency__in=line, kind__in=KINDS_AT_THE_GATE)
    counted = Measure.objects.filter(own).aggregate(all=Count("pk"), gone=Count("withdrawal"))
    relations = MeasureRelation.objects.filter(measure__agency__in=line, measure__kind__in=KINDS_AT_THE_GATE).count()
    return Basis(line, counted["all"], counted["gone"], relations)


def line_of(agency: Unit) -> tuple[int, ...]:
    """The agency and the units above it, whose documents can bind it."""
    paths = [*ancestors_of(agency.path), agency.path]
    return tuple(sorted(set(Unit.objects.filter(path__in=paths).values_list("pk", flat=True))))


def put_together(agency: Unit, audience: Audience, at: datetime) -> Requirements:
    """The clauses in force at `at`, combined for the audience; straight from the measures."""
    effects = everything_in_force(agency, at, kinds=KINDS_AT_THE_GATE)
    ordered = [
        Ordered(effect.kind, effect.params, reason.measure, binds)
        for effect in effects
        for reasons, binds in ((effect.reasons, True), (effect.requests, False))
        for reason in reasons
    ]
    return combine(ordered, audience, entry=ENTRY_KIND, visits=VISITS_KIND)


def requirements(agency: Unit, audience: Audience, at: datetime) -> Requirements:
    """What is asked of the audience at `at`: the stored row when it is still true, else put together anew."""
    row = GateRule.objects.filter(agency=agency, day=clock.today(at), audience=audience).first()
    if row is not None and is_true(row, basis_of(agency)):
        return from_columns(row.needs, row.reasons, row.modes, row.mode_reasons)
    return put_together(agency, audience, at)


def is_true(row: GateRule, basis: Basis) -> bool:
    """Whether the row was made from everything there is now."""
    return (tuple(row.line), row.measures, row.withdrawals, row.relations) == (
        basis.line, basis.measures, basis.withdrawals, basis.relations,
    )  # fmt: skip


def reasons_of(measures: Sequence[UUID]) -> list[Reason]:
    """The words of the "vì" lines of these measures, in their order.

    A measure is never edited and the gate says the same few lines all morning, so their words are kept for a minute;
    what is in force is never asked here.
    """
    wanted = tuple(measures)
    return list(_words(wanted, get_language(), int(monotonic() / A_MINUTE))) if wanted else []


@lru_cache(maxsize=256)  # not a rule: how many sets of reasons a process keeps
def _words(measures: tuple[UUID, ...], language: str | None, minute: int) -> tuple[Reason, ...]:
    """The same from the database: two queries."""
    found = Measure.objects.filter(key__in=measures).select_related("clause__document", "decision")
    by_key = {one.key: one for one in found.prefetch_related("scope")}
    return tuple(reason_of(by_key[key]) for key in measures if key in by_key)
