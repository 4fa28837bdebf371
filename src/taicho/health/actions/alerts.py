"""What is done about a health alert: call, lead to the waiting area, close with a reason; a row each (E6, H11)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.health.actions.holding import agency_of, is_own
from taicho.health.actions.telling import tell_of_own_decision
from taicho.health.enums import AlertStepKind
from taicho.health.models import AlertStep, HealthAlert
from taicho.kernel import audit
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import keep
from taicho.organisation.models import OutsideAuthority


@transaction.atomic
def record_step(
    alert: HealthAlert, *, by: Actor, kind: str, at: datetime, authority: OutsideAuthority | None = None, note: str = ""
) -> AlertStep:
    """Record one step. A call names whom, closing names the reason. Refused: whom-called, without-reason,
    closed-already. Who closes an alert about themselves is named so in the trail, and the head of the agency is told.
    """
    step, words = AlertStepKind(kind), note.strip()
    if step is AlertStepKind.CALLED and authority is None:
        raise Refusal(_("Chọn cơ quan đã gọi."), code="whom-called", field="authority")
    if step is AlertStepKind.CLOSED and not words:
        raise Refusal(_("Ghi lý do kết thúc cảnh báo."), code="without-reason", field="note")
    held = HealthAlert.objects.select_for_update(of=("self",)).select_related("person").get(pk=alert.pk)
    if held.steps.filter(kind=AlertStepKind.CLOSED).exists():
        raise Conflict(_("Cảnh báo này đã được kết thúc."), code="closed-already")
    called = authority if step is AlertStepKind.CALLED else None
    done = keep(AlertStep(alert=held, kind=step, authority=called, note=words or None, taken_by=by.person, taken_at=at))
    facts = {"kind": str(step), "authority": str(called.key) if called else None}
    agency, own = agency_of(held.person), step is AlertStepKind.CLOSED and is_own(held.person, by)
    audit.record(
        "health.close_own_alert" if own else "health.record_step", by=by, of=held, unit=agency.key, facts=facts
    )
    if own:
        tell_of_own_decision(held, agency, by=by, at=at)
    return done
