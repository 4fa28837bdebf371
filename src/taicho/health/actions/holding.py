"""What the actions of health share: one writer per person at a time, and the agency in whose name a row stands."""

from datetime import datetime

from django.utils.translation import gettext as _

from taicho.health.actions.telling import tell_of
from taicho.health.models import Declaration, HealthAlert, Temperature
from taicho.health.news import HealthAlertOpened
from taicho.kernel import audit, news
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep
from taicho.organisation.models import Person, Unit


def hold(person: Person) -> Person:
    """The person, held until the transaction ends, so that two sendings at once come one after the other."""
    return Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)


def unit_of(person: Person) -> Unit:
    """The unit whose measures hold for the person. Refused: without-unit."""
    unit = person.home_unit
    if unit is None:
        raise Refusal(_("Người này chưa thuộc đơn vị nào."), code="without-unit")
    return unit


def agency_of(person: Person) -> Unit:
    """The agency in whose name health rows about the person stand. Refused: without-unit."""
    return unit_of(person).agency


def is_own(person: Person, by: Actor) -> bool:
    """Whether the one who acts is the person concerned."""
    return by.person is not None and str(by.person) == str(person.key)


def open_alert(
    person: Person, agency: Unit, *, by: Actor, at: datetime, declaration: Declaration | None = None,
    temperature: Temperature | None = None,
) -> HealthAlert:  # fmt: skip
    """Open an alert on one ground and tell the house."""
    alert = keep(
        HealthAlert(person=person, agency=agency, declaration=declaration, temperature=temperature, opened_at=at)
    )
    audit.record("health.open_alert", by=by, of=alert, unit=agency.key)
    news.announce(HealthAlertOpened(str(alert.key)))
    tell_of(alert, by=by, at=at)
    return alert
