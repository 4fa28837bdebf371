"""Whom to call when somebody is unwell: the health station where the person stays, else the one of the agency (B6)."""

from datetime import date

from taicho.health.models import HealthAlert
from taicho.messaging.models import Message
from taicho.organisation.enums import AuthorityKind
from taicho.organisation.models import OutsideAuthority, Person, Unit
from taicho.organisation.queries.health_stations import health_station_for

CALLED = (AuthorityKind.HEALTH_STATION, AuthorityKind.CDC, AuthorityKind.HEALTH_DEPARTMENT)


def whom_to_call(person: Person, day: date) -> list[OutsideAuthority]:
    """The numbers to call, the first one first; empty when the directory knows none."""
    unit = person.home_unit
    own = health_station_for(person.staying_in, day) if person.staying_in else None
    kept = authorities_of(unit, day) if unit else []
    return ([own] if own else []) + [one for one in kept if one != own]


def authorities_of(unit: Unit, day: date) -> list[OutsideAuthority]:
    """The health bodies in the directory of the agency of `unit`: its station first, then CDC, then Sở Y tế."""
    served = health_station_for(unit.division, day) if unit.division else None
    kept = OutsideAuthority.objects.in_force(day).filter(kind__in=CALLED, kept_by__agency_path=unit.agency_path)
    ordered = sorted(kept, key=lambda one: (CALLED.index(AuthorityKind(one.kind)), one.name_folded))
    return ([served] if served else []) + [one for one in ordered if one != served]


def told_by(person: Person) -> HealthAlert | None:
    """The open alert of a person about which a message has reached an inbox; None when nobody was told."""
    opened = HealthAlert.objects.open().filter(person=person, declaration__isnull=False).first()
    return opened if opened is not None and was_told(opened) else None


def was_told(alert: HealthAlert) -> bool:
    """Whether the message about the alert really reached an inbox of the health post."""
    return Message.objects.filter(kind="health.alert", about=alert.key, receipts__isnull=False).exists()
