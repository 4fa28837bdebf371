"""Whom a cap is about, and who must be on post (D3, D4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from taicho.kernel.vietnamese import fold
from taicho.organisation.models import Person, StaffMembership, Unit
from taicho.organisation.models.unit import in_ranges
from taicho.organisation.rules.days import after
from taicho.organisation.rules.reach import path_of_depth
from taicho.roster.models import PostNaming, Registration
from taicho.roster.rules.posts import in_words, key_of


def people_of(unit: Unit, day: date, *, whole_agency: bool = False) -> list[Person]:
    """Staff whose main unit at the end of `day` is `unit`, by tên, with `home_unit`.

    A department has the people of its teams too; of an agency it is who sits in no department, unless `whole_agency`.
    """
    serving = StaffMembership.objects.in_force(end_of(day)).filter(main=True, unit__agency_path=unit.agency_path)
    if not whole_agency:
        here = Q(unit=unit) if unit.is_agency else in_ranges("unit__path", (unit.reach,))
        serving = serving.filter(here)
    people = []
    for membership in serving.select_related("person", "unit").order_by("person__name_key", "pk"):
        membership.person.home_unit = membership.unit
        people.append(membership.person)
    return people


def end_of(day: date) -> datetime:
    """The last instant of a local day: whoever came that day is counted, whoever left that day is not."""
    return after(day) - timedelta.resolution


@dataclass
class OnPost:
    """Who must be there, by measure; the posts for which nobody has been named; the measures for which people name them."""

    people: dict[UUID, list[Person]] = field(default_factory=dict)
    unnamed: dict[UUID, list[str]] = field(default_factory=dict)
    by_name: list[UUID] = field(default_factory=list)


def on_post(measures: Mapping[UUID, Sequence[Mapping[str, str]]], people: Iterable[Person]) -> OnPost:
    """Who of `people` holds the posts of each measure (by its key). Nobody is guessed.

    A person is found by key or by the whole name where only one bears it, a unit by key or by its whole name; a role or
    a service is held by whom the office has named. A post held by nobody among `people` is unnamed only where the office
    has named nobody at all: a unit elsewhere has its people elsewhere. The people of a team belong to its department too.
    """
    crew, found = list(people), OnPost()
    called = _called(crew)
    named: dict[tuple[UUID, str], set[int]] = {}
    namings = PostNaming.objects.filter(measure__key__in=measures)
    for key, line, person in namings.values_list("measure__key", "post", "person"):
        named.setdefault((key, line), set()).add(person)
    for measure, listed in measures.items():
        held: dict[int, Person] = {}
        for post in listed:
            chosen = named.get((measure, key_of(post)), set())
            held.update((one.pk, one) for one in crew if one.pk in chosen or _is_meant(post, one, crew, called))
            if not chosen and ("role" in post or "service" in post or _is_unknown(post)):
                found.unnamed.setdefault(measure, []).append(in_words(post))
        found.people[measure] = [one for one in crew if one.pk in held]
        if measure in found.unnamed or any(
            key_of(post) in {line for key, line in named if key == measure} for post in listed
        ):
            found.by_name.append(measure)
    return found


def registrations_of(people: Iterable[Person], day: date) -> dict[int, Registration]:
    """What is registered for `day`, by person."""
    rows = Registration.objects.filter(day=day, person__in=[person.pk for person in people])
    return {row.person_id: row for row in rows}


def _called(crew: Iterable[Person]) -> dict[int, set[str]]:
    """What the unit of each of `crew` answers to, by its primary key: keys and names, its own and of departments above it."""
    units = {one.home_unit.pk: one.home_unit for one in crew if one.home_unit is not None}
    lines = {
        unit.pk: [path_of_depth(unit.path, depth) for depth in range(unit.agency_depth + 1, unit.depth)]
        for unit in units.values()
    }
    paths = {path for line in lines.values() for path in line}
    above = {unit.path: unit for unit in Unit.objects.filter(path__in=paths)} if paths else {}
    return {
        unit.pk: {
            word for one in (unit, *map(above.__getitem__, lines[unit.pk])) for word in (str(one.key), one.name_folded)
        }
        for unit in units.values()
    }


def _is_meant(
    post: Mapping[str, str], person: Person, crew: list[Person], called: Mapping[int, set[str]]
) -> bool:  # fmt: skip
    """Whether a post that names a person or a unit outright means this person."""
    if "person" in post:
        name = fold(post["person"])
        return post["person"] == str(person.key) or (
            name == person.name_folded and sum(one.name_folded == name for one in crew) == 1
        )
    unit = person.home_unit
    return "unit" in post and unit is not None and not called[unit.pk].isdisjoint((post["unit"], fold(post["unit"])))


def _is_unknown(post: Mapping[str, str]) -> bool:
    """Whether no person and no unit of this installation bears the name or key."""
    if "person" in post:
        return not Person.objects.staff().filter(_named("name_folded", post["person"])).exists()
    return not Unit.objects.filter(_named("name_folded", post["unit"])).exists()


def _named(column: str, name: str) -> Q:
    try:
        return Q(key=UUID(name))
    except ValueError:
        return Q(**{column: fold(name)})
