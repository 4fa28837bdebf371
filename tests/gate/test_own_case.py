"""Nobody at the gate settles their own case (E3; trust.md A3)."""

from uuid import uuid4

import pytest

from taicho.gate.actions.exceptions import ask_leader, record_telephone
from taicho.gate.actions.passes import issue_pass
from taicho.gate.enums import GateVerdict
from taicho.gate.models import ExceptionDecision
from taicho.kernel import clock
from taicho.kernel.refusals import Refusal
from tests.gate.words import by, order, scan
from tests.organisation.land import SETUP


def test_a_guard_writes_down_no_word_of_a_leader_about_themself(gate):
    guard, at = by(gate.people.guard), clock.now()
    order(gate, who="all", need=["declaration"], if_missing="refuse")
    own = issue_pass(gate.people.guard, by=SETUP, agency=gate.land.bureau, at=at)
    assert scan(gate, token=own.token).verdict is GateVerdict.NOT_DECLARED
    asked = ask_leader(own, by=guard, device=gate.device, verdict=GateVerdict.NOT_DECLARED, client_id=uuid4(), at=at)
    with pytest.raises(Refusal) as refused:
        record_telephone(asked, by=guard, leader=gate.people.leader, allowed=True, reason="Sếp cho vào", at=at)
    assert refused.value.code == "own-case" and not ExceptionDecision.objects.exists()
