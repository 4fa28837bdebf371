"""Take a temperature, and hold it against the threshold that the office decided (E2, E6)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from taicho.health.actions.holding import agency_of, hold, open_alert, unit_of
from taicho.health.models import Declaration, HealthAlert, Temperature
from taicho.health.queries.in_force import fever_threshold
from taicho.health.rules.questionnaire import latest
from taicho.health.rules.temperature import is_high, plausible
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Conflict
from taicho.kernel.saving import keep
from taicho.organisation.models import Gate, Person


@transaction.atomic
def record_temperature(
    person: Person, *, celsius: Decimal, by: Actor, at: datetime, client_id: UUID, gate: Gate | None = None,
    declaration: Declaration | None = None,
) -> Temperature:  # fmt: skip
    """Record a reading in degrees Celsius; at or above the threshold in force it opens a health alert.

    Without a threshold nothing is judged and `judged_by` stays empty. The same reading sent twice is one. Refused:
    bad-temperature, health_temperature_sent_once (the same id with another figure).
    """
    value = plausible(celsius, latest())
    person = hold(person)
    if (sent := Temperature.objects.filter(client_id=client_id).first()) is not None:
        return _same(sent, person, value)
    agency, effect = agency_of(person), fever_threshold(unit_of(person), at)
    reading = keep(
        Temperature(
            client_id=client_id, person=person, agency=agency, day=clock.today(at), sealed_celsius=str(value),
            taken_at=at, taken_by=by.person, gate=gate, declaration=declaration,
            judged_by=effect.measures[0] if effect else None,
        )
    )  # fmt: skip
    audit.record("health.record_temperature", by=by, of=reading, unit=agency.key)
    if effect is not None and is_high(value, effect.params["at_least_c"]) and not _hot_already(person):
        open_alert(person, agency, by=by, at=at, temperature=reading)
    return reading


def _hot_already(person: Person) -> bool:
    """Whether an alert by temperature is open; a second reading then adds a figure, not a second alert."""
    return HealthAlert.objects.open().filter(person=person, temperature__isnull=False).exists()


def _same(sent: Temperature, person: Person, value: Decimal) -> Temperature:
    if sent.person_id != person.pk or sent.celsius != value:
        sentence = next(c for c in Temperature._meta.constraints if c.name == "health_temperature_sent_once")
        raise Conflict(str(sentence.get_violation_error_message()), code=sentence.name)
    return sent
