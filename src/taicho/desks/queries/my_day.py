"""What the first page knows of the person: what must be done before when, place, hats, what runs out, what is missing."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from taicho.duties.queries.work import WorkItem, my_work
from taicho.gate.queries.card import PassCard, pass_card
from taicho.health.queries.today import FirstQuestion, first_question
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.messaging.enums import Level
from taicho.messaging.kinds import KINDS
from taicho.messaging.models import Receipt
from taicho.messaging.queries.inbox import unread
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Delegation, Person, Post, StaffMembership, Unit
from taicho.roster.queries.days import PersonDay, two_weeks

DAYS_SHOWN = 7  # not a rule: one week stands on the first page
MESSAGES_SHOWN = 5  # not a rule: the newest that press; all of them stand under Việc
ACKNOWLEDGE, DECLARE = "duties.acknowledge", "health.declare"


@dataclass(frozen=True, slots=True)
class MyDay:
    """*Trang của tôi*: no list here is invented, each row opens what it names.

    `ask` is the first question of the declaration that is still owed; `work` has due times and free tasks, `papers` the
    documents that wait to be acknowledged. `waiting` counts everything that stands under Việc của tôi, however it is
    shown here: the same number as on that page and in the menu.
    """

    person: Person | None = None
    waiting: int = 0
    ask: FirstQuestion | None = None
    work: list[WorkItem] = field(default_factory=list)
    papers: list[WorkItem] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    gate_pass: PassCard = field(default_factory=PassCard)
    week: list[PersonDay] = field(default_factory=list)
    unit: Unit | None = None
    headcount: int = 0
    posts: list[Post] = field(default_factory=list)
    delegations: list[Delegation] = field(default_factory=list)
    heads: list[Post] = field(default_factory=list)

    @property
    def lodging_is_missing(self) -> bool:
        """Whether nobody knows where the person stays, so that no health station could be told (B5)."""
        return self.person is not None and not (self.person.lodging or self.person.residence)


def my_day(actor: Actor, at: datetime) -> MyDay:
    """The page of `actor` at `at`. Empty for an account whose person has left."""
    person = Person.objects.filter(key=actor.me).first()
    unit = Unit.objects.filter(key=actor.unit).first()
    if person is None:
        return MyDay()
    ask = first_question(actor, at)
    everything = my_work(actor, at)
    waiting = [item for item in everything if not (ask and item.kind == DECLARE)]
    return MyDay(
        person=person,
        waiting=len(everything),
        ask=ask,
        work=[item for item in waiting if item.kind != ACKNOWLEDGE],
        papers=[item for item in waiting if item.kind == ACKNOWLEDGE],
        receipts=list(pressing(actor)[:MESSAGES_SHOWN]),
        gate_pass=pass_card(person, at),
        week=list(two_weeks(person, clock.today(at)))[:DAYS_SHOWN],
        unit=unit,
        headcount=StaffMembership.objects.in_force(at).filter(unit=unit).count() if unit else 0,
        posts=list(Post.objects.in_force(at).filter(person=person).select_related("unit").order_by("starts_at")),
        delegations=_delegations(person, at),
        heads=heads_of(unit, at) if unit else [],
    )


def pressing(actor: Actor) -> QuerySet[Receipt]:
    """Unread messages that cannot wait: calls and running times. New work stands in its own rows."""
    levels = (Level.URGENT, Level.DEADLINE)
    return unread(actor).filter(message__kind__in=[key for key, kind in KINDS.items() if kind.level in levels])


def heads_of(unit: Unit, at: datetime) -> list[Post]:
    """Who leads the unit and who stands in for the head, the accountable head first."""
    leading = (PostRole.LEADER, PostRole.UNIT_HEAD, PostRole.DEPUTY_HEAD, PostRole.CHIEF_OF_OFFICE)
    posts = Post.objects.in_force(at).filter(unit=unit, role__in=leading).select_related("person")
    return list(posts.order_by("-accountable_head", "starts_at", "pk"))


def _delegations(person: Person, at: datetime) -> list[Delegation]:
    """Delegations the person gave or received that are not over."""
    running = Delegation.objects.not_over(at).filter(Q(person=person) | Q(post__person=person))
    return list(running.select_related("post__person", "post__unit", "person").order_by("ends_at"))
