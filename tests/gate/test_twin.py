"""The prepared statement says what the ORM says, whatever happened before (Done-when 7)."""

import random
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest

from taicho.directives.actions.measures import withdraw
from taicho.directives.models import Measure
from taicho.gate.actions.exceptions import ask_leader, decide
from taicho.gate.actions.passes import issue_pass, issue_to_staff, renew_pass, revoke_pass
from taicho.gate.actions.rules import rebuild_all
from taicho.gate.actions.visits import VisitorFacts, register_visit, take_host_word
from taicho.gate.enums import Direction, GateVerdict, Need
from taicho.gate.models import ExceptionRequest, GatePass, Visit
from taicho.gate.queries import checking
from taicho.gate.rules.codes import payload
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.models import Restriction
from taicho.kernel import clock
from taicho.kernel.refusals import Refusal
from taicho.organisation.models import Gate
from tests.gate import twin
from tests.gate.words import by, declares, no_answers, order, passes
from tests.organisation.land import SETUP

STEPS = 40


class Story:
    """Random steps at the gate of one office."""

    def __init__(self, gate, chance):
        self.gate, self.chance = gate, chance
        self.staff = [gate.people.staff, gate.people.head, gate.people.office, gate.people.guard]
        self.steps = [self.order, self.withdraw, self.declare, self.restrict, self.lift, self.come, self.leave, self.ask,
                      self.answer, self.visitor, self.host, self.renew, self.revoke, self.codes, self.rebuild, self.end]  # fmt: skip

    def some_pass(self):
        return self.chance.choice(list(GatePass.objects.select_related("person", "visit").order_by("pk")))

    def order(self):
        if self.chance.random() < 0.3:
            mode = self.chance.choice(["free", "limited", "appointment", "official_only", "closed"])
            order(self.gate, kind="gate.visits", mode=mode, purpose=self.chance.choice(["personal", "official", "all"]))
            return
        needs = self.chance.sample([need.value for need in Need], self.chance.randint(1, 4))
        more = self.chance.choice([{}, {"if_missing": self.chance.choice(["note", "ask", "refuse"])}])
        until = {"until_day": clock.today() + timedelta(days=self.chance.randint(0, 2))}
        order(self.gate, who=self.chance.choice(["staff", "visitors", "all"]), need=needs, **more, **until)

    def withdraw(self):
        if rows := list(Measure.objects.filter(withdrawal=None, kind__startswith="gate.").order_by("pk")):
            withdraw(self.chance.choice(rows), by=by(self.gate.people.leader), reason="Nhầm")

    def declare(self):
        declares(self.chance.choice(self.staff), symptoms=self.chance.random() < 0.2)

    def restrict(self):
        who = self.some_pass().person
        restrict(who, by=SETUP, kind=self.chance.choice(["no_entry", "self", "home"]), reason="x", at=clock.now())

    def lift(self):
        if held := Restriction.objects.in_force(clock.now()).order_by("pk").first():
            lift(held, by=SETUP, reason="x", at=clock.now())

    def come(self):
        passes(self.gate, shown=self.some_pass(), again=self.chance.random() < 0.5, seen=["mask", "hand_rub"])

    def leave(self):
        passes(self.gate, Direction.OUT, shown=self.some_pass())

    def ask(self):
        guard = by(self.gate.people.guard)
        why = self.chance.choice([GateVerdict.NOT_DECLARED, GateVerdict.RECHECK])
        ask_leader(
            self.some_pass(), by=guard, device=self.gate.device, verdict=why, client_id=uuid4(), at=clock.now()
        )  # fmt: skip

    def answer(self):
        if asked := ExceptionRequest.objects.open().order_by("pk").first():
            allowed = self.chance.random() < 0.7
            decide(asked, by=by(self.gate.people.leader), allowed=allowed, reason="x", at=clock.now())

    def visitor(self):
        facts = VisitorFacts(
            "Tạ Quang Huy", 1980, "Xương Giang", "Công ty A", "0912345678", "Bà Lan",
            self.chance.choice(["official", "personal"]),
        )  # fmt: skip
        answers = self.chance.choice([None, no_answers()])
        register_visit(facts, by=SETUP, gate=self.gate.gate, client_id=uuid4(), at=clock.now(), answers=answers)

    def host(self):
        if rows := list(Visit.objects.order_by("pk")):
            take_host_word(self.chance.choice(rows), by=by(self.gate.people.guard), at=clock.now())

    def renew(self):
        held = self.some_pass()
        if held.revoked_at is None:
            renew_pass(held, by=SETUP, at=clock.now())

    def revoke(self):
        revoke_pass(self.some_pass(), by=SETUP, at=clock.now())
        issue_pass(self.gate.people.staff, by=SETUP, agency=self.gate.land.bureau, at=clock.now())

    def codes(self):
        issue_to_staff(by=SETUP, at=clock.now())

    def rebuild(self):
        rebuild_all(clock.now())

    def end(self):
        membership = self.gate.people.head.memberships.get()
        membership.ends_at = None if membership.ends_at else clock.now() + timedelta(hours=self.chance.randint(0, 30))
        membership.save()


def both(gate, at, shown):
    """What the statement and the twin say of the same pass."""
    for where, device in ((gate.gate, gate.device), (gate.side_gate, None)):
        fast = checking.check(shown, gate=where, at=at, device=device)
        slow, person = twin.check(shown, gate=where, at=at, device=device)
        said = (fast.verdict, fast.because, fast.needs, fast.noted, fast.person)
        yield said, (slow.verdict, slow.because, slow.needs, slow.missing, person)


@pytest.mark.parametrize("seed", range(3))
def test_the_statement_says_what_its_twin_says_after_any_history(gate, seed, time_machine):
    story = Story(gate, random.Random(seed))
    compared, verdicts = 0, set()
    for _turn in range(STEPS):
        with suppress(Refusal):
            story.chance.choice(story.steps)()
        time_machine.shift(story.chance.choice([1, 60, 3600, 5 * 3600]))
        every = list(GatePass.objects.order_by("pk"))
        for held in story.chance.sample(every, min(3, len(every))):
            shown = [payload(held.token), *(code.code for code in held.codes.order_by("-pk")[:1])]
            for words in shown:
                for fast, slow in both(gate, clock.now(), words):
                    assert fast == slow
                    compared += 1
                    verdicts.add(fast[0])
    assert compared > 100 and len(verdicts) >= 3


def test_a_closed_gate_and_a_site_nobody_holds_open_nothing(gate, time_machine):
    Gate.objects.filter(pk=gate.side_gate.pk).update(closed_on=clock.today())
    gate.side_gate.refresh_from_db()
    shown = payload(gate.gate_pass.token)
    said = [fast for fast, slow in both(gate, clock.now(), shown) if fast == slow]
    assert [one[0] for one in said] == [GateVerdict.ADMIT, GateVerdict.UNKNOWN_CODE]
    gate.site.holdings.update(valid_to=clock.today())
    time_machine.shift(24 * 3600)
    assert all(fast[0] is slow[0] is GateVerdict.UNKNOWN_CODE for fast, slow in both(gate, clock.now(), shown))
