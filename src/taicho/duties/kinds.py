"""Kinds of duties: one small class each, registered by the area that owns the matter (house § 2, § 4).

@register
class Declare(DutyKind):
    name = "health.declare"
    label = _("Khai báo y tế hằng ngày")
    measure_kinds = ("health.daily_declaration",)
    undone = _("chưa khai báo")

    def occasions(self, effect, unit, day):
        yield Occasion(day.isoformat(), opens_at=start_of(day), due_at=end_of(day), title=_("Khai báo hôm nay"))

A kind computes from what it is given (the effect, the unit, the day) and from who holds which post: the sweep that opens
duties runs again only when measures, staff, posts or the day have changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taicho.directives.queries.in_force import InForce
from taicho.duties.models import Duty
from taicho.kernel.clock import HANOI
from taicho.organisation.models import Person, StaffMembership, Unit


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time something is owed. `key`: an ISO day, or the key of what it is about.

    `due_at` None: no document gives a time, it is never late. After `closes_at` it cannot be done any more (None: it
    can, late). `measures` and `binding` narrow down what of the effect asks it; None: all of it.
    """

    key: str
    opens_at: datetime
    due_at: datetime | None
    title: str
    closes_at: datetime | None = None
    measures: tuple[UUID, ...] | None = None
    binding: bool | None = None


class DutyKind:
    """What measures ask of people. `measure_kinds`: the kinds of measures that open it; empty for every kind.

    `undone` says of people who have not done it: "3 người chưa khai báo". `announced`: its owners get a message when
    it opens.
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    measure_kinds: ClassVar[tuple[str, ...]] = ()
    undone: ClassVar[Any] = _("chưa hoàn thành")
    announced: ClassVar[bool] = False

    @property
    def everyone(self) -> bool:
        """Whether the whole staff of a unit owes it, so that all units are asked at once."""
        return type(self).owners is DutyKind.owners

    def occasions(self, effect: InForce, unit: Unit, day: date) -> Iterable[Occasion]:
        """What the effect asks of the unit on a local day. A duty never opens before its measure was confirmed."""
        raise NotImplementedError

    def owners(self, effect: InForce, unit: Unit, at: datetime) -> QuerySet[Person]:
        """Who owes it at `at`: the staff of the unit."""
        serving = StaffMembership.objects.in_force(at).filter(unit=unit)
        return Person.objects.filter(pk__in=serving.values("person"))

    def link(self, duty: Duty) -> str:
        """The page where the owner does it."""
        return reverse("duties:work", args=[duty.key])

    def verb(self, duty: Duty) -> str:
        """The button that opens that page."""
        return str(_("Mở việc"))

    def opened_by(self, measure_kind: str) -> bool:
        """Whether measures of that kind open it."""
        return not self.measure_kinds or measure_kind in self.measure_kinds


KINDS: dict[str, DutyKind] = {}


def register(kind: type[DutyKind]) -> type[DutyKind]:
    """Make a kind known; a second kind of the same name is a programming error."""
    if kind.name in KINDS:
        raise ValueError(f"the duty kind {kind.name} is registered already")
    KINDS[kind.name] = kind()
    return kind


def kind_named(name: str) -> DutyKind:
    """The kind of that name; KeyError for one that no area registers."""
    return KINDS[name]


def start_of(day: date, hour: time = time()) -> datetime:
    """The instant at which the office's clock shows `hour` on `day`; midnight when not given."""
    return datetime.combine(day, hour, tzinfo=HANOI)


def end_of(day: date) -> datetime:
    """24h00 of a local day."""
    return start_of(day + timedelta(days=1))
