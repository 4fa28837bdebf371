"""Who is inside, who is expected, and the visitor book (E4, K7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from taicho.gate.enums import Direction
from taicho.gate.models import Entry, GatePass, Visit
from taicho.gate.models.scope import WATCHES_GATES
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.phone import display_phone
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import SealedIdentity, Site, StaffMembership, Unit
from taicho.organisation.models.unit import agencies_of
from taicho.presence.models import Stay
from taicho.presence.queries.inside import inside


@dataclass(frozen=True, slots=True)
class Visitor:
    """A line of the visitor book: the five fields, whom they came to, when they came in and went out."""

    at: datetime
    name: str
    birth_year: str
    residence: str
    employer: str
    phone: str
    host: str
    purpose: str
    came: datetime | None = None
    went: datetime | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in the house; `gate_pass` leads to the screen where the guard writes the exit without a scan."""

    name: str
    unit: str
    since: datetime
    visitor: bool
    gate_pass: UUID | None = None


def figures(site: Site, at: datetime) -> dict[str, int]:
    """How many are in the house, and how many of them are visitors."""
    counted = inside(site, at).order_by().aggregate(
        present=Count("pk"), guests=Count("pk", filter=Q(person__kind=PersonKind.VISITOR))
    )  # fmt: skip
    return {"present": counted["present"], "guests": counted["guests"]}


def expected(agency: Unit, at: datetime) -> list[Visitor]:
    """Visitors of today who have registered and not come in yet."""
    came = Entry.objects.filter(visit=OuterRef("pk"), admitted=True)
    rows = Visit.objects.filter(agency=agency, ends_at__gt=at, registered_at__lte=at).exclude(Exists(came))
    return list(_visitors(rows.order_by("registered_at")))


def visitor_book(actor: Actor, day: date) -> list[Visitor]:
    """The visitors of a local day at the gates the actor may see, in the order in which they registered."""
    return list(
        _visitors(Visit.objects.visible_to(actor).filter(registered_at__range=_hours(day)).order_by("registered_at"))
    )


def entries_of(actor: Actor, day: date) -> QuerySet[Entry]:
    """What happened at the gates the actor may see on a local day, latest first."""
    rows = Entry.objects.visible_to(actor).filter(at__range=_hours(day))
    return rows.select_related("person", "gate").order_by("-at", "-pk")


def present_at(actor: Actor, site: Site, at: datetime) -> list[Present]:
    """Who is in the house now, by arrival."""
    seen = Stay.objects.visible_to(actor).order_by().values("pk")
    stays = list(inside(site, at).filter(pk__in=seen))
    names = names_of(stay.person for stay in stays)
    units = _units_of([stay.person_id for stay in stays], at)
    passes = GatePass.objects.filter(person__in=names, revoked_at=None, agency__in={stay.agency_id for stay in stays})
    shown = dict(passes.order_by("pk").values_list("person", "key"))
    return [
        Present(
            names[s.person_id], units.get(s.person_id, _("Khách")), s.from_at, s.person.kind == PersonKind.VISITOR,
            shown.get(s.person_id),
        )
        for s in stays
    ]  # fmt: skip


def names_of(people: Any) -> dict[int, str]:
    """Names by primary key; of visitors out of their sealed identities. One query for all of them."""
    known = {person.pk: person for person in people}
    sealed = SealedIdentity.objects.filter(person__in=[pk for pk, one in known.items() if not one.full_name])
    hidden = {one.person_id: one.full_name for one in sealed}
    return {pk: person.full_name or hidden.get(pk, "") for pk, person in known.items()}


def agencies_read(actor: Actor) -> list[Unit]:
    """The agencies whose book the actor reads: in whose name the reading stands in the trail."""
    return list(Unit.objects.filter(path__in=agencies_of(actor, WATCHES_GATES)).order_by("path"))


def _visitors(rows: QuerySet[Visit]) -> Iterator[Visitor]:
    visits = list(rows.select_related("person__sealed_identity"))
    passed = _passings(visits)
    for visit in visits:
        who = visit.person.sealed_identity
        came, went = passed.get(visit.pk, (None, None))
        yield Visitor(
            visit.registered_at, who.full_name, who.birth_year or "", who.residence or "", who.employer or "",
            display_phone(who.phone or ""), visit.host, visit.get_purpose_display(), came, went,
        )  # fmt: skip


def _passings(visits: list[Visit]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """First coming in and last going out of each visit."""
    found: dict[int, tuple[datetime | None, datetime | None]] = {}
    rows = Entry.objects.filter(visit__in=visits, admitted=True).order_by("at", "pk")
    for visit, direction, at in rows.values_list("visit", "direction", "at"):
        came, went = found.get(visit, (None, None))
        found[visit] = (came or at, went) if direction == Direction.IN else (came, at)
    return found


def _units_of(people: list[int], at: datetime) -> dict[int, str]:
    rows = StaffMembership.objects.in_force(at).filter(person__in=people, main=True)
    return dict(rows.values_list("person", "unit__name"))


def _hours(day: date) -> tuple[datetime, datetime]:
    """The first and the last instant of a local day."""
    start = datetime.combine(day, time(), tzinfo=clock.HANOI)
    return start, start + timedelta(days=1) - timedelta(microseconds=1)
