"""Restrict a person and lift it: a row each, holding at every gate from the commit on (F8, F9, H7)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.health.actions.holding import agency_of, hold, is_own
from taicho.health.actions.telling import tell_of_own_decision
from taicho.health.enums import RestrictionKind
from taicho.health.models import Restriction, RestrictionLift
from taicho.health.news import RestrictionLifted, RestrictionSet
from taicho.kernel import audit, news
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import keep
from taicho.organisation.models import Person


@transaction.atomic
def restrict(person: Person, *, by: Actor, kind: str, reason: str, at: datetime) -> Restriction:
    """Restrict a person from `at` on, with a reason only the health post and the person read.

    Refused: without-reason, health_one_restriction_of_a_kind_at_a_time.
    """
    agency = agency_of(hold(person))
    restriction = keep(
        Restriction(
            person=person, agency=agency, kind=RestrictionKind(kind), reason=_given(reason), set_by=by.person,
            starts_at=at,
        )
    )  # fmt: skip
    audit.record("health.restrict", by=by, of=restriction, unit=agency.key, facts={"kind": str(restriction.kind)})
    news.announce(RestrictionSet(str(restriction.key)))
    return restriction


@transaction.atomic
def lift(restriction: Restriction, *, by: Actor, reason: str, at: datetime) -> RestrictionLift:
    """End a restriction at `at`, with a reason; it stays readable. Refused: without-reason, lifted-already.

    The health post may lift its own, for there is often no second one: the trail calls it so and the head is told.
    """
    words = _given(reason)
    held = Restriction.objects.select_for_update(of=("self",)).select_related("person").get(pk=restriction.pk)
    if held.ends_at is not None:
        raise Conflict(_("Hạn chế này đã được gỡ."), code="lifted-already")
    held.ends_at = max(at, held.starts_at + timedelta(microseconds=1))
    keep(held)
    done = keep(RestrictionLift(restriction=held, reason=words, lifted_by=by.person, lifted_at=at))
    agency, own = agency_of(held.person), is_own(held.person, by)
    audit.record(f"health.lift_{'own_' if own else ''}restriction", by=by, of=held, unit=agency.key)
    if own:
        tell_of_own_decision(held, agency, by=by, at=at)
    news.announce(RestrictionLifted(str(held.key)))
    restriction.ends_at = held.ends_at
    return done


def _given(reason: str) -> str:
    """The reason, which nobody may leave out. Refused: without-reason."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do."), code="without-reason", field="reason")
    return reason.strip()
