"""One unit on one day: who is where, what is still open; and one person's two weeks (D3)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from taicho.directives.models import Measure
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.organisation.models import Person, Unit
from taicho.roster.enums import Mode
from taicho.roster.models import Registration
from taicho.roster.queries.people import people_of, registrations_of
from taicho.roster.rules.names import ALWAYS_ON

LETTERS = {Mode.ON_SITE: "C", Mode.REMOTE: "N", Mode.ABSENT: "V"}
WEEKS = timedelta(weeks=2)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitDay:
    """A unit on a day."""

    unit: Unit
    day: date


@dataclass(frozen=True, slots=True)
class PersonDay:
    """A person on a day; `row` None when nothing is registered."""

    person: Person
    day: date
    row: Registration | None = None

    @property
    def letter(self) -> str:
        """C, N or V; empty when nothing is registered."""
        return LETTERS[Mode(self.row.mode)] if self.row else ""

    @property
    def value(self) -> str:
        """What is registered as a form writes it: "on_site", "absent:leave"; empty for nothing."""
        return self.row.place if self.row else ""

    @property
    def is_weekend(self) -> bool:
        """Whether the day is a Saturday or Sunday."""
        return self.day.weekday() >= WEEKEND


WEEKEND = 5  # not a rule: Monday is 0


def find_unit_day(actor: Actor, day: date | None = None, key: UUID | None = None) -> UnitDay:
    """A unit the actor sees (the own one without a key) on a day (today without one)."""
    unit = Unit.objects.visible_to(actor).in_force(clock.today()).get(key=key or actor.unit)
    return UnitDay(unit, day or clock.today())


def find_always_on(actor: Actor, key: UUID) -> Measure:
    """A measure of the actor's agencies that names posts to be held always."""
    found = Measure.objects.visible_to(actor).select_related("agency", "clause__document", "decision")
    return found.get(key=key, kind=ALWAYS_ON)


def crew(where: UnitDay) -> list[PersonDay]:
    """Everyone of the unit on the day, by tên."""
    people = people_of(where.unit, where.day)
    known = registrations_of(people, where.day)
    return [PersonDay(person, where.day, known.get(person.pk)) for person in people]


def counts(rows: list[PersonDay]) -> Counter[str]:
    """How many are where; the empty key counts those of whom nothing is registered."""
    return Counter(row.row.mode if row.row else "" for row in rows)


def two_weeks(person: Person, today: date) -> Iterator[PersonDay]:
    """The person's days from Monday of this week, fourteen of them."""
    first = today - today.weekday() * DAY
    known = {row.day: row for row in Registration.objects.filter(person=person, day__gte=first, day__lt=first + WEEKS)}
    for number in range(WEEKS.days):
        day = first + number * DAY
        yield PersonDay(person, day, known.get(day))
