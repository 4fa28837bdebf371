"""Entries are added and never changed, sent twice they are one, and nobody is kept from leaving (E1, K7, D9)."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from taicho.gate.actions.entries import turn_away
from taicho.gate.actions.passes import issue_pass, issue_to_staff, renew_pass, revoke_pass
from taicho.gate.enums import Direction, GateVerdict
from taicho.gate.models import Entry, GatePass, PassCode
from taicho.gate.queries.checking import check
from taicho.gate.rules.codes import payload
from taicho.health.actions.restrictions import restrict
from taicho.health.models import Temperature
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict, Refusal
from taicho.presence.models import Stay
from tests.gate.words import by, order, passes, scan
from tests.organisation.land import SETUP


def test_an_entry_says_who_when_where_by_whom_and_what_was_seen(gate):
    order(gate, who="all", need=["mask", "hand_rub", "temperature"])
    entry = passes(gate, seen=["mask"], temperature=Decimal("36.4"))
    assert entry.checks == {"mask": True, "hand_rub": False, "temperature": True}
    assert (entry.gate, entry.site, entry.device, entry.guard) == (
        gate.gate, gate.site, gate.device, gate.people.guard.key,
    )  # fmt: skip
    assert entry.at == clock.now() and entry.admitted
    assert AuditEntry.objects.filter(verb="gate.entry_in", object_key=entry.key).exists()


def test_the_figure_of_a_temperature_is_not_in_the_entry(gate):  # L3
    order(gate, who="all", need=["temperature"])
    entry = passes(gate, temperature=Decimal("36.4"))
    assert "36" not in str(entry.checks)
    assert Temperature.objects.get().gate == gate.gate


@pytest.mark.parametrize("change", [{"admitted": False}, {"guard": uuid4()}])
def test_an_entry_is_never_changed(gate, change):
    entry = passes(gate)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.delete()


def test_the_same_entry_sent_twice_is_one(gate):
    once = uuid4()
    order(gate, who="all", need=["temperature", "mask"])
    first = passes(gate, client_id=once, seen=["mask"], temperature=Decimal("36.4"))
    again = passes(gate, client_id=once, seen=["mask"], temperature=Decimal("36.4"))
    assert first == again
    assert (Entry.objects.count(), Stay.objects.count(), Temperature.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    "other",
    [{"seen": []}, {"direction": Direction.OUT}, {"temperature": Decimal("36.9")}],
    ids=["seen", "way", "figure"],
)
def test_the_same_id_with_another_content_is_a_visible_conflict(gate, other):
    once = uuid4()
    order(gate, who="all", need=["temperature", "mask"])
    sent = {"client_id": once, "seen": ["mask"], "temperature": Decimal("36.4")}
    passes(gate, **sent)
    with pytest.raises(Conflict):
        passes(gate, **(sent | other))
    assert Entry.objects.count() == 1


def test_what_changed_between_the_screen_and_the_key_stops_the_person(gate):
    assert scan(gate).verdict is GateVerdict.ADMIT
    restrict(gate.people.staff, by=SETUP, kind="no_entry", reason="Chờ kết quả", at=clock.now())
    with pytest.raises(Conflict) as stopped:
        passes(gate)
    assert stopped.value.code == "stopped" and not Entry.objects.exists()


def test_what_a_clause_refuses_without_is_refused_and_names_it(gate):  # E1
    order(gate, who="all", need=["mask"], if_missing="refuse")
    with pytest.raises(Refusal, match="đeo khẩu trang"):
        passes(gate)
    assert passes(gate, seen=["mask"]).admitted


def test_nobody_is_kept_from_leaving(gate, time_machine):
    order(gate, who="all", need=["declaration", "mask", "temperature"], if_missing="refuse", direction="in_out")
    restrict(gate.people.staff, by=SETUP, kind="no_entry", reason="Chờ kết quả", at=clock.now())
    out = passes(gate, Direction.OUT)
    assert out.admitted and out.direction == Direction.OUT


def test_going_out_ends_the_stay(gate, time_machine):
    passes(gate)
    time_machine.shift(3600)
    out = passes(gate, Direction.OUT)
    stay = Stay.objects.get()
    assert (stay.until_at, scan(gate).verdict) == (out.at, GateVerdict.ADMIT)


def test_somebody_turned_away_is_written_down_and_is_not_in_the_house(gate):
    order(gate, who="all", need=["declaration"])
    once = uuid4()
    for _twice in range(2):
        entry = turn_away(gate.gate_pass, by=by(gate.people.guard), device=gate.device, client_id=once, at=clock.now())
    assert (entry.admitted, entry.verdict, Entry.objects.count()) == (False, GateVerdict.NOT_DECLARED, 1)
    assert not Stay.objects.exists()


def test_a_new_pass_closes_the_old_one_at_once(gate, time_machine):
    old = payload(gate.gate_pass.token)
    time_machine.shift(60)
    new = renew_pass(gate.gate_pass, by=by(gate.people.staff), at=clock.now())
    shown = {"gate": gate.gate, "at": clock.now(), "device": gate.device}
    assert check(old, **shown).verdict is GateVerdict.UNKNOWN_CODE
    assert check(gate.code, **shown).verdict is GateVerdict.UNKNOWN_CODE
    assert check(payload(new.token), **shown).verdict is GateVerdict.ADMIT


def test_every_colleague_gets_a_pass_and_a_code_and_only_one(gate, time_machine):
    issue_to_staff(by=SETUP, at=clock.now())
    assert issue_to_staff(by=SETUP, at=clock.now()) == 0
    staff = GatePass.objects.filter(agency=gate.land.bureau, visit=None)
    assert staff.count() == staff.values("person").distinct().count() >= 6
    time_machine.shift(24 * 3600 + 60)
    assert issue_to_staff(by=SETUP, at=clock.now()) == staff.count()
    assert GatePass.objects.filter(agency=gate.land.bureau).count() == staff.count()


def test_revoking_twice_changes_nothing(gate, time_machine):
    time_machine.shift(60)
    revoke_pass(gate.gate_pass, by=SETUP, at=clock.now())
    ended = PassCode.objects.get().ends_at
    time_machine.shift(60)
    revoke_pass(gate.gate_pass, by=SETUP, at=clock.now())
    assert PassCode.objects.get().ends_at == ended


def test_the_pass_of_another_agency_opens_nothing_here(gate):  # S-10
    other = issue_pass(gate.people.researcher, by=SETUP, agency=gate.land.institute, at=clock.now())
    assert scan(gate, token=other.token).verdict is GateVerdict.UNKNOWN_CODE


def test_a_code_alone_outside_an_enrolled_device_opens_nothing(gate):
    assert check(gate.code, gate=gate.gate, at=clock.now(), device=None).verdict is GateVerdict.UNKNOWN_CODE
