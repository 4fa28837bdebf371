"""Any state of things a gate may be asked in, written straight into the tables: what no history of proper steps reaches."""

from datetime import timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from hypothesis import strategies as st

from taicho.gate.actions.rules import rebuild
from taicho.gate.enums import Direction, GateVerdict
from taicho.gate.models import (
    Entry,
    ExceptionDecision,
    ExceptionRequest,
    GatePass,
    GateRule,
    HostWord,
    PassCode,
    Visit,
)
from taicho.gate.rules.codes import new_code, new_token
from taicho.health.models import AlertStep, Declaration, HealthAlert, Restriction, Temperature
from taicho.kernel import clock
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import Gate, Person, SiteHolding, StaffMembership
from tests.gate.words import order
from tests.organisation.land import NOW

MINUTES = st.sampled_from([-3000, -1441, -1440, -60, -1, 0, 1, 60, 840, 841, 1440, 3000])
"""Minutes from 10h00 of the day: also the very instant, midnight in Hà Nội (840) and the days beside."""
SPANS = st.tuples(MINUTES, st.none() | MINUTES)
NEEDS = st.lists(st.sampled_from(["declaration", "temperature", "mask", "book"]), min_size=1, max_size=3, unique=True)
ENTRY = st.fixed_dictionaries(
    {"who": st.sampled_from(["staff", "visitors", "all"]), "need": NEEDS},
    optional={"if_missing": st.sampled_from(["note", "ask", "refuse"])},
)
VISITS = st.fixed_dictionaries(
    {
        "kind": st.just("gate.visits"),
        "mode": st.sampled_from(["free", "limited", "appointment", "official_only", "closed"]),
        "purpose": st.sampled_from(["personal", "official", "all"]),
    }
)


def mostly(usual, others):
    """The usual value nine times in ten, so that one odd fact does not hide all the others."""
    return st.integers(0, 9).flatmap(lambda turn: others if turn == 9 else st.just(usual))


STATES = st.fixed_dictionaries(
    {
        "visitor": st.booleans(),
        "purpose": st.sampled_from(["official", "personal"]),
        "serves": mostly(
            [((-5000, None), "department")],
            st.lists(st.tuples(SPANS, st.sampled_from(["department", "office", "institute"])), max_size=2),
        ),
        "visit_ends": mostly(3001, MINUTES),
        "revoked": mostly(None, MINUTES),
        "code": st.tuples(MINUTES, MINUTES),
        "closed_on": mostly(None, st.sampled_from([-1, 0, 1])),
        "held": mostly("bureau", st.sampled_from(["office", "institute", "gone", "nobody"])),
        "declared": st.sets(st.sampled_from([-1, 0, 1])),
        "restricted": mostly(None, SPANS),
        "alerts": mostly([], st.lists(st.tuples(MINUTES, st.booleans(), st.booleans()), max_size=2)),
        "passed": mostly([], st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=3)),
        "asked": st.lists(
            st.tuples(
                st.sampled_from([GateVerdict.NOT_DECLARED, GateVerdict.RECHECK]),
                MINUTES,
                st.none() | st.tuples(st.booleans(), MINUTES),
            ),
            max_size=2,
        ),
        "host": st.booleans(),
        "orders": st.lists(ENTRY | VISITS, max_size=3),
        "kept": st.none() | st.integers(0, 3),
        "at": MINUTES,
    }
)  # fmt: skip


def moment(minutes):
    return NOW + timedelta(minutes=minutes)


def day(days):
    return clock.today(NOW) + timedelta(days=days)


class Written:
    """One state in the tables; `words` is what can be held before the scanner."""

    def __init__(self, gate, state):
        self.gate, self.state, self.agency = gate, state, gate.land.bureau
        self.at = moment(state["at"])
        self.person = self._person()
        self.visit = self._visit() if state["visitor"] else None
        self.held = self._pass()
        self._place()
        self._health()
        self._passings()
        self._asked()
        self._orders()

    def _person(self):
        if self.state["visitor"]:
            return Person.objects.create(kind=PersonKind.VISITOR, registered_in=self.agency)
        person = Person.objects.create(full_name="Hồ Thị Mai")
        for (start, end), where in self.state["serves"]:
            self._if_possible(
                lambda start=start, end=end, where=where: StaffMembership.objects.create(
                    person=person, unit=getattr(self.gate.land, where), **self._term((start, end))
                )
            )
        return person

    def _visit(self):
        begun = min(moment(-5000), moment(self.state["visit_ends"]))
        visit = Visit.objects.create(
            client_id=uuid4(), person=self.person, agency=self.agency, gate=self.gate.gate, host="Bà Lan", content=b"x",
            purpose=self.state["purpose"], registered_at=begun, ends_at=moment(self.state["visit_ends"]),
        )  # fmt: skip
        if self.state["host"]:
            HostWord.objects.create(visit=visit, agency=self.agency, taken_at=begun)
        return visit

    def _pass(self):
        revoked = self.state["revoked"]
        held = GatePass.objects.create(
            person=self.person, agency=self.agency, visit=self.visit, token=new_token(), issued_at=moment(-5000),
            revoked_at=None if revoked is None else moment(revoked),
        )  # fmt: skip
        self.code = new_code()
        start, end = self.state["code"]
        term = {"starts_at": moment(start), "ends_at": moment(max(start + 1, end))}
        PassCode.objects.create(gate_pass=held, agency=self.agency, code=self.code, **term)
        return held

    def _place(self):
        closed = self.state["closed_on"]
        Gate.objects.filter(pk=self.gate.gate.pk).update(closed_on=None if closed is None else day(closed))
        self.gate.gate.refresh_from_db()
        held = self.state["held"]
        rows = SiteHolding.objects.filter(site=self.gate.site)
        if held == "nobody":
            rows.delete()
        elif held == "gone":
            rows.update(valid_to=day(-1))
        else:
            rows.update(unit=getattr(self.gate.land, held))

    def _health(self):
        who = {"person": self.person, "agency": self.agency}
        for days in self.state["declared"]:
            Declaration.objects.create(**who, client_id=uuid4(), day=day(days), answers={"x": False},
                                       questionnaire="covid-2021", made_at=self.at)  # fmt: skip
        if self.state["restricted"] is not None:
            term = self._term(self.state["restricted"])
            Restriction.objects.create(**who, kind="no_entry", reason="x", **term)
        for opened, hot, closed in self.state["alerts"]:
            ground = self._heat(who) if hot else self._answer(who)
            alert = HealthAlert.objects.create(**who, **ground, opened_at=moment(opened))
            if closed:
                AlertStep.objects.create(alert=alert, kind="closed", note="x", taken_at=moment(opened))

    def _heat(self, who):
        return {
            "temperature": Temperature.objects.create(
                **who, client_id=uuid4(), day=day(-9), sealed_celsius="38.5", taken_at=self.at
            )
        }

    def _answer(self, who):
        turn = Declaration.objects.filter(day=day(-9)).count() + 1
        return {
            "declaration": Declaration.objects.create(
                **who, client_id=uuid4(), day=day(-9), turn=turn, answers={"x": True}, questionnaire="covid-2021",
                made_at=self.at,
            )
        }  # fmt: skip

    def _passings(self):
        sites = [self.gate.site, self.gate.other_site]
        for inward, admitted, here in self.state["passed"]:
            Entry.objects.create(
                client_id=uuid4(), agency=self.agency, site=sites[not here], gate=self.gate.gate, person=self.person,
                direction=Direction.IN if inward else Direction.OUT, admitted=admitted or not inward,
                verdict=GateVerdict.ADMIT, at=self.at,
            )  # fmt: skip

    def _asked(self):
        for verdict, until, answer in self.state["asked"]:
            request = ExceptionRequest.objects.create(
                client_id=uuid4(), agency=self.agency, gate=self.gate.gate, person=self.person, visit=self.visit,
                verdict=verdict, asked_at=moment(-5000), holds_until=moment(until),
            )  # fmt: skip
            if answer is not None:
                ExceptionDecision.objects.create(
                    request=request, allowed=answer[0], leader=self.gate.people.leader, reason="x",
                    decided_at=moment(answer[1]),
                )  # fmt: skip

    def _orders(self):
        """Measures one after the other; the rules may have been kept before the last ones came."""
        GateRule.objects.all().delete()
        for number, params in enumerate(self.state["orders"]):
            if number == self.state["kept"]:
                rebuild(self.agency, self.at)
            order(self.gate, from_day=day(-9), **params)
        if self.state["kept"] == len(self.state["orders"]):
            rebuild(self.agency, self.at)

    @staticmethod
    def _term(span):
        start, end = span
        over = None if end is None or end <= start else moment(end)
        return {"starts_at": moment(start), "ends_at": over}

    @staticmethod
    def _if_possible(write):
        """What the database forbids is no state."""
        try:
            with transaction.atomic():
                write()
        except IntegrityError:
            return
