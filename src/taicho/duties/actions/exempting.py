"""Excuse one person from one duty, by name and with the reason; and take the excuse back (A9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.duties.enums import DutyState, ExemptionReason
from taicho.duties.models import Duty, Exemption
from taicho.kernel import audit
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep


@transaction.atomic
def exempt(duty: Duty, *, by: Actor, why: str, at: datetime) -> Exemption:
    """The owner need not do `duty`: `by` decides it for the reason `why` (approved leave), also after it was due.

    The sweep leaves it as it is until `owe_again`. Refused: without-why, already-done, already-exempt, bad-field.
    """
    if not why.strip():
        raise Refusal(_("Ghi lý do miễn, ví dụ nghỉ phép đã duyệt."), code="without-why", field="why")
    held = Duty.objects.select_for_update(of=("self",)).select_related("unit").get(pk=duty.pk)
    state = held.state(at)
    if state in (DutyState.DONE, DutyState.DONE_LATE):
        raise Refusal(_("Việc này đã xong, không cần miễn."), code="already-done")
    if state is DutyState.EXEMPT:
        raise Refusal(_("Việc này đang được miễn."), code="already-exempt")
    free = keep(Exemption(duty=held, reason=ExemptionReason.EXCUSED, why=why.strip(), by=by.person, at=at))
    audit.record(
        "duties.exempt", by=by, of=free, unit=held.unit.key, facts={"duty": str(held.key), "why": free.why}
    )  # fmt: skip
    return free


@transaction.atomic
def owe_again(duty: Duty, *, by: Actor, at: datetime) -> Exemption:
    """Take back the excuse: from `at` on the owner owes `duty` again. Refused: not-excused."""
    held = Duty.objects.select_for_update(of=("self",)).select_related("unit").get(pk=duty.pk)
    free = Exemption.objects.standing().excuses().filter(duty=held).first()
    if free is None:
        raise Refusal(_("Việc này không có quyết định miễn nào để bỏ."), code="not-excused")
    free.ended_at, free.ended_by = at, by.person
    keep(free)
    audit.record("duties.owe_again", by=by, of=free, unit=held.unit.key, facts={"duty": str(held.key)})
    return free
