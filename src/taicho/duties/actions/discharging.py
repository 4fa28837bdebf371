"""A duty is done: written once, whoever presses twice (D7, D9)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from taicho.duties.actions.opening import open_claims
from taicho.duties.models import Discharge, Duty
from taicho.duties.news import DutyDischarged
from taicho.duties.queries.claims import claims_on
from taicho.kernel import audit, clock, news
from taicho.kernel.actor import Actor
from taicho.kernel.saving import check_fields
from taicho.organisation.models import Person, StaffMembership, Unit


@transaction.atomic
def discharge(
    kind: str, owner: Person, occasion: str, *, by: Actor, at: datetime, evidence: UUID, how: str = ""
) -> Discharge | None:
    """Record that `owner` did what `kind` asks on `occasion`; the first record stays, and asked again it is returned.

    Opens the duty itself when a measure in force asks it and the sweep has not come yet. None when nothing asks it.
    `evidence` is the key of the record that shows it. Announces DutyDischarged. Refused: bad-field (how too long).
    """
    duty = _duty(kind, owner, occasion)
    if duty is None:
        _open_early(kind, owner, occasion, at)
        duty = _duty(kind, owner, occasion)
    if duty is None:
        return None
    check_fields(Discharge(duty=duty, at=at, by=by.person, evidence=evidence, how=how))
    done, is_new = Discharge.objects.get_or_create(
        duty=duty, defaults={"at": at, "by": by.person, "evidence": evidence, "how": how}
    )
    if is_new:
        audit.record("duties.discharge", by=by, of=done, unit=duty.unit.key, facts={"kind": kind, "how": how})
        news.announce(DutyDischarged(str(duty.key), kind, str(evidence)))
    return done


def _duty(kind: str, owner: Person, occasion: str) -> Duty | None:
    """The duty, held until the transaction ends, so that of two who press together one writes."""
    held = Duty.objects.select_for_update(of=("self",)).select_related("unit")
    return held.filter(kind=kind, owner=owner, occasion=occasion).first()


def _open_early(kind: str, owner: Person, occasion: str, at: datetime) -> None:
    """Open this one duty where the measures in force for the owner's units ask it."""
    serving = StaffMembership.objects.in_force(at).filter(person=owner)
    units = Unit.objects.filter(pk__in=serving.values("unit"))
    claims = [
        one
        for one in claims_on(clock.today(at), units=units, stuck=[])
        if (one.terms.kind, one.terms.occasion) == (kind, occasion) and one.terms.opens_at <= at
    ]
    if claims:
        open_claims(claims, at, at, only=owner)
