"""Short words for tests at the gate."""

from datetime import date
from uuid import uuid4

from taicho.directives.actions.measures import decide
from taicho.gate.actions.entries import Passing, record_entry
from taicho.gate.enums import Direction, Need
from taicho.gate.queries.checking import check
from taicho.gate.rules.codes import payload
from taicho.health.actions.declaring import declare
from taicho.health.rules.questionnaire import latest
from taicho.kernel import clock
from taicho.organisation.queries.build_actor import build_actor

FROM = date(2026, 1, 1)


def by(person):
    """The actor a person is now."""
    return build_actor(person.account, clock.now())


def order(gate, kind="gate.entry_requirements", **params):
    """The office decides a measure of the gate for the whole agency; a document would be the other source."""
    more = {name: params.pop(name) for name in ("until_day", "scope", "from_day") if name in params}
    more.setdefault("from_day", FROM)
    return decide(
        gate.land.bureau, by=by(gate.people.leader), kind=kind, params=params, subject="Điều kiện tại cổng",
        reason="Phòng dịch", **more,
    )  # fmt: skip


def no_answers(**yes):
    """A declaration in which everything is answered "không", but for what is named."""
    return {question.key: yes.get(question.key, False) for question in latest().questions}


def declares(person, **yes):
    """The person declares today."""
    now = clock.now()
    return declare(
        person, by=by(person), client_id=uuid4(), day=clock.today(), answers=no_answers(**yes), temperature=None, at=now
    )


def scan(gate, *, token=None, at=None):
    """What the screen says when the member of staff shows the QR."""
    shown = payload(token or gate.gate_pass.token)
    return check(shown, gate=gate.gate, at=at or clock.now(), device=gate.device)


def passes(
    gate, direction=Direction.IN, *, seen=(), client_id=None, temperature=None, shown=None, again=False, at=None
):
    """The guard writes a passing."""
    passing = Passing(
        client_id=client_id or uuid4(), direction=direction, seen=frozenset(map(Need, seen)), temperature=temperature,
        again=again,
    )  # fmt: skip
    return record_entry(
        shown or gate.gate_pass, passing, by=by(gate.people.guard), device=gate.device, at=at or clock.now()
    )
