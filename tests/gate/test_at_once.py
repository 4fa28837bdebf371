"""Two at the same instant: one row, one pass, one answer; the database judges between real connections (house D3, D9)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction

from taicho.gate.actions.exceptions import ask_leader, decide
from taicho.gate.actions.passes import issue_pass
from taicho.gate.actions.tallies import TooMany, count_sending
from taicho.gate.actions.visits import pass_of, register_visit
from taicho.gate.enums import GateVerdict
from taicho.gate.models import Entry, ExceptionDecision, ExceptionRequest, GatePass, GateTally, PassCode, Visit
from taicho.gate.rules.limits import limits
from taicho.health.models import Declaration
from taicho.kernel import clock
from taicho.kernel.refusals import Refusal
from taicho.organisation.models import SealedIdentity
from taicho.presence.models import Stay
from tests.gate.test_visits import FACTS
from tests.gate.words import by, no_answers, order, passes
from tests.organisation.land import SETUP

HANDS = 4


pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in as many connections, all from the same instant; what each returned, or the refusal."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            ready.wait(20)
            with transaction.atomic():
                return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_what_two_send_at_once_is_there_once(gate):
    """One database with commits serves all of them: making it is dear."""
    an_entry_from_two_tablets(gate)
    one_pass_for_four_askings(gate)
    one_question_of_two_guards(gate)
    a_yes_and_a_no_at_once(gate)
    one_visit_for_four_presses_of_the_same_key(gate)
    of_two_forms_with_one_id_the_first_stands(gate)
    a_flood_is_counted_exactly()


def an_entry_from_two_tablets(gate):
    once = uuid4()
    said = at_once(*[lambda: passes(gate, client_id=once).pk] * HANDS)
    assert len(set(said)) == 1 and Entry.objects.count() == Stay.objects.count() == 1


def one_pass_for_four_askings(gate):
    at = clock.now()
    said = at_once(*[lambda: issue_pass(gate.people.head, by=SETUP, agency=gate.land.bureau, at=at).pk] * HANDS)
    assert len(set(said)) == 1
    assert GatePass.objects.filter(person=gate.people.head).count() == 1
    assert PassCode.objects.filter(gate_pass=said[0]).count() == 1


def one_question_of_two_guards(gate):
    order(gate, who="all", need=["declaration"], if_missing="refuse")
    guard, at = by(gate.people.guard), clock.now()
    asking = {"by": guard, "device": gate.device, "verdict": GateVerdict.NOT_DECLARED, "at": at}
    said = at_once(*[lambda: ask_leader(gate.gate_pass, client_id=uuid4(), **asking).pk] * HANDS)
    assert len(set(said)) == 1 and ExceptionRequest.objects.count() == 1


def a_yes_and_a_no_at_once(gate):
    asked, leader, at = ExceptionRequest.objects.get(), by(gate.people.leader), clock.now()
    yes, no = (
        lambda answer=answer: decide(asked, by=leader, allowed=answer, reason="x", at=at) for answer in (True, False)
    )
    said = at_once(yes, no)
    refused = [one for one in said if isinstance(one, Refusal)]
    assert [one.code for one in refused] == ["decided-already"] and ExceptionDecision.objects.count() == 1


def one_visit_for_four_presses_of_the_same_key(gate):
    once = uuid4()
    said = at_once(*[lambda: registers(gate, FACTS, once)] * HANDS)
    assert len({pass_of(visit).pk for visit in said}) == 1
    assert Visit.objects.count() == SealedIdentity.objects.count() == Declaration.objects.count() == 1


def of_two_forms_with_one_id_the_first_stands(gate):
    once = uuid4()
    forms = (FACTS, replace(FACTS, host="Ông Tuấn"))
    said = at_once(*[lambda facts=facts: registers(gate, facts, once) for facts in forms])
    assert [one.code for one in said if isinstance(one, Refusal)] == ["gate_visit_sent_once"]
    assert Visit.objects.filter(client_id=once).count() == 1


def registers(gate, facts, once):
    sent = {"by": SETUP, "gate": gate.gate, "client_id": once, "at": clock.now(), "answers": no_answers()}
    return register_visit(facts, **sent)


def a_flood_is_counted_exactly():
    at, most = clock.now(), limits().per_minute["device"]
    said = at_once(*[lambda: count_sending({"device": "x"}, at)] * (most + HANDS))
    assert sum(isinstance(one, TooMany) for one in said) == HANDS
    assert GateTally.objects.get().count == most
