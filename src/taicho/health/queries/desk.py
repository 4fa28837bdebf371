"""The desk of the health post, and what heads of units may know: who declared, who needs care; no answer (F1, L3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from taicho.health.models import Declaration, HealthAlert, Restriction
from taicho.health.models.scope import HEALTH_POSTS, cared_for
from taicho.health.queries.standing import Standing, standing
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.organisation.enums import HEAD_ROLES
from taicho.organisation.models import Person, StaffMembership, Unit
from taicho.organisation.models.unit import agencies_of, in_ranges


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many of a unit have declared today."""

    unit: Unit
    staff: int
    declared: int

    @property
    def missing(self) -> int:
        """How many have not."""
        return self.staff - self.declared


@dataclass(frozen=True, slots=True)
class Followed:
    """One member of staff as the head of the unit may see it."""

    person: Person
    unit: Unit
    standing: Standing

    @property
    def needs_care(self) -> bool:
        """ "Cần theo dõi": restricted, or an alert nobody has closed; never why."""
        return self.standing.restricted or self.standing.alert


def cared_for_units(actor: Actor) -> QuerySet[Unit]:
    """Units of the agencies whose health post the actor holds."""
    return Unit.objects.filter(agency_path__in=agencies_of(actor, HEALTH_POSTS))


def headed_units(actor: Actor) -> QuerySet[Unit]:
    """Units the actor heads, with those below them inside the same agency; the health post's agencies too."""
    below = in_ranges("path", actor.reach(HEAD_ROLES)) & Q(agency_path__in=agencies_of(actor, HEAD_ROLES))
    return Unit.objects.filter(below | Q(agency_path__in=agencies_of(actor, HEALTH_POSTS)))


def staff_of(units: QuerySet[Unit], at: datetime) -> QuerySet[StaffMembership]:
    """Main memberships in the units, by unit and tên."""
    rows = StaffMembership.objects.in_force(at).filter(main=True, unit__in=units.order_by().values("pk"))
    return rows.select_related("person", "unit").order_by("unit__path", "person__name_key", "pk")


def missing_first(units: QuerySet[Unit], at: datetime) -> QuerySet[StaffMembership]:
    """The staff of the units, those who have not declared today before the others."""
    declared = Declaration.objects.filter(person=OuterRef("person"), day=clock.today(at))
    rows = staff_of(units, at).annotate(has_declared=Exists(declared))
    return rows.order_by("has_declared", "unit__path", "person__name_key", "pk")


def flagged(units: QuerySet[Unit], at: datetime) -> list[Followed]:
    """Who of the units needs care now: an open alert or a restriction in force. Never why."""
    alerts = HealthAlert.objects.open().filter(person=OuterRef("person"), opened_at__lte=at)
    restricted = Restriction.objects.in_force(at).filter(person=OuterRef("person"))
    return followed(staff_of(units, at).filter(Exists(alerts) | Exists(restricted)), at)


def counts_by_unit(units: QuerySet[Unit], at: datetime) -> list[UnitCount]:
    """Declared and missing today, unit by unit, the ones with most missing first. Two questions."""
    declared = Declaration.objects.filter(person=OuterRef("person"), day=clock.today(at))
    staff: dict[int, list[StaffMembership]] = {}
    for row in staff_of(units, at).annotate(has_declared=Exists(declared)):
        staff.setdefault(row.unit_id, []).append(row)
    counts = [
        UnitCount(rows[0].unit, len(rows), sum(row.has_declared for row in rows))  # type: ignore[attr-defined]
        for rows in staff.values()
    ]
    return sorted(counts, key=lambda one: (-one.missing, one.unit.path))


def followed(rows: Iterable[StaffMembership], at: datetime) -> list[Followed]:
    """The members of staff with how each stands."""
    memberships = list(rows)
    found = standing([row.person_id for row in memberships], at)
    return [Followed(row.person, row.unit, found[row.person_id]) for row in memberships]


def open_alerts(actor: Actor) -> QuerySet[HealthAlert]:
    """Alerts nobody has closed, the newest first."""
    rows = HealthAlert.objects.visible_to(actor).open()
    return rows.select_related("person", "agency", "temperature", "declaration").prefetch_related("steps")


def restricted_now(actor: Actor, at: datetime) -> QuerySet[Restriction]:
    """Restrictions in force of people in the actor's care."""
    rows = Restriction.objects.in_force(at).filter(cared_for(actor))
    return rows.select_related("person", "agency").order_by("person__name_key", "pk")
