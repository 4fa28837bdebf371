"""A temperature that a guard typed is kept, whichever key is pressed after it (E1, E2)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from taicho.gate.actions.entries import turn_away
from taicho.gate.enums import Direction, GateVerdict
from taicho.gate.models import Entry
from taicho.health.models import HealthAlert, Temperature
from taicho.kernel import clock
from taicho.kernel.refusals import Conflict
from tests.gate.test_pages import press
from tests.gate.words import by, order, passes, scan

HIGH = Decimal("38.5")


@pytest.fixture
def measuring(gate):
    """A gate that measures everybody, and an office that has decided from when somebody waits."""
    order(gate, who="all", need=["temperature"])
    order(gate, "health.fever_threshold", at_least_c=38)
    return gate


def test_a_high_reading_is_kept_though_the_guard_presses_not_in(measuring, at_gate):  # E2
    press(at_gate(), measuring, "turn-away", temperature="385")
    assert Temperature.objects.get().celsius == HIGH and HealthAlert.objects.count() == 1
    entry = Entry.objects.get()
    assert (entry.admitted, entry.verdict, entry.checks) == (False, GateVerdict.HIGH_TEMPERATURE, {"temperature": True})
    assert scan(measuring).verdict is GateVerdict.HIGH_TEMPERATURE


def test_turned_away_with_a_reading_twice_is_one_and_with_another_a_conflict(measuring):  # D9
    sent = {"by": by(measuring.people.guard), "device": measuring.device, "client_id": uuid4(), "at": clock.now()}
    for _twice in range(2):
        turn_away(measuring.gate_pass, celsius=HIGH, **sent)
    assert Entry.objects.count() == Temperature.objects.count() == 1
    with pytest.raises(Conflict):
        turn_away(measuring.gate_pass, celsius=Decimal("36.5"), **sent)


def test_a_reading_taken_on_the_way_out_is_kept_and_keeps_nobody(measuring):
    client_id = uuid4()
    for _twice in range(2):
        entry = passes(measuring, Direction.OUT, client_id=client_id, temperature=HIGH)
    assert entry.admitted and Temperature.objects.get().celsius == HIGH
