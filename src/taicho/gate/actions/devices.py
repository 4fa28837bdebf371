"""Enrol the tablet of a gate, and revoke it (E1). Its token is shown to the browser once and kept as a hash."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.gate.models import GateDevice
from taicho.gate.policies import may_guard, may_keep_devices
from taicho.gate.queries.places import agency_of, token_hash
from taicho.gate.rules.codes import INVITATION_LETTERS, new_code, new_token, read_code
from taicho.gate.rules.limits import limits
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.kernel.saving import keep
from taicho.organisation.models import Gate


@transaction.atomic
def invite_device(gate: Gate, *, by: Actor, name: str, at: datetime) -> GateDevice:
    """Invite a device to stand at `gate`; its `invitation` is typed there once, soon. Refused: no-holder, name taken."""
    agency = agency_of(gate, clock.today(at))
    if agency is None:
        raise Refusal(_("Địa điểm của cổng này chưa thuộc cơ quan nào."), code="no-holder", field="gate")
    device = keep(
        GateDevice(
            agency=agency, gate=gate, name=name, invitation=new_code(INVITATION_LETTERS),
            invited_until=at + limits().invitation, invited_by=by.person,
        )
    )  # fmt: skip
    audit.record("gate.invite_device", by=by, of=device, unit=agency.key, facts={"name": name, "gate": str(gate.key)})
    return device


@transaction.atomic
def enrol_device(code: str, *, by: Actor, at: datetime) -> tuple[GateDevice, str]:
    """Take this browser as the device invited with `code`; returns the token for its cookie. Refused: no-invitation."""
    read = read_code(code, INVITATION_LETTERS)
    found = GateDevice.objects.select_for_update(of=("self",)).select_related("agency", "gate__site")
    device = found.filter(invitation_index=read).first() if read else None
    if device is None or not device.may_be_enrolled(at):
        raise Refusal(
            _("Mã ghi nhận sai, đã dùng hoặc hết hạn. Xin Văn phòng cấp mã mới."), code="no-invitation", field="code"
        )
    if not (may_guard.test(by, device) or may_keep_devices.test(by, device)):
        raise NotPermitted(str(may_guard.sentence), code="may_guard")
    token = new_token()
    device.token_hash, device.enrolled_at, device.enrolled_by = token_hash(token), at, by.person
    keep(device)
    audit.record("gate.enrol_device", by=by, of=device, unit=device.agency.key, facts={"name": device.name})
    return device, token


@transaction.atomic
def revoke_device(device: GateDevice, *, by: Actor, at: datetime) -> None:
    """From the next question on the device is no gate any more. Doing it twice changes nothing."""
    if GateDevice.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at, revoked_by=by.person):
        audit.record("gate.revoke_device", by=by, of=device, unit=device.agency.key, facts={"name": device.name})
