"""The tablet of a gate: invited by the office, enrolled once on the spot, revoked at once (E1; trust.md S-10)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from taicho.gate.actions.devices import enrol_device, invite_device, revoke_device
from taicho.gate.models import GateDevice
from taicho.gate.queries.places import agency_of, device_with, token_hash
from taicho.gate.rules.limits import limits
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.enums import PostRole
from tests.gate.test_pages import text_of
from tests.gate.words import by
from tests.organisation.land import SETUP, post


@pytest.fixture
def invited(gate):
    return invite_device(gate.side_gate, by=by(gate.people.office), name="Máy cổng 2", at=clock.now())


def test_an_invitation_lives_a_quarter_of_an_hour_and_not_an_instant_longer(gate, invited, time_machine):
    assert limits().invitation == timedelta(minutes=15)
    time_machine.move_to(invited.invited_until, tick=False)
    with pytest.raises(Refusal, match="Xin Văn phòng cấp mã mới") as refused:
        enrol_device(invited.invitation, by=by(gate.people.guard), at=clock.now())
    assert (refused.value.code, refused.value.field) == ("no-invitation", "code")
    time_machine.move_to(invited.invited_until - timedelta(seconds=1), tick=False)
    device, token = enrol_device(invited.invitation, by=by(gate.people.guard), at=clock.now())
    assert device_with(token) == device


def test_an_invitation_works_once(gate, invited):
    enrol_device(invited.invitation, by=by(gate.people.guard), at=clock.now())
    first = GateDevice.objects.get(pk=invited.pk)
    with pytest.raises(Refusal, match="đã dùng"):
        enrol_device(invited.invitation, by=by(gate.people.guard), at=clock.now())
    assert bytes(GateDevice.objects.get(pk=invited.pk).token_hash) == bytes(first.token_hash)


def test_what_is_no_invitation_enrols_nothing(gate, invited):
    for code in ["", " ", "ABC", "0" * 10, "A" * 5000, "\x00" * 10, "' OR 1=1", "ÁÀẢÃẠÁÀẢÃẠ"]:
        with pytest.raises(Refusal) as refused:
            enrol_device(code, by=by(gate.people.guard), at=clock.now())
        assert refused.value.code == "no-invitation"
        invited.refresh_from_db()
        assert invited.enrolled_at is None


def test_the_code_is_typed_as_people_type_it(gate, invited):
    code = invited.invitation
    typed = f" {code[:5].lower()} - {code[5:].lower()} "
    device, _token = enrol_device(typed, by=by(gate.people.guard), at=clock.now())
    assert device == invited and device.enrolled_by == gate.people.guard.key


def test_only_who_guards_or_keeps_the_gates_of_the_agency_enrols(gate, invited):
    for who in ["staff", "leader", "head", "researcher", "stranger"]:
        with pytest.raises(NotPermitted):
            enrol_device(invited.invitation, by=by(getattr(gate.people, who)), at=clock.now())
        invited.refresh_from_db()
        assert invited.enrolled_at is None and invited.token_hash is None


def test_a_guard_of_another_agency_cannot_use_the_code(gate, invited):
    post(gate.people.researcher, gate.land.institute, PostRole.GUARD)
    with pytest.raises(NotPermitted):
        enrol_device(invited.invitation, by=by(gate.people.researcher), at=clock.now())


def test_a_name_taken_at_the_gate_is_refused_until_the_old_device_is_revoked(gate, time_machine):
    office = by(gate.people.office)
    with pytest.raises(Refusal, match="Chọn tên khác") as refused:
        invite_device(gate.gate, by=office, name=gate.device.name, at=clock.now())
    assert refused.value.code == "gate_device_name_once_at_a_gate"
    invite_device(gate.side_gate, by=office, name=gate.device.name, at=clock.now())  # another gate, another tablet
    revoke_device(gate.device, by=office, at=clock.now())
    assert invite_device(gate.gate, by=office, name=gate.device.name, at=clock.now()).pk != gate.device.pk


def test_a_revoked_invitation_enrols_nothing(gate, invited):
    revoke_device(invited, by=by(gate.people.office), at=clock.now())
    with pytest.raises(Refusal):
        enrol_device(invited.invitation, by=by(gate.people.guard), at=clock.now())


def test_revoking_is_written_down_once_with_who_and_counts_at_once(gate):
    assert device_with(gate.token) == gate.device
    for _twice in range(2):
        revoke_device(gate.device, by=by(gate.people.office), at=clock.now())
    assert device_with(gate.token) is None
    row = AuditEntry.objects.get(verb="gate.revoke_device")
    assert (row.actor, row.unit) == (gate.people.office.key, gate.land.bureau.key)


def test_a_cookie_that_is_none_of_ours_is_no_device(gate):
    for token in ["", "x", "\x00", "\ud800", "A" * 5000]:
        assert device_with(token) is None, token


def test_the_row_of_a_device_keeps_no_token(gate):
    assert bytes(gate.device.token_hash) == token_hash(gate.token)
    assert gate.token.encode() not in bytes(gate.device.token_hash)


def test_a_gate_belongs_to_the_agency_even_when_a_department_holds_the_site(gate):
    gate.site.holdings.update(unit=gate.land.office)
    assert agency_of(gate.gate, clock.today()) == gate.land.bureau


def test_a_site_is_held_from_its_first_to_its_last_day(gate):
    for days, held in [(-1, False), (0, True), (9, True), (10, False)]:
        today = clock.today()
        gate.site.holdings.update(valid_from=today, valid_to=today + timedelta(days=9))
        assert (agency_of(gate.gate, today + timedelta(days=days)) is not None) == held


# The pages


def test_the_list_says_how_each_device_stands(gate, invited, enter, time_machine):
    office = enter(gate.people.office)
    page = text_of(office.get(reverse("gate:devices")))
    assert "chờ gõ mã tại cổng" in page and "ghi nhận" in page
    time_machine.move_to(invited.invited_until, tick=False)
    assert "mã đã hết hạn" in text_of(office.get(reverse("gate:devices")))
    office.post(reverse("gate:device", args=[invited.key]))
    assert "thu hồi" in text_of(office.get(reverse("gate:devices")))


def test_the_page_of_a_device_shows_its_code_only_while_it_can_be_used(gate, invited, enter, time_machine):
    office, where = enter(gate.people.office), reverse("gate:device", args=[invited.key])
    code = f"{invited.invitation[:5]} {invited.invitation[5:]}"
    assert code in text_of(office.get(where))
    time_machine.move_to(invited.invited_until, tick=False)
    later = office.get(where).content.decode()
    assert code not in later and invited.invitation not in later and "Mã ghi nhận đã hết hạn" in later


def test_an_office_without_gates_is_told_where_to_begin(land, people, enter):
    page = text_of(enter(people.office).get(reverse("gate:devices")))
    assert "Thêm cổng ở trang Địa điểm làm việc trước" in page and "Thêm thiết bị cổng" not in page


def test_a_wrong_form_for_a_device_keeps_what_was_typed(gate, enter):
    office = enter(gate.people.office)
    page = office.post(reverse("gate:new-device"), {"name": "Máy rất đẹp"})
    assert page.status_code == 400 and "Máy rất đẹp" in page.content.decode()
    foreign = office.post(reverse("gate:new-device"), {"gate": "x", "name": "Máy"})
    assert foreign.status_code == 400 and GateDevice.objects.count() == 1


def test_the_code_in_the_address_of_the_picture_is_filled_in_and_never_carried_out(gate, invited, enter):
    guard = enter(gate.people.guard)
    page = guard.get(reverse("gate:enrol") + f"?ma={invited.invitation}").content.decode()
    assert f'value="{invited.invitation}"' in page
    invited.refresh_from_db()
    assert invited.enrolled_at is None
    assert "<script>" not in guard.get(reverse("gate:enrol") + "?ma=%3Cscript%3E").content.decode()


def test_a_guard_of_another_agency_gets_nothing_from_our_tablet(gate, at_gate):
    post(gate.people.researcher, gate.land.institute, PostRole.GUARD)
    client = at_gate(gate.people.researcher)
    for route in ("gate:scan", "gate:new-visitor", "gate:by-name"):
        assert client.get(reverse(route)).status_code == 403, route
    assert client.get(reverse("gate:verdict", args=[gate.gate_pass.key])).status_code == 404


def test_inviting_is_written_down_in_the_name_of_the_agency(gate, invited):
    row = AuditEntry.objects.get(verb="gate.invite_device", object_key=invited.key)
    assert (row.actor, row.unit) == (gate.people.office.key, gate.land.bureau.key)
    with pytest.raises(Refusal):
        invite_device(gate.gate, by=SETUP, name="x" * 81, at=clock.now())
