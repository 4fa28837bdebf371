"""Somebody came in, somebody went out (E3, D11). Told twice, late or in any order, it comes to the same stays."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor, system
from taicho.kernel.saving import judged, keep
from taicho.organisation.models import Person, Site
from taicho.organisation.models.place import holder_on
from taicho.presence.enums import Direction
from taicho.presence.models import Passage, Stay
from taicho.presence.rules.stays import Passed, Stayed, stays_of

RECORDER = system("presence")


@transaction.atomic
def arrive(
    person: Person, site: Site, *, at: datetime, evidence: str, evidence_key: UUID, by: Actor = RECORDER
) -> Stay:  # fmt: skip
    """Note that `person` came in at `site` at `at`; return the stay this belongs to.

    `evidence` names the kind of record that shows it (`gate.entry`), `evidence_key` the record; the same again changes
    nothing. Coming in while inside: see `rules.stays`.
    """
    passage = _note(person, Direction.IN, at=at, evidence=evidence, key=evidence_key, site=site, by=by)
    return Stay.objects.filter(person=person, from_at__lte=passage.at, site=passage.site_id).latest("from_at", "pk")


@transaction.atomic
def leave(
    person: Person, *, at: datetime, evidence_key: UUID, evidence: str = "gate.entry", by: Actor = RECORDER
) -> Stay | None:  # fmt: skip
    """Note that `person` went out at `at`; return the stay this ends, or None when no coming in is known (yet)."""
    passage = _note(person, Direction.OUT, at=at, evidence=evidence, key=evidence_key, site=None, by=by)
    return Stay.objects.filter(departure=passage).first()


def _note(
    person: Person, direction: Direction, *, at: datetime, evidence: str, key: UUID, site: Site | None, by: Actor
) -> Passage:  # fmt: skip
    """Keep the passage once, and the stays true to it; steps about one person come one after the other."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    known = Passage.objects.filter(direction=direction, evidence_key=key).first()
    if known is not None:
        return known
    passage = keep(Passage(person=person, direction=direction, site=site, at=at, evidence=evidence, evidence_key=key))
    _tell_again(person, at)
    audit.record(f"presence.pass_{direction.value}", by=by, of=passage, facts={"at": at.isoformat()})
    return passage


def _tell_again(person: Person, at: datetime) -> None:
    """Make the stays anew from the last time before `at` that the person was seen going out; mostly one row changes."""
    passages = Passage.objects.filter(person=person)
    outside = passages.filter(direction=Direction.OUT, at__lt=at).order_by("-at").values_list("at", flat=True).first()
    since = passages.filter(at__gt=outside) if outside else passages
    told = {
        stay.arrival: stay
        for stay in stays_of(
            Passed(pk, Direction(direction), moment, site)
            for pk, direction, moment, site in since.values_list("pk", "direction", "at", "site")
        )
    }
    kept = {stay.arrival_id: stay for stay in Stay.objects.filter(person=person, arrival__in=since)}
    with judged(Stay):
        Stay.objects.filter(pk__in=[stay.pk for arrival, stay in kept.items() if arrival not in told]).delete()
        for arrival, stay in sorted(kept.items()):
            if arrival in told:
                _end(stay, told[arrival])
        for arrival, new in told.items():
            if arrival not in kept:
                keep(_stay(person, new))


def _end(stay: Stay, told: Stayed) -> None:
    """Let the stay end as the passages tell it."""
    if (stay.until_at, stay.departure_id) != (told.until_at, told.departure):
        stay.until_at, stay.departure_id = told.until_at, told.departure
        stay.save(update_fields=["until_at", "departure"])


def _stay(person: Person, told: Stayed) -> Stay:
    """A stay not known before, with the agency that held the site on that day."""
    day = clock.today(told.from_at)
    holder = holder_on(told.site, day)
    agency = holder.agency if holder else None
    return Stay(
        person=person, site_id=told.site, agency=agency, from_at=told.from_at, until_at=told.until_at,
        arrival_id=told.arrival, departure_id=told.departure,
    )  # fmt: skip
