"""What a person has to declare today, and has declared (F1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import QuerySet

from taicho.directives.queries.in_force import InForce, Reason
from taicho.health.models import Declaration, Temperature
from taicho.health.queries.in_force import asks_temperature, daily_declaration, due_at
from taicho.health.rules.questionnaire import Question, Questionnaire, latest
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.organisation.models import Person


@dataclass(frozen=True, slots=True)
class Today:
    """The declaration of one person on one day: what asks it, what is asked, what was made."""

    person: Person
    asked: Questionnaire
    effect: InForce | None
    made: Declaration | None
    times: int
    measured: bool
    due_at: datetime | None

    @property
    def is_owed(self) -> bool:
        """Whether a measure asks one more declaration today."""
        return self.effect is not None and (self.made is None or self.made.turn < self.times)

    @property
    def wants_temperature(self) -> bool:
        """Whether a temperature is typed: the measure asks it and nobody has taken one today."""
        return asks_temperature(self.effect) and not self.measured

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The "vì" lines: who orders it, else who asks for it."""
        return (self.effect.reasons or self.effect.requests) if self.effect else ()


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """What the home page shows of a declaration that is owed: its first question, ready to be answered."""

    client_id: UUID
    question: Question
    count: int
    reasons: tuple[Reason, ...]
    due_at: datetime | None


def today_of(person: Person, at: datetime) -> Today:
    """How the declaration of the local day of `at` stands for a person."""
    unit, day = person.home_unit, clock.today(at)
    effect = daily_declaration(unit, at) if unit else None
    return Today(
        person=person,
        asked=latest(),
        effect=effect,
        made=standing_ones(person).filter(day=day).first(),
        times=int(effect.params.get("times_per_day", 1)) if effect else 1,
        measured=Temperature.objects.filter(person=person, day=day).exists(),
        due_at=due_at(unit, at) if unit and effect else None,
    )


def standing_ones(person: Person) -> QuerySet[Declaration]:
    """The person's own declarations that no later one has corrected, the newest first."""
    return Declaration.objects.filter(person=person, corrected_by__isnull=True, shown="").order_by("-made_at", "-pk")


def first_question(actor: Actor, at: datetime) -> FirstQuestion | None:
    """The first question of the actor's declaration that is still owed today; None when none is."""
    person = Person.objects.staff().filter(key=actor.me).first()
    today = today_of(person, at) if person else None
    if today is None or not today.is_owed:
        return None
    questions = today.asked.questions
    return FirstQuestion(uuid4(), questions[0], len(questions), today.reasons, today.due_at)
