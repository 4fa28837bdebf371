"""Whom a cap is about, and who must be on post (D3, D4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from taicho.kernel.vietnamese import fold
from taicho.organisation.models import Person, StaffMembership, Unit
from taicho.organisation.rules.days import after
from taicho.roster.models import PostNaming, Registration
from taicho.roster.rules.posts import in_words, key_of


def people_of(unit: Unit, day: date, *, whole_agency: bool = False) -> list[Person]:
    """Staff whose main unit at the end of `day` is `unit` itself (or any unit of its agency), by tên, with `home_unit`."""
    serving = StaffMembership.objects.in_force(end_of(day)).filter(main=True).select_related("person", "unit")
    here = serving.filter(unit__agency_path=unit.agency_path) if whole_agency else serving.filter(unit=unit)
    people = []
    for membership in here.order_by("person__name_key", "pk"):
        membership.person.home_unit = membership.unit
        people.append(membership.person)
    return people


def end_of(day: date) -> datetime:
    """The last instant of a local day: whoever came that day is counted, whoever left that day is not."""
    return after(day) - timedelta.resolution


@dataclass
class OnPost:
    """Who must be there, by measure, and the posts for which nobody has been named."""

    people: dict[UUID, list[Person]] = field(default_factory=dict)
    unnamed: dict[UUID, list[str]] = field(default_factory=dict)


def on_post(measures: Mapping[UUID, Sequence[Mapping[str, str]]], people: Iterable[Person]) -> OnPost:
    """Who of `people` holds the posts of each measure (by its key). Nobody is guessed.

    A person is found by key or by the whole name where only one bears it, a unit by key or by its whole name; a role or
    a service is held by whom the office has named. A post held by nobody among `people` is unnamed only where the office
    has named nobody at all: a unit elsewhere has its people elsewhere.
    """
    crew, found = list(people), OnPost()
    named: dict[tuple[UUID, str], set[int]] = {}
    namings = PostNaming.objects.filter(measure__key__in=measures)
    for key, line, person in namings.values_list("measure__key", "post", "person"):
        named.setdefault((key, line), set()).add(person)
    for measure, listed in measures.items():
        held: dict[int, Person] = {}
        for post in listed:
            chosen = named.get((measure, key_of(post)), set())
            held.update((one.pk, one) for one in crew if one.pk in chosen or _is_meant(post, one, crew))
            if not chosen and ("role" in post or "service" in post or _is_unknown(post)):
                found.unnamed.setdefault(measure, []).append(in_words(post))
        found.people[measure] = [one for one in crew if one.pk in held]
    return found


def registrations_of(people: Iterable[Person], day: date) -> dict[int, Registration]:
    """What is registered for `day`, by person."""
    rows = Registration.objects.filter(day=day, person__in=[person.pk for person in people])
    return {row.person_id: row for row in rows}


def _is_meant(post: Mapping[str, str], person: Person, crew: list[Person]) -> bool:
    """Whether a post that names a person or a unit outright means this person."""
    if "person" in post:
        name = fold(post["person"])
        return post["person"] == str(person.key) or (
            name == person.name_folded and sum(one.name_folded == name for one in crew) == 1
        )
    unit = person.home_unit
    return (
        "unit" in post
        and unit is not None
        and (post["unit"] == str(unit.key) or fold(post["unit"]) == unit.name_folded)
    )


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
