"""A leader's yes answers the question that was asked, and waives nothing else (E3)."""

from uuid import uuid4

import pytest

from taicho.gate.actions.exceptions import ask_leader, decide
from taicho.gate.actions.visits import VisitorFacts, register_visit
from taicho.gate.enums import GateVerdict
from taicho.gate.models import ExceptionRequest, GatePass
from taicho.kernel import clock
from tests.gate.words import by, no_answers, order, scan
from tests.organisation.land import SETUP

pytestmark = pytest.mark.django_db


def visitor(gate, *, answers):
    """A visitor who has answered the questions of the day, or not (None)."""
    facts = VisitorFacts("Tạ Quang Huy", 1980, "Xương Giang", "Công ty A", "0912345678", "Bà Lan", "official")
    visit = register_visit(facts, by=SETUP, gate=gate.gate, client_id=uuid4(), at=clock.now(), answers=answers)
    return GatePass.objects.get(visit=visit)


def let_in(gate, shown, verdict, *, allowed=True):
    """The guard asks because of a verdict, the leader answers."""
    asked = ask_leader(
        shown, by=by(gate.people.guard), device=gate.device, verdict=verdict, client_id=uuid4(), at=clock.now()
    )
    decide(asked, by=by(gate.people.leader), allowed=allowed, reason="Việc gấp", at=clock.now())


@pytest.fixture
def strict(gate):
    """Everyone declares, and the host must speak for a visitor."""
    order(gate, who="all", need=["declaration"], if_missing="refuse")
    order(gate, kind="gate.visits", mode="limited", purpose="all")
    return gate


def test_who_may_come_in_undeclared_still_needs_the_word_of_the_host(strict):
    shown = visitor(strict, answers=None)
    assert scan(strict, token=shown.token).verdict is GateVerdict.NOT_DECLARED
    let_in(strict, shown, GateVerdict.NOT_DECLARED)
    assert scan(strict, token=shown.token).verdict is GateVerdict.RECHECK


def test_who_may_come_in_without_the_host_still_has_to_declare(strict):
    shown = visitor(strict, answers=None)
    let_in(strict, shown, GateVerdict.RECHECK)
    assert scan(strict, token=shown.token).verdict is GateVerdict.NOT_DECLARED


def test_two_answers_to_two_questions_let_a_visitor_in(strict):
    shown = visitor(strict, answers=None)
    for why in (GateVerdict.NOT_DECLARED, GateVerdict.RECHECK):
        let_in(strict, shown, why)
    assert scan(strict, token=shown.token).verdict is GateVerdict.ADMIT
    assert ExceptionRequest.objects.count() == 2


def test_an_answered_question_about_the_host_serves_who_has_declared(strict):
    shown = visitor(strict, answers=no_answers())
    let_in(strict, shown, GateVerdict.RECHECK)
    assert scan(strict, token=shown.token).verdict is GateVerdict.ADMIT


def test_a_no_of_the_leader_waives_nothing(strict):
    shown = visitor(strict, answers=None)
    let_in(strict, shown, GateVerdict.NOT_DECLARED, allowed=False)
    assert scan(strict, token=shown.token).verdict is GateVerdict.NOT_DECLARED


def test_a_question_that_waits_is_not_asked_twice_and_another_is_asked_beside_it(strict):
    shown, guard = visitor(strict, answers=None), by(strict.people.guard)
    asked = [
        ask_leader(shown, by=guard, device=strict.device, verdict=why, client_id=uuid4(), at=clock.now()).pk
        for why in (GateVerdict.NOT_DECLARED, GateVerdict.NOT_DECLARED, GateVerdict.RECHECK)
    ]
    assert asked[0] == asked[1] != asked[2]
