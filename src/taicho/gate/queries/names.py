"""Find a colleague by name for somebody who has neither telephone nor card with them (E1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from taicho.kernel.vietnamese import search_terms
from taicho.organisation.models import Person, StaffMembership, Unit

MOST_ANSWERS = 8  # not a rule: as many as a guard takes in at a glance; more names ask for more letters


@dataclass(frozen=True, slots=True)
class Colleague:
    """What the guard sees of somebody: name and department, nothing else."""

    key: UUID
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Found:
    """The first answers by tên; `more` when there are others."""

    people: tuple[Colleague, ...] = ()
    more: bool = False


def colleagues_named(words: str, agency: Unit, at: datetime) -> Found:
    """Staff of `agency` at `at` whose name holds every word typed, without regard to marks. Two queries."""
    terms = search_terms(words)
    if not terms:
        return Found()
    units = Unit.objects.filter(agency_path=agency.path)
    rows = Person.objects.staff().serving_in(units, at).matching(terms).order_by("name_key", "pk")
    people = list(rows[: MOST_ANSWERS + 1])
    places = StaffMembership.objects.in_force(at).filter(person__in=people, unit__agency_path=agency.path)
    named = dict(places.order_by("main", "-pk").values_list("person", "unit__name"))
    shown = tuple(Colleague(one.key, one.full_name, named[one.pk]) for one in people[:MOST_ANSWERS])
    return Found(shown, len(people) > MOST_ANSWERS)


def colleague(key: UUID, agency: Unit, at: datetime) -> Person:
    """One of those whom `colleagues_named` may name; nobody else (DoesNotExist)."""
    return Person.objects.staff().serving_in(Unit.objects.filter(agency_path=agency.path), at).get(key=key)
