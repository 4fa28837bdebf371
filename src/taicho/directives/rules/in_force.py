"""Which measures hold for a unit on a day, which do not and why, and what they ask together (A6, A7; house § 4).

Days are local and both ends belong to the measure: "đến hết ngày 02/3/2021" ends at 24:00 of that day. A measure without a
first day is a draft: it can be read, and is in force for nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from taicho.directives.enums import Force, RelationKind
from taicho.directives.rules.kinds import KINDS, Kind
from taicho.kernel.actor import PathRange


@dataclass(frozen=True, slots=True)
class Stated:
    """A confirmed measure as a value. `rank`: how high its issuer stands, 0 the highest; equal ranks are the same level."""

    key: UUID
    kind: str
    params: Mapping[str, Any]
    force: Force
    rank: int
    issuer: str
    issued_on: date
    scope: tuple[PathRange, ...]
    from_day: date | None
    until_day: date | None = None
    clause: str = ""

    def covers(self, path: str, day: date) -> bool:
        """Whether the unit with this tree path lies in the scope, and the day in the time of the measure."""
        if self.from_day is None or day < self.from_day or (self.until_day is not None and day > self.until_day):
            return False
        return any(path in reach for reach in self.scope)


@dataclass(frozen=True, slots=True)
class Relation:
    """A recorded "thay thế" or "tạm dừng": the measure `by` does it to the measure `what`."""

    kind: RelationKind
    by: UUID
    what: UUID


@dataclass(frozen=True, slots=True)
class Effective:
    """What the measures of one kind ask together. `requests` are counted apart; `milder` may have been meant to replace."""

    kind: str
    params: Mapping[str, Any]
    sources: tuple[Stated, ...]
    requests: tuple[Stated, ...] = ()
    milder: tuple[Stated, ...] = ()
    contradiction: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Everything that holds for a unit on a day; `left_out` are measures that would hold but for a relation."""

    effects: tuple[Effective, ...]
    left_out: Mapping[UUID, Relation] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Effective, ...]:
        """What holds of one kind: one effect, or one for each measure of a kind that is never merged; empty when none."""
        return tuple(effect for effect in self.effects if effect.kind == kind)


def resolve(measures: Iterable[Stated], relations: Iterable[Relation], *, path: str, day: date) -> Resolution:
    """What holds for the unit with tree path `path` on the local day `day`."""
    holding = {one.key: one for one in measures if one.covers(path, day)}
    lifted = _lifted(holding, relations)
    by_kind: dict[str, list[Stated]] = {}
    for one in sorted(holding.values(), key=lambda one: (one.rank, one.issued_on, one.clause)):
        if one.key not in lifted:
            by_kind.setdefault(one.kind, []).append(one)
    effects = [effect for kind, stated in by_kind.items() for effect in _effects(KINDS[kind], stated)]
    return Resolution(tuple(effects), lifted)


def may_lift(new: Stated, old: Stated) -> bool:
    """Whether `new` can replace or suspend `old`: it binds, and comes from the same issuer or a higher level."""
    return new.force.binds and (new.issuer == old.issuer or new.rank < old.rank)


def _lifted(holding: Mapping[UUID, Stated], relations: Iterable[Relation]) -> dict[UUID, Relation]:
    """Measures that another one holds off here and today. Outside the time and scope of that one they hold by themselves.

    Of measures recorded to lift each other in a circle none is lifted: nobody can say which, so the strictest holds.
    """
    able = [
        relation
        for relation in relations
        if (new := holding.get(relation.by)) and (old := holding.get(relation.what)) and may_lift(new, old)
    ]
    return {relation.what: relation for relation in able if not _leads_back(relation, able)}


def _leads_back(relation: Relation, relations: Sequence[Relation]) -> bool:
    """Whether the lifted measure lifts, itself or through others, the one that lifts it."""
    reached, ahead = {relation.what}, [relation.what]
    while ahead:
        at = ahead.pop()
        further = {one.what for one in relations if one.by == at} - reached
        reached |= further
        ahead += further
    return relation.by in reached


def _effects(kind: type[Kind], stated: Sequence[Stated]) -> list[Effective]:
    """The binding ones made one, or each for itself; requests never count into a bound."""
    binding = [one for one in stated if one.force.binds]
    requests = tuple(one for one in stated if not one.force.binds)
    if kind.each:
        return [Effective(kind.name, one.params, (one,)) for one in stated]
    if not binding:
        return [Effective(kind.name, {}, (), requests)]
    held = kind.combine(one.params for one in binding)
    return [Effective(kind.name, held, tuple(binding), requests, _milder(kind, binding), kind.contradiction(held))]


def _milder(kind: type[Kind], binding: Sequence[Stated]) -> tuple[Stated, ...]:
    """Newer measures of an issuer that ask less than an older one of the same issuer, with no relation recorded.

    The stricter stays; the head is asked whether the newer one was meant to replace it.
    """
    found = []
    for new in binding:
        for old in binding:
            later = new.issuer == old.issuer and new.issued_on > old.issued_on
            both = kind.combine([old.params, new.params])
            if (
                later
                and new.params != old.params
                and all(both.get(name) == value for name, value in old.params.items())
            ):
                found.append(new)
                break
    return tuple(found)
