"""What a document asks of the owner of a duty, clause by clause (A6, A9)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from taicho.directives.models import Clause, Measure
from taicho.directives.rules.kinds import kind_named
from taicho.duties.models import Duty


@dataclass(frozen=True, slots=True)
class BindingClause:
    """One clause with what it asks, in words: the kind of measure and its parameters."""

    clause: Clause
    asks: tuple[str, ...]


def clauses_behind(duty: Duty) -> list[BindingClause]:
    """The clauses behind a duty that still hold, in the order of the document; none for a decision of the office."""
    behind = Measure.objects.filter(duties__duty=duty, withdrawal__isnull=True, clause__isnull=False)
    ordered = behind.select_related("clause__document").order_by("clause__position", "pk")
    return list(_by_clause(ordered))


def decided_behind(duty: Duty) -> list[str]:
    """What decisions of the office behind a duty ask, in full: a title keeps only the beginning of long words."""
    behind = Measure.objects.filter(duties__duty=duty, withdrawal__isnull=True, clause__isnull=True).order_by("pk")
    return [_in_words(measure) for measure in behind]


def _by_clause(measures: Iterable[Measure]) -> Iterator[BindingClause]:
    for clause, asked in groupby(measures, key=lambda measure: measure.clause):
        if clause is not None:
            yield BindingClause(clause, tuple(_in_words(measure) for measure in asked))


def _in_words(measure: Measure) -> str:
    kind = kind_named(measure.kind)
    said = kind.describe(measure.params)
    return f"{kind.label} – {said}" if said else str(kind.label)
