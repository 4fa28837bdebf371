"""What the screen of the gate says, and for which clause (E1–E5, F1)."""

from decimal import Decimal

import pytest

from taicho.directives.actions.measures import withdraw
from taicho.gate.actions.rules import rebuild_all
from taicho.gate.enums import GateVerdict, Need
from taicho.gate.models import GateRule
from taicho.health.actions.restrictions import lift, restrict
from taicho.kernel import clock
from tests.gate.words import by, declares, order, passes, scan
from tests.organisation.land import SETUP


def test_where_nothing_is_ordered_a_colleague_walks_in(gate):
    said = scan(gate)
    assert (said.verdict, said.because, said.needs) == (GateVerdict.ADMIT, (), ())
    assert (said.name, said.unit) == ("Nguyễn Thị Lan", "Phòng Tổng hợp")


def test_without_a_declaration_nobody_enters_and_the_clause_says_so(gate):  # E3, F1
    measure = order(gate, who="all", need=["declaration"], if_missing="refuse")
    said = scan(gate)
    assert (said.verdict, said.because) == (GateVerdict.NOT_DECLARED, (measure.key,))
    declares(gate.people.staff)
    assert scan(gate).verdict is GateVerdict.ADMIT


def test_the_clause_shown_is_the_one_that_orders_it_and_no_other(gate):  # E3
    order(gate, who="all", need=["mask", "hand_rub"])
    declaration = order(gate, who="staff", need=["declaration"])
    order(gate, who="visitors", need=["book"])
    assert scan(gate).because == (declaration.key,)


def test_what_a_document_only_wants_noted_stops_nobody(gate):
    order(gate, who="all", need=["declaration"], if_missing="note")
    said = scan(gate)
    assert (said.verdict, said.noted) == (GateVerdict.ADMIT, (Need.DECLARATION,))


def test_what_visitors_are_asked_is_not_asked_of_colleagues(gate):  # E4
    order(gate, who="visitors", need=["declaration", "temperature"], if_missing="refuse")
    assert scan(gate).verdict is GateVerdict.ADMIT and scan(gate).needs == ()


def test_a_restriction_stops_at_once_tells_no_reason_and_ends_with_the_lift(gate, time_machine):  # F8, story 8
    order(gate, who="all", need=["declaration"])
    declares(gate.people.staff)
    held = restrict(gate.people.staff, by=SETUP, kind="no_entry", reason="Chờ kết quả", at=clock.now())
    said = scan(gate)
    assert (said.verdict, said.because) == (GateVerdict.WAIT, ())
    time_machine.shift(60)
    lift(held, by=SETUP, reason="Kết quả âm tính", at=clock.now())
    assert scan(gate).verdict is GateVerdict.ADMIT


def test_somebody_who_answered_yes_waits_until_the_health_post_has_closed_it(gate):  # F1
    declares(gate.people.staff, symptoms=True)
    assert scan(gate).verdict is GateVerdict.WAIT


def test_a_reading_at_the_decided_threshold_keeps_the_person_out(gate):  # E2
    threshold = order(gate, kind="health.fever_threshold", at_least_c=37.5)
    measured = order(gate, who="all", need=["temperature"])
    assert scan(gate).needs == (Need.TEMPERATURE,)
    entry = passes(gate, temperature=Decimal("37.5"))
    assert (entry.admitted, entry.verdict) == (False, GateVerdict.HIGH_TEMPERATURE)
    said = scan(gate)
    assert (said.verdict, said.because) == (GateVerdict.HIGH_TEMPERATURE, (measured.key,))
    assert threshold.key not in said.because


def test_without_a_decided_threshold_no_temperature_is_judged(gate):  # E2
    order(gate, who="all", need=["temperature"])
    assert passes(gate, temperature=Decimal("38.5")).admitted


def test_who_is_inside_is_said_to_be(gate):
    passes(gate)
    assert scan(gate).verdict is GateVerdict.STILL_INSIDE


def test_the_pass_of_somebody_who_left_opens_nothing(gate):  # A13
    gate.people.staff.memberships.update(ends_at=clock.now())
    assert scan(gate).verdict is GateVerdict.UNKNOWN_CODE


@pytest.mark.parametrize("kept", [False, True], ids=["nothing kept", "rules kept"])
def test_a_measure_counts_from_the_instant_it_is_confirmed_or_taken_back(gate, kept):  # A6
    if kept:
        rebuild_all(clock.now())
    measure = order(gate, who="staff", need=["declaration"])
    assert scan(gate).verdict is GateVerdict.NOT_DECLARED
    if kept:
        rebuild_all(clock.now())
        assert not scan(gate).stale
    withdraw(measure, by=by(gate.people.leader), reason="Nhầm mục")
    assert scan(gate).verdict is GateVerdict.ADMIT


def test_the_kept_rules_are_used_and_say_the_same(gate):
    order(gate, who="all", need=["declaration", "mask"], if_missing="refuse")
    fresh = scan(gate)
    rebuild_all(clock.now())
    kept = scan(gate)
    assert (fresh.stale, kept.stale) == (True, False)
    assert (kept.verdict, kept.because, kept.asked) == (fresh.verdict, fresh.because, fresh.asked)


def test_the_rule_of_yesterday_is_not_the_rule_of_today(gate, time_machine):
    order(gate, who="all", need=["declaration"], until_day=clock.today())
    rebuild_all(clock.now())
    assert scan(gate).verdict is GateVerdict.NOT_DECLARED
    time_machine.shift(24 * 3600)
    assert scan(gate).verdict is GateVerdict.ADMIT
    rebuild_all(clock.now())
    assert not GateRule.objects.filter(day__lt=clock.today()).exists()
