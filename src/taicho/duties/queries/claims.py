"""What the measures in force ask of whom on a day, before anything is written: the sweep and its tests compare with this."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from taicho.directives.models import Measure
from taicho.directives.queries.in_force import InForce, everything_for
from taicho.duties.kinds import KINDS, DutyKind, Occasion, end_of
from taicho.duties.rules.titles import shortened
from taicho.kernel import clock
from taicho.organisation.models import StaffMembership, Unit
from taicho.organisation.models.unit import in_ranges


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked on one occasion, the same for every unit that shares them."""

    kind: str
    occasion: str
    title: str
    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    binding: bool
    measures: frozenset[UUID]

    @property
    def can_be_met(self) -> bool:
        """Whether there was time: what was over before its measure was confirmed is never owed."""
        return all(end is None or end > self.opens_at for end in (self.due_at, self.closes_at))


@dataclass(frozen=True, slots=True)
class Claim:
    """The terms for one unit, with the effects that ask it."""

    terms: Terms
    unit: Unit
    effects: tuple[InForce, ...]


@dataclass(frozen=True, slots=True)
class Stuck:
    """What could not be computed for a unit: of one duty kind and the measures of one effect, or ("" and none) at all."""

    kind: str
    unit: Unit
    measures: tuple[UUID, ...]
    error: Exception


def claims_on(day: date, *, units: Iterable[Unit] | None = None, stuck: list[Stuck]) -> list[Claim]:
    """Everything that is asked on a local day, one claim for each kind, occasion and unit, opened already or not.

    What cannot be computed is added to `stuck`, and stops nothing else.
    """
    asked = {unit.pk: unit for unit in (units_addressed(day) if units is None else units)}
    found: dict[tuple[str, str, int], Claim] = {}
    with override(settings.LANGUAGE_CODE):  # titles are kept, in the first language, whoever asks
        effects = _effects(list(asked.values()), day, stuck)
        for claim in _claims([(asked[pk], effect) for pk, own in effects.items() for effect in own], day, stuck):
            name = (claim.terms.kind, claim.terms.occasion, claim.unit.pk)
            found[name] = _both(found[name], claim) if name in found else claim
    return [claim for claim in found.values() if claim.terms.can_be_met]


def units_addressed(day: date) -> Iterable[Unit]:
    """Units that exist on the day under a scope of a measure that is not withdrawn."""
    scopes = Measure.objects.filter(withdrawal__isnull=True, from_day__lte=day).order_by()
    addressed = Unit.objects.filter(path__in=scopes.values("scope__path"))
    ranges = tuple(unit.reach for unit in addressed)
    return Unit.objects.filter(in_ranges("path", ranges)).in_force(day)


def owners_of(claims: Iterable[Claim], at: datetime) -> dict[int, Unit]:
    """Who owes it under any of the claims (all of the same terms), by primary key of the person, with the unit."""
    units = {claim.unit.pk: claim.unit for claim in claims}
    terms = next(iter(claims)).terms
    instant = at if terms.due_at is None else max(terms.opens_at, min(at, terms.due_at))
    kind = KINDS[terms.kind]
    if kind.everyone:
        serving = StaffMembership.objects.in_force(instant).filter(unit__in=units)
        return {person: units[unit] for person, unit in serving.order_by("main").values_list("person", "unit")}
    return {
        person: claim.unit
        for claim in claims
        for effect in claim.effects
        for person in kind.owners(effect, claim.unit, instant).values_list("pk", flat=True)
    }


def sharing_terms(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """The claims in groups that are opened together."""
    groups: dict[Terms, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.terms, []).append(claim)
    return iter(groups.values())


def last_instant(day: date, at: datetime) -> datetime:
    """The instant as of which a day is opened: now for today, its end for a day that has passed."""
    return at if clock.today(at) <= day else end_of(day)


def _effects(units: list[Unit], day: date, stuck: list[Stuck]) -> dict[int, tuple[InForce, ...]]:
    """What is in force for the units at once; when that fails, agency by agency, so that one stops no other."""
    try:
        with transaction.atomic():
            return everything_for(units, day)
    except Exception as error:
        by_agency: dict[str, list[Unit]] = {}
        for unit in units:
            by_agency.setdefault(unit.agency_path, []).append(unit)
        if len(by_agency) == 1:
            stuck.extend(Stuck("", unit, (), error) for unit in units)
            return {}
    parts = (_effects(own, day, stuck) for own in by_agency.values())
    return {pk: effects for part in parts for pk, effects in part.items()}


def _claims(asked: list[tuple[Unit, InForce]], day: date, stuck: list[Stuck]) -> list[Claim]:
    """The claims of all kinds at once; when that fails, each alone, so that one kind or unit stops no other."""
    each = [
        (KINDS[name], unit, effect) for unit, effect in asked for name in KINDS if KINDS[name].opened_by(effect.kind)
    ]
    try:
        with transaction.atomic():
            return [claim for one in each for claim in _of_kind(*one, day)]
    except Exception:
        found: list[Claim] = []
    for kind, unit, effect in each:
        try:
            with transaction.atomic():
                found += _of_kind(kind, unit, effect, day)
        except Exception as error:
            stuck.append(Stuck(kind.name, unit, effect.measures, error))
    return found


def _of_kind(kind: DutyKind, unit: Unit, effect: InForce, day: date) -> list[Claim]:
    return [Claim(_terms(kind.name, one, effect), unit, (effect,)) for one in kind.occasions(effect, unit, day)]


def _terms(kind: str, occasion: Occasion, effect: InForce) -> Terms:
    """The terms of an occasion. It opens when the first of its measures was confirmed here, at the earliest."""
    measures = frozenset(effect.measures if occasion.measures is None else occasion.measures)
    known = [one.since for one in (*effect.reasons, *effect.requests) if one.measure in measures and one.since]
    return Terms(
        kind, occasion.key, shortened(occasion.title), max([occasion.opens_at, *([min(known)] if known else [])]),
        occasion.due_at, occasion.closes_at, effect.binding if occasion.binding is None else occasion.binding, measures,
    )  # fmt: skip


def _both(one: Claim, other: Claim) -> Claim:
    """Asked twice, done once: the first opening, the first due time that binds, credited to all (measures.md 1)."""
    mine, theirs = one.terms, other.terms
    terms = replace(
        mine,
        opens_at=min(mine.opens_at, theirs.opens_at),
        due_at=_first(mine.due_at, theirs.due_at),
        closes_at=mine.closes_at and theirs.closes_at and max(mine.closes_at, theirs.closes_at),
        binding=mine.binding or theirs.binding,
        measures=mine.measures | theirs.measures,
    )
    return replace(one, terms=terms, effects=(*one.effects, *other.effects))


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else one or other
