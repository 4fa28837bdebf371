"""A visitor: five fields, one visit, a pass for the day, the word of the host (E4, E5; S2 III/1/-3)."""

import unicodedata
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from taicho.gate.actions.visits import VisitorFacts, pass_of, register_visit, root_of, take_host_word
from taicho.gate.models import GatePass, HostWord, Visit
from taicho.gate.web.forms import VisitorForm, to_visitor
from taicho.health.models import Declaration
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import Person, SealedIdentity
from tests.gate.test_pages import VISITOR
from tests.gate.words import by, no_answers, order, scan
from tests.organisation.land import SETUP

FACTS = VisitorFacts("Tạ Quang Huy", 1980, "Xương Giang", "Công ty A", "0912345678", "Bà Lan", "official")


@pytest.fixture
def register(gate):
    """The visitor sends the form; what the test names is different."""

    def send(facts=FACTS, **more):
        sent = {"by": SETUP, "gate": gate.gate, "client_id": uuid4(), "at": clock.now(), "answers": None}
        return register_visit(facts, **(sent | more))

    return send


def test_a_visit_says_who_came_to_whom_when_and_by_whose_hand(gate, register):
    visit = register(by=by(gate.people.guard))
    who = visit.person.sealed_identity
    assert (who.full_name, who.birth_year, who.residence, who.employer) == (
        "Tạ Quang Huy",
        "1980",
        "Xương Giang",
        "Công ty A",
    )
    assert (visit.host, visit.purpose, visit.agency, visit.gate) == ("Bà Lan", "official", gate.land.bureau, gate.gate)
    assert (visit.registered_at, visit.registered_by) == (clock.now(), gate.people.guard.key)
    row = AuditEntry.objects.get(verb="gate.register_visit")
    assert (row.object_key, row.unit, row.actor) == (visit.key, gate.land.bureau.key, gate.people.guard.key)


def test_nothing_of_the_five_fields_stands_readable_in_the_tables(register):  # L3
    visit = register(replace(FACTS, full_name="Mạc Văn Khoái", phone="0987654321"))
    tables = ("gate_visit", "organisation_person", "organisation_sealedidentity")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT t::text FROM {table} t" for table in tables))
        rows = "".join(row for (row,) in cursor.fetchall())
    assert visit.person.full_name == "" and visit.person.kind == PersonKind.VISITOR
    for word in ("Văn Khoái", "Xương Giang", "Công ty A", "987654321", "Bà Lan"):
        assert word not in rows and word.encode().hex() not in rows


def test_the_same_form_sent_again_changes_nothing_at_all(register):
    once = uuid4()
    first = register(client_id=once, answers=no_answers())
    counts = [kind.objects.count() for kind in (Visit, Person, GatePass, Declaration, AuditEntry)]
    assert register(client_id=once, answers=no_answers()) == first
    assert [kind.objects.count() for kind in (Visit, Person, GatePass, Declaration, AuditEntry)] == counts


def test_another_content_under_the_same_id_is_a_conflict_and_keeps_the_first(register):
    once = uuid4()
    visit = register(client_id=once)
    others = {"full_name": "Mạc Thị Ngà", "birth_year": 1981, "residence": "x", "employer": "x", "phone": "0912345679",
              "host": "Ông Nam", "purpose": "personal", "matter": "x"}  # fmt: skip
    for name, other in others.items():
        with pytest.raises(Conflict) as refused:
            register(replace(FACTS, **{name: other}), client_id=once)
        assert refused.value.code == "gate_visit_sent_once", name
    visit.refresh_from_db()
    assert (visit.host, Visit.objects.count(), SealedIdentity.objects.count()) == ("Bà Lan", 1, 1)


def test_other_answers_under_the_same_id_are_a_conflict_too(register):
    once = uuid4()
    register(client_id=once, answers=no_answers())
    with pytest.raises(Conflict):
        register(client_id=once, answers=no_answers(symptoms=True))


@pytest.mark.parametrize(
    "wrong", [{"full_name": ""}, {"full_name": "  "}, {"phone": "12345"}, {"purpose": "love"}], ids=str
)
def test_a_visitor_who_cannot_be_kept_leaves_nothing_behind(register, wrong):
    people = Person.objects.count()
    with pytest.raises(Refusal):
        register(replace(FACTS, **wrong), answers=no_answers())
    assert (Visit.objects.count(), GatePass.objects.filter(visit__isnull=False).count()) == (0, 0)
    assert (Person.objects.count(), Declaration.objects.count()) == (people, 0)


def test_two_visits_of_one_human_are_two_strangers(register):  # trust.md 5: nobody is followed from visit to visit
    one, other = register(), register()
    assert one.person != other.person and pass_of(one).token != pass_of(other).token


def test_the_mark_by_which_a_sending_is_known_again_tells_nothing(register, settings):
    first = bytes(register().content)
    assert len(first) == 32 and first == bytes(register().content)
    settings.SECRET_KEY = "another installation"
    assert bytes(register().content) != first


def test_a_visit_lasts_until_midnight_in_hanoi(register, time_machine):
    for written, ends in (("2026-11-20T16:59:59+00:00", "21/11 00:00"), ("2026-11-20T17:00:00+00:00", "22/11 00:00")):
        time_machine.move_to(written, tick=False)
        assert clock.local(register().ends_at).strftime("%d/%m %H:%M") == ends


def test_the_declaration_of_a_visitor_counts_at_the_gate_and_is_no_colleagues(gate, register):
    order(gate, who="visitors", need=["declaration"])
    visit = register(answers=no_answers())
    assert scan(gate, token=pass_of(visit).token).verdict == "admit"
    ill = register(answers=no_answers(symptoms=True))
    assert scan(gate, token=pass_of(ill).token).verdict == "wait"
    assert {one.person for one in Declaration.objects.all()} == {visit.person, ill.person}


def test_the_word_of_the_host_is_taken_once_with_who_took_it(gate, register):  # E5
    visit = register()
    words = {take_host_word(visit, by=by(gate.people.guard), at=clock.now()).pk for _turn in range(3)}
    assert len(words) == 1 and HostWord.objects.get().taken_by == gate.people.guard.key
    assert AuditEntry.objects.filter(verb="gate.take_host_word").count() == 1


def test_steps_of_visitors_stand_in_the_chain_of_the_province(gate):
    assert root_of(gate.land.bureau) == root_of(gate.land.institute) == gate.land.province.key


# The form


def form(**more):
    return VisitorForm({**VISITOR, "client_id": str(uuid4()), **more})


def test_a_name_is_kept_composed_however_the_phone_writes_it(register):
    apart = unicodedata.normalize("NFD", "Tạ Quang Huy")
    assert register(replace(FACTS, full_name=apart)).person.sealed_identity.full_name == "Tạ Quang Huy"


@pytest.mark.parametrize("phone", ["0912 345 678", "0912.345.678", "+84912345678", "84 912 345 678", "0912-345-678"])
def test_a_number_is_taken_as_people_write_it(db, phone):
    sent = form(phone=phone)
    assert sent.is_valid() and sent.facts.phone == "0912345678"


@pytest.mark.parametrize(
    "year, taken", [("1899", False), ("1900", True), ("2026", True), ("2027", False), ("80", False), ("x", False)]
)
def test_a_year_in_which_somebody_can_be_born(db, year, taken):
    assert clock.today() == date(2026, 11, 20)
    assert form(birth_year=year).is_valid() == taken


@pytest.mark.parametrize("field, longest", [("full_name", 100), ("residence", 250), ("employer", 150), ("host", 150)])
def test_a_field_takes_so_many_letters_and_not_one_more(db, field, longest):
    assert form(**{field: "ễ" * longest}).is_valid()
    refused = form(**{field: "ễ" * (longest + 1)})
    assert not refused.is_valid() and list(refused.errors) == [field]


@pytest.mark.parametrize("field", ["full_name", "birth_year", "residence", "employer", "phone", "host", "purpose"])
def test_every_field_of_the_book_is_asked_and_nul_is_no_answer(db, field):
    for words in ("", "\x00"):
        assert field in form(**{field: words}).errors


def test_a_visitor_is_addressed_as_one():
    assert to_visitor("Đồng chí có sốt không? Gửi đồng chí.") == "Ông/bà có sốt không? Gửi ông/bà."
