"""The database is the last judge at the gate: what no action writes, it refuses too, with a sentence (house D3)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from taicho.gate.models import (
    Entry,
    ExceptionDecision,
    ExceptionRequest,
    GateDevice,
    GateLink,
    GatePass,
    GateRule,
    GateTally,
    HostWord,
    PassCode,
    Visit,
)
from taicho.kernel import clock
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep
from tests.gate.words import passes
from tests.organisation.land import NOW


@pytest.fixture
def make(gate):
    """A record of each kind with nothing wrong in it; what the test names is different."""
    now, agency, person = clock.now(), gate.land.bureau, gate.people.head

    def a_pass(**more):
        facts = {"person": person, "agency": agency, "token": uuid4().hex.upper(), "issued_at": now}
        return GatePass(**facts | more)

    def a_code(**more):
        facts = {"gate_pass": gate.gate_pass, "agency": agency, "code": "ABCDEF", "starts_at": now}
        return PassCode(**facts | {"ends_at": now + timedelta(hours=1)} | more)

    def an_entry(**more):
        facts = {
            "client_id": uuid4(),
            "agency": agency,
            "site": gate.site,
            "gate": gate.gate,
            "person": person,
            "at": now,
        }
        return Entry(**facts | {"direction": "in", "admitted": True, "verdict": "admit"} | more)

    def a_visit(**more):
        facts = {"client_id": uuid4(), "person": person, "agency": agency, "gate": gate.gate, "host": "Bà Lan"}
        facts |= {"purpose": "official", "content": b"x", "registered_at": now, "ends_at": now + timedelta(hours=1)}
        return Visit(**facts | more)

    def a_request(**more):
        facts = {"client_id": uuid4(), "agency": agency, "gate": gate.gate, "person": person, "asked_at": now}
        return ExceptionRequest(**facts | {"verdict": "not_declared", "holds_until": now} | more)

    def a_device(**more):
        facts = {"agency": agency, "gate": gate.gate, "name": "Máy 2", "invitation": "ABCDEFGHJK"}
        return GateDevice(**facts | {"invited_until": now} | more)

    def a_link(**more):
        return GateLink(**{"gate": gate.gate, "agency": agency, "token": "A" * 32, "made_at": now} | more)

    def a_rule(**more):
        facts = {"agency": agency, "day": clock.today(), "audience": "staff", "line": [1], "made_at": now}
        return GateRule(**facts | {"measures": 0, "withdrawals": 0, "relations": 0} | more)

    kinds = {"pass": a_pass, "code": a_code, "entry": an_entry, "visit": a_visit, "request": a_request,
             "device": a_device, "link": a_link, "rule": a_rule}  # fmt: skip
    return lambda kind, **more: kinds[kind](**more)


def test_every_record_made_here_is_one_the_database_takes(make):
    for kind in ("pass", "code", "entry", "visit", "request", "device", "link", "rule"):
        make(kind).save()


ONCE = uuid4()


@pytest.mark.parametrize(
    "kind, same, name",
    [
        ("pass", {}, "gate_one_pass_of_a_person"),
        ("code", {}, "gate_code_once_at_a_time"),
        ("entry", {"client_id": ONCE}, "gate_entry_sent_once"),
        ("visit", {"client_id": ONCE}, "gate_visit_sent_once"),
        ("request", {"client_id": ONCE}, "gate_request_sent_once"),
        ("device", {}, "gate_device_name_once_at_a_gate"),
        ("link", {}, "gate_one_link_of_a_gate"),
        ("rule", {}, "gate_rule_once"),
    ],
)
def test_there_is_one_and_never_two(make, kind, same, name):
    make(kind, **same).save()
    other = {"token": "B" * 32} if kind == "link" else {}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(kind, **same, **other).save()
    with pytest.raises(Refusal) as refused:
        keep(make(kind, **same, **other))
    assert refused.value.code == name and str(refused.value.sentence).endswith(".")


@pytest.mark.parametrize(
    "kind, change, name",
    [
        ("code", {"ends_at": None}, "gate_code_ends"),
        ("entry", {"direction": "out", "admitted": False}, "gate_nobody_is_refused_the_way_out"),
        ("entry", {"verdict": "wait"}, "gate_entry_admitted_by_verdict"),
        ("entry", {"verdict": "high_temperature"}, "gate_entry_admitted_by_verdict"),
        ("request", {"verdict": "wait"}, "gate_request_is_never_about_health"),
        ("request", {"verdict": "high_temperature"}, "gate_request_is_never_about_health"),
        ("device", {"token_hash": b"x" * 32}, "gate_device_enrolled_with_token"),
        ("device", {"enrolled_at": NOW}, "gate_device_enrolled_with_token"),
    ],
    ids=str,
)
def test_what_must_not_be_cannot_be_kept(make, kind, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(kind, **change).save()
    with pytest.raises(Refusal) as refused:
        keep(make(kind, **change))
    assert refused.value.code == name


@pytest.mark.parametrize("minutes", [0, -1])
def test_a_visit_and_a_code_end_after_they_begin(make, minutes):
    over = clock.now() + timedelta(minutes=minutes)
    for kind, name in (("visit", "gate_visit_ends_after_start"), ("code", "gate_passcode_ends_after_start")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make(kind, ends_at=over).save()


def test_codes_that_follow_one_another_may_be_alike(make):
    first = make("code")
    first.save()
    make("code", starts_at=first.ends_at, ends_at=first.ends_at + timedelta(hours=1)).save()
    with pytest.raises(IntegrityError, match="gate_code_once_at_a_time"), transaction.atomic():
        make("code", starts_at=first.ends_at - timedelta(seconds=1), ends_at=first.ends_at).save()


def test_a_pass_of_a_person_and_one_of_each_visit_stand_side_by_side(make):
    make("pass").save()
    for _turn in range(2):
        visit = make("visit")
        visit.save()
        make("pass", visit=visit).save()
        with pytest.raises(IntegrityError, match="gate_one_pass_of_a_visit"), transaction.atomic():
            make("pass", visit=visit).save()


def test_a_revoked_thing_makes_room_for_the_next(make):
    now = clock.now()
    for kind, gone in (("pass", {"revoked_at": now}), ("device", {"revoked_at": now}), ("link", {"ended_at": now})):
        make(kind, **gone).save()
        make(kind, **({"token": "C" * 32} if kind == "link" else {})).save()


def test_one_answer_to_a_question_and_one_word_of_a_host(gate, make):
    request, visit = make("request"), make("visit")
    request.save()
    visit.save()
    answer = {
        "request": request,
        "allowed": True,
        "leader": gate.people.leader,
        "reason": "x",
        "decided_at": clock.now(),
    }
    word = {"visit": visit, "agency": gate.land.bureau, "taken_at": clock.now()}
    for kind, facts in ((ExceptionDecision, answer), (HostWord, word)):
        kind.objects.create(**facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            kind.objects.create(**facts)


def test_one_count_of_a_bucket_in_a_minute(db):
    GateTally.objects.create(bucket=b"x", minute=clock.now())
    with pytest.raises(IntegrityError, match="gate_tally_once"), transaction.atomic():
        GateTally.objects.create(bucket=b"x", minute=clock.now())


def test_an_entry_cannot_be_changed_or_taken_away_by_any_statement(gate):  # K7
    entry = passes(gate)
    for change in ({"at": clock.now() - timedelta(days=1)}, {"person": gate.people.head}, {"checks": {"mask": True}}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.all().delete()


def test_neither_token_nor_code_stands_in_the_tables(gate):  # S-10
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text || c::text FROM gate_gatepass p JOIN gate_passcode c ON c.gate_pass_id = p.id")
        rows = "".join(row for (row,) in cursor.fetchall())
    assert rows and gate.gate_pass.token not in rows and f",{gate.code}," not in rows
    assert gate.gate_pass.token.encode().hex() not in rows and gate.code.encode().hex() not in rows
