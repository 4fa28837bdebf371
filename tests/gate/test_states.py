"""Whatever stands in the tables, the prepared statement of the gate and its twin in the ORM say the same (Done-when 7)."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, example, given, settings

from taicho.gate.enums import GateVerdict
from taicho.gate.queries import checking
from taicho.gate.rules.codes import payload
from taicho.organisation.actions.places import add_site
from tests.gate import twin
from tests.gate.states import STATES, Written
from tests.organisation.land import SETUP, START

MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
QUIET = {
    "visitor": False, "purpose": "official", "serves": [((-3000, None), "department")], "visit_ends": 840,
    "revoked": None, "code": (-60, 1440), "closed_on": None, "held": "bureau", "declared": {0}, "restricted": None,
    "alerts": [], "passed": [], "asked": [], "host": False, "orders": [], "kept": None, "at": 0,
}  # fmt: skip


@pytest.fixture
def house(gate):
    """The gate, and a second site of the agency whose passings do not count here."""
    gate.other_site = add_site(by=SETUP, unit=gate.land.bureau, name="Kho", address="Số 9", valid_from=START)
    return gate


def compare(gate, words, at, device):
    """The statement's answer, which must be its twin's."""
    fast = checking.check(words, gate=gate.gate, at=at, device=device)
    slow, person = twin.check(words, gate=gate.gate, at=at, device=device)
    assert (fast.verdict, fast.because, fast.needs, fast.noted, fast.person) == (
        slow.verdict, slow.because, slow.needs, slow.missing, person,
    )  # fmt: skip
    return fast


@MANY
@given(STATES)
@example(QUIET)
@example(QUIET | {"serves": [((-3000, None), "institute")]})
@example(QUIET | {"orders": [{"who": "all", "need": ["declaration"]}], "declared": {-1, 1}, "kept": 1})
@example(QUIET | {"orders": [{"who": "all", "need": ["declaration"]}], "declared": set(), "kept": 0})
@example(QUIET | {"passed": [(True, True, False)]})
@example(QUIET | {"passed": [(True, True, True), (True, False, True)]})
@example(QUIET | {"alerts": [(-60, True, False), (0, False, True)]})
@example(QUIET | {"visitor": True, "visit_ends": 0})
@example(QUIET | {"at": 840, "code": (-60, 840)})
def test_the_statement_and_its_twin_agree_on_every_state(house, state):
    with transaction.atomic():
        written = Written(house, state)
        said = compare(house, payload(written.held.token), written.at, None)
        typed = compare(house, written.code, written.at, house.device)
        assert typed.verdict in (said.verdict, GateVerdict.UNKNOWN_CODE)
        read = checking.check_pass(written.held.key, gate=house.gate, at=written.at)
        assert (read.verdict, read.because, read.facts) == (said.verdict, said.because, said.facts)
        event(str(said.verdict.value))
        transaction.set_rollback(True)
    house.gate.refresh_from_db()


def asked_of(house, **changes):
    """What the screen says in a state that differs in `changes` from a quiet one."""
    with transaction.atomic():
        written = Written(house, QUIET | changes)
        said = compare(house, payload(written.held.token), written.at, None)
        transaction.set_rollback(True)
    house.gate.refresh_from_db()
    return said


def test_what_the_screen_says_at_the_borders_of_every_fact(house):  # E1, F8
    for changes, verdict in [
        ({}, "admit"),
        ({"serves": []}, "unknown_code"),
        ({"serves": [((-3000, 0), "department")]}, "unknown_code"),  # ended at this very instant
        ({"serves": [((0, None), "office")]}, "admit"),  # began at this very instant
        ({"restricted": (-60, 0)}, "admit"),
        ({"restricted": (0, None)}, "wait"),
        ({"alerts": [(-60, True, False)]}, "high_temperature"),
        ({"alerts": [(-60, False, False)]}, "wait"),
        ({"alerts": [(-60, True, True), (-1, False, True)]}, "admit"),
        ({"alerts": [(1, True, False)]}, "admit"),  # opened by a clock that is ahead: not yet
        ({"passed": [(True, True, True)]}, "still_inside"),
        ({"passed": [(True, True, True), (False, True, True)]}, "admit"),
        ({"passed": [(True, False, True)]}, "admit"),  # turned away is not inside
        ({"closed_on": 1}, "admit"),
        ({"closed_on": 0}, "unknown_code"),
        ({"held": "institute"}, "unknown_code"),
        ({"held": "office"}, "admit"),  # a department of the agency holds the site for it
        ({"held": "nobody"}, "unknown_code"),
        ({"revoked": 60}, "unknown_code"),  # a pass taken back opens nothing, whatever hour it says
        ({"visitor": True, "visit_ends": 1}, "admit"),
        ({"visitor": True, "visit_ends": 0}, "unknown_code"),
    ]:
        assert asked_of(house, **changes).verdict == verdict, changes


def test_a_decision_counts_while_its_day_lasts_and_for_its_question(house):  # E3
    for asked, verdict in [
        ((GateVerdict.NOT_DECLARED, 1, (True, 0)), "admit"),
        ((GateVerdict.NOT_DECLARED, 1, (True, 1)), "not_declared"),  # decided later than now
        ((GateVerdict.NOT_DECLARED, 0, (True, -1)), "not_declared"),  # the day is over
        ((GateVerdict.NOT_DECLARED, 1, (False, 0)), "not_declared"),
        ((GateVerdict.NOT_DECLARED, 1, None), "not_declared"),
        ((GateVerdict.RECHECK, 1, (True, 0)), "not_declared"),
    ]:
        orders = [{"who": "staff", "need": ["declaration"]}]
        assert asked_of(house, declared=set(), orders=orders, asked=[asked]).verdict == verdict, asked


def test_the_generated_states_reach_every_word_the_gate_says_today(house):
    reached = {
        asked_of(house, **changes).verdict
        for changes in (
            {}, {"serves": []}, {"restricted": (0, None)}, {"alerts": [(0, True, False)]},
            {"passed": [(True, True, True)]}, {"declared": set(), "orders": [{"who": "all", "need": ["declaration"]}]},
            {"visitor": True, "orders": [{"kind": "gate.visits", "mode": "closed", "purpose": "all"}]},
        )
    }  # fmt: skip
    never = {GateVerdict.NOT_ON_ROSTER, GateVerdict.AT_CAPACITY, GateVerdict.LOCKDOWN}
    assert reached == set(GateVerdict) - never
