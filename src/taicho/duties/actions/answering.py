"""What people do about the duties of this area: acknowledge, confirm the number, report a task done."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.duties.actions.discharging import discharge
from taicho.duties.kinds import KINDS
from taicho.duties.models import Discharge, Duty
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Refusal
from taicho.messaging.actions.reading import mark_read_leading_to


def acknowledge(duty: Duty, *, by: Actor) -> Discharge:
    """The owner has received the document and read what it asks (A9)."""
    return _done(duty, by=by, evidence=UUID(duty.occasion))


@transaction.atomic
def confirm_number(duty: Duty, *, by: Actor) -> Discharge:
    """The owner is reached on the number shown; every measure that asks it is answered at once. Refused: no-number."""
    owner = duty.owner
    if not (owner.official_phone or owner.personal_phone):
        raise Refusal(_("Chưa có số điện thoại nào. Đề nghị Văn phòng bổ sung."), code="no-number")
    others = Duty.objects.filter(kind=duty.kind, owner=owner).exclude(pk=duty.pk).waiting(clock.now())
    for other in others.select_related("owner").order_by("pk"):
        _done(other, by=by, evidence=owner.key)
    return _done(duty, by=by, evidence=owner.key)


def report_done(duty: Duty, *, by: Actor, words: str) -> Discharge:
    """The owner reports the task done, saying what came of it. Refused: without-words, bad-field."""
    if not words.strip():
        raise Refusal(_("Ghi ngắn gọn kết quả đã làm."), code="without-words", field="words")
    return _done(duty, by=by, evidence=duty.key, how=words.strip())


def _done(duty: Duty, *, by: Actor, evidence: UUID, how: str = "") -> Discharge:
    done = discharge(
        duty.kind, duty.owner, duty.occasion, by=by, at=clock.now(), evidence=evidence, how=how
    )  # fmt: skip
    if done is None:  # the duty was read a moment ago and is never deleted
        raise Duty.DoesNotExist
    mark_read_leading_to(KINDS[duty.kind].link(duty), by)
    return done
