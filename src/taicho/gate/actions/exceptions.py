"""The guard asks, the leader on duty decides with name, hour and reason (E3)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.gate.actions.visits import end_of_day
from taicho.gate.enums import EXCEPTION_ASKED, GateVerdict
from taicho.gate.models import ExceptionDecision, ExceptionRequest, GateDevice, GatePass
from taicho.gate.policies import may_decide_exception, may_guard
from taicho.gate.queries.leaders import leaders_on_duty
from taicho.kernel import audit
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import judged, keep
from taicho.messaging.actions.sending import send
from taicho.organisation.models import Person


@transaction.atomic
def ask_leader(
    shown: GatePass, *, by: Actor, device: GateDevice, verdict: GateVerdict, client_id: UUID, at: datetime
) -> ExceptionRequest:
    """Ask the leaders on duty whether the bearer may come in today; the question that is open for the same verdict, if any.

    Refused: no-leader, gate_request_is_never_about_health (Conflict).
    """
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=shown.person_id)
    waiting = ExceptionRequest.objects.open().filter(
        person=shown.person_id, agency=shown.agency_id, verdict=verdict, holds_until__gt=at
    )
    if (asked := waiting.first()) is not None:
        return asked
    leaders = leaders_on_duty(device.agency, at).exclude(pk=shown.person_id)
    if not leaders.exists():
        raise Refusal(_("Chưa có lãnh đạo nào trong hệ thống để hỏi. Gọi Văn phòng."), code="no-leader")
    request = ExceptionRequest(
        client_id=client_id, agency=device.agency, gate=device.gate, person_id=shown.person_id, visit_id=shown.visit_id,
        verdict=verdict, asked_by=by.person, asked_at=at, holds_until=end_of_day(at),
    )  # fmt: skip
    with judged(ExceptionRequest):
        keep(request)
    audit.record("gate.ask_leader", by=by, of=request, unit=device.agency.key, facts={"verdict": str(verdict)})
    title = _("%(gate)s xin ý kiến cho một người vào") % {"gate": device.gate.name}
    link = reverse("gate:exception", args=[request.key])
    send(EXCEPTION_ASKED, to=leaders, title=title, link=link, about=request.key, once=str(request.key), by=by)
    return request


@transaction.atomic
def decide(request: ExceptionRequest, *, by: Actor, allowed: bool, reason: str, at: datetime) -> ExceptionDecision:
    """The leader decides in person. Refused: not a leader of the agency, without-reason, decided-already."""
    may_decide_exception.permit(by, request)
    leader = Person.objects.get(key=by.me)
    return _decide(request, by=by, leader=leader, allowed=allowed, reason=reason, at=at, recorded_by=None)


@transaction.atomic
def record_telephone(
    request: ExceptionRequest, *, by: Actor, leader: Person, allowed: bool, reason: str, at: datetime
) -> ExceptionDecision:
    """The guard writes down what a leader said by telephone, with name and reason; marked as written by the guard.

    Refused: own-case, not-a-leader, without-reason, decided-already.
    """
    may_guard.permit(by, request)
    if request.person.key == by.person:
        raise Refusal(_("Không tự ghi lời lãnh đạo cho chính mình. Nhờ bảo vệ khác ghi."), code="own-case")
    if not leaders_on_duty(request.agency, at).exclude(pk=request.person_id).filter(pk=leader.pk).exists():
        raise Refusal(_("Chọn lãnh đạo của cơ quan."), code="not-a-leader", field="leader")
    return _decide(request, by=by, leader=leader, allowed=allowed, reason=reason, at=at, recorded_by=by.person)


def _decide(
    request: ExceptionRequest, *, by: Actor, leader: Person, allowed: bool, reason: str, at: datetime,
    recorded_by: UUID | None,
) -> ExceptionDecision:  # fmt: skip
    if not reason.strip():
        raise Refusal(_("Ghi lý do của quyết định."), code="without-reason", field="reason")
    ExceptionRequest.objects.select_for_update().get(pk=request.pk)
    if ExceptionDecision.objects.filter(request=request).exists():
        raise Refusal(_("Đề nghị này đã có quyết định. Tải lại trang để xem."), code="decided-already")
    decision = keep(
        ExceptionDecision(
            request=request,
            allowed=allowed,
            leader=leader,
            reason=reason.strip(),
            decided_at=at,
            recorded_by=recorded_by,
        )
    )
    facts = {"allowed": allowed, "leader": str(leader.key), "by_telephone": recorded_by is not None, "reason": reason}
    audit.record("gate.decide_exception", by=by, of=decision, unit=request.agency.key, facts=facts)
    return decision
