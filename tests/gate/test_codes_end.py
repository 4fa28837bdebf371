"""How long passes and typed codes open a gate, and for whom they are made (E1, K7; ux.md 4)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.gate.actions.passes import issue_code, issue_pass, issue_to_staff, renew_pass, revoke_pass
from taicho.gate.actions.visits import VisitorFacts, pass_of, register_visit, renew_link
from taicho.gate.enums import GateVerdict
from taicho.gate.models import GatePass, PassCode
from taicho.gate.queries.checking import check
from taicho.gate.queries.passes import agency_to_enter, code_of, own_pass
from taicho.gate.rules.codes import payload
from taicho.gate.rules.limits import limits
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.staff import end_service, take_back, transfer
from taicho.organisation.models import Person, Unit
from tests.gate.test_pages import text_of
from tests.gate.words import by, scan
from tests.organisation.land import SETUP

FACTS = VisitorFacts("Tạ Quang Huy", 1980, "Xương Giang", "Công ty A", "0912345678", "Bà Lan", "official")


def hanoi(written):
    return datetime.fromisoformat(written).replace(tzinfo=clock.HANOI)


@pytest.fixture
def visit(gate):
    return register_visit(FACTS, by=SETUP, gate=gate.gate, client_id=uuid4(), at=clock.now(), answers=None)


def test_the_code_of_a_visitor_ends_with_the_day_of_the_visit(gate, visit):
    midnight = hanoi("2026-11-21T00:00")
    assert (visit.ends_at, pass_of(visit).codes.get().ends_at) == (midnight, midnight)


def test_after_the_day_neither_code_nor_picture_of_a_visitor_opens_anything(gate, visit, time_machine):
    held = pass_of(visit)
    shown = (payload(held.token), held.codes.get().code)
    for moment, verdict in (("2026-11-20T23:59:59", GateVerdict.ADMIT), ("2026-11-21T00:00", GateVerdict.UNKNOWN_CODE)):
        for words in shown:
            said = check(words, gate=gate.gate, at=hanoi(moment), device=gate.device)
            assert said.verdict is verdict, (moment, words)


def test_a_visitor_who_came_shortly_before_midnight_has_a_code_of_minutes(gate, time_machine):
    time_machine.move_to(hanoi("2026-11-20T23:50"), tick=False)
    late = register_visit(FACTS, by=SETUP, gate=gate.gate, client_id=uuid4(), at=clock.now(), answers=None)
    code = pass_of(late).codes.get()
    assert code.ends_at - code.starts_at == timedelta(minutes=10)


def test_the_code_of_a_colleague_lives_its_hours_over_midnight(gate):
    code = gate.gate_pass.codes.get()
    assert code.ends_at - code.starts_at == limits().code == timedelta(hours=24)


def test_a_visit_that_is_over_gets_no_pass_and_no_code(gate, visit, time_machine):
    time_machine.move_to(visit.ends_at, tick=False)
    with pytest.raises(Refusal, match="đã hết ngày") as refused:
        renew_pass(pass_of(visit), by=SETUP, at=clock.now())
    assert refused.value.code == "visit-over"
    assert (GatePass.objects.filter(visit=visit).count(), PassCode.objects.filter(gate_pass__visit=visit).count()) == (
        1,
        1,
    )
    assert pass_of(visit).revoked_at is None  # refused means that nothing was half done


def test_the_visitors_phone_shows_the_pass_of_the_day_and_the_form_afterwards(gate, visit, client, time_machine):
    link = renew_link(gate.gate, by=SETUP, at=clock.now())
    client.cookies["taicho-visit"] = pass_of(visit).token
    where = reverse("gate:visitor-pass", args=[link.token])
    assert "Dùng đến" in text_of(client.get(where))
    time_machine.move_to(visit.ends_at, tick=False)
    assert client.get(where).url == reverse("gate:visitor", args=[link.token])


def test_a_browser_without_a_pass_is_led_to_the_form(gate, visit, client):
    for cookie in ["", "x", "A" * 32, "A" * 5000, "\x00"]:
        link = renew_link(gate.gate, by=SETUP, at=clock.now())
        client.cookies["taicho-visit"] = cookie
        assert client.get(reverse("gate:visitor-pass", args=[link.token])).url == reverse(
            "gate:visitor", args=[link.token]
        )


def test_a_second_asking_gives_the_same_pass_and_the_same_code(gate):
    again = issue_pass(gate.people.staff, by=SETUP, agency=gate.land.bureau, at=clock.now())
    assert again == gate.gate_pass and again.codes.count() == 1
    assert AuditEntry.objects.filter(verb="gate.issue_pass", object_key=again.key).count() == 1


def test_a_code_that_is_over_is_followed_by_another_one(gate, time_machine):
    old = gate.gate_pass.codes.get()
    time_machine.move_to(old.ends_at, tick=False)
    assert code_of(gate.gate_pass, clock.now()) is None
    issue_pass(gate.people.staff, by=SETUP, agency=gate.land.bureau, at=clock.now())
    new = code_of(gate.gate_pass, clock.now())
    assert new is not None and new.code != old.code and new.starts_at == old.ends_at


def test_two_with_the_same_letters_are_never_at_one_gate_at_a_time(gate, monkeypatch):
    """Chance gives the letters of somebody else twice before it gives new ones."""
    other = GatePass.objects.create(
        person=gate.people.head, agency=gate.land.bureau, token="B" * 32, issued_at=clock.now()
    )
    letters = iter([gate.code, gate.code, "ABCDEF"])
    monkeypatch.setattr("taicho.gate.actions.passes.new_code", lambda: next(letters))
    assert issue_code(other, at=clock.now()).code == "ABCDEF"


def test_a_random_source_that_gives_one_code_only_is_a_fault_and_no_endless_loop(gate, monkeypatch):
    monkeypatch.setattr("taicho.gate.actions.passes.new_code", lambda: gate.code)
    other = GatePass.objects.create(
        person=gate.people.head, agency=gate.land.bureau, token="B" * 32, issued_at=clock.now()
    )
    with pytest.raises(RuntimeError, match="random source"):
        issue_code(other, at=clock.now())
    assert not other.codes.exists()


def test_two_agencies_may_have_the_same_letters(gate, monkeypatch):
    monkeypatch.setattr("taicho.gate.actions.passes.new_code", lambda: gate.code)
    other = issue_pass(gate.people.researcher, by=SETUP, agency=gate.land.institute, at=clock.now())
    assert other.codes.get().code == gate.code
    said = check(gate.code, gate=gate.gate, at=clock.now(), device=gate.device)
    assert said.person == gate.people.staff.pk


def test_who_moves_to_another_agency_enters_there_and_here_no_more(gate, time_machine):  # A13
    time_machine.shift(60)
    transfer(gate.people.staff, by=SETUP, to=gate.land.institute, at=clock.now())
    assert scan(gate).verdict is GateVerdict.UNKNOWN_CODE
    person = type(gate.people.staff).objects.get(pk=gate.people.staff.pk)
    assert (agency_to_enter(person), own_pass(person, clock.now())) == (gate.land.institute, None)


def test_who_has_left_gets_no_new_code_and_the_pass_they_keep_opens_nothing(gate, time_machine):
    time_machine.shift(60)
    end_service(gate.people.staff, by=SETUP, at=clock.now())
    issue_to_staff(by=SETUP, at=clock.now() + timedelta(days=2))
    assert gate.gate_pass.codes.count() == 1
    assert scan(gate).verdict is GateVerdict.UNKNOWN_CODE


def test_a_person_of_no_unit_has_no_agency_to_enter(gate):
    nobody = Person.objects.create(full_name="Hồ Thị Mai")
    assert own_pass(nobody, clock.now()) is None
    with pytest.raises(Unit.DoesNotExist):
        agency_to_enter(nobody)


def test_who_comes_back_enters_with_the_old_pass(gate, time_machine):
    time_machine.shift(60)
    end_service(gate.people.staff, by=SETUP, at=clock.now())
    time_machine.shift(60)
    take_back(gate.people.staff, by=SETUP, unit=gate.land.office, at=clock.now())
    said = scan(gate)
    assert (said.verdict, said.unit) == (GateVerdict.ADMIT, "Văn phòng")


def test_taking_a_pass_back_is_written_down_once_with_who_did_it(gate, time_machine):
    time_machine.shift(60)
    for _twice in range(2):
        revoke_pass(gate.gate_pass, by=by(gate.people.office), at=clock.now())
    row = AuditEntry.objects.get(verb="gate.revoke_pass")
    assert (row.actor, row.unit) == (gate.people.office.key, gate.land.bureau.key)
    gate.gate_pass.refresh_from_db()
    assert gate.gate_pass.revoked_by == gate.people.office.key
