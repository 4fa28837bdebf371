"""Who may do what at the gates: by post, by agency, by delegation, and no longer than the post lasts (A9, A13, E1)."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from taicho.gate import policies
from taicho.gate.actions.visits import VisitorFacts, register_visit
from taicho.gate.models import Entry, ExceptionDecision, ExceptionRequest, GateDevice, GatePass, Visit
from taicho.gate.queries.finding import find_device, find_kept_gate, find_pass, find_request, find_visitor_pass
from taicho.kernel import clock
from taicho.kernel.actor import ANONYMOUS
from taicho.kernel.refusals import NotPermitted
from taicho.organisation.actions.posts import delegate, end_post
from taicho.organisation.actions.staff import transfer
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Gate, Person, Post
from tests.gate.words import passes
from tests.organisation.land import SETUP, actor, post, staff

ALL = ("staff", "head", "office", "guard", "leader", "administrator", "superior", "researcher", "villager", "stranger")


def permitted(gate, policy, thing=None):
    """Who of everybody is permitted."""
    return {name for name in ALL if policy.test(actor(getattr(gate.people, name)), thing)}


@pytest.fixture
def asked(gate):
    """A question about the member of staff."""
    return ExceptionRequest.objects.create(
        client_id=uuid4(), agency=gate.land.bureau, gate=gate.gate, person=gate.people.staff, verdict="not_declared",
        asked_at=clock.now(), holds_until=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "policy, who",
    [
        (policies.may_guard, {"guard"}),
        (policies.may_keep_devices, {"office", "administrator"}),
        (policies.may_read_book, {"guard", "office"}),
        (policies.may_decide_exception, {"leader"}),
        (policies.may_read_request, {"guard", "leader"}),
    ],
    ids=["guard", "keep devices", "read the book", "decide", "read a question"],
)
def test_each_right_has_its_posts_and_nobody_from_above_has_any(gate, policy, who):  # A9
    assert permitted(gate, policy) == permitted(gate, policy, gate.land.bureau) == who
    assert permitted(gate, policy, gate.gate) == who
    assert permitted(gate, policy, gate.land.elsewhere) == set()
    assert not policy.test(ANONYMOUS) and not policy.test(ANONYMOUS, gate.land.bureau)
    with pytest.raises(NotPermitted, match="Chỉ"):
        policy.permit(actor(gate.people.staff))


def test_only_the_staff_have_a_pass_of_their_own(gate):
    assert permitted(gate, policies.may_have_pass) == set(ALL)
    assert not policies.may_have_pass.test(ANONYMOUS)


def test_a_guard_of_the_agency_guards_no_gate_of_an_agency_below_it(gate):
    assert not policies.may_guard.test(actor(gate.people.guard), gate.land.institute)
    post(gate.people.researcher, gate.land.institute, PostRole.GUARD)
    assert policies.may_guard.test(actor(gate.people.researcher), gate.land.institute)
    assert not policies.may_guard.test(actor(gate.people.researcher), gate.land.bureau)


def test_an_administrator_keeps_the_devices_of_all_below_and_reads_no_book(gate):
    one = actor(gate.people.administrator)
    assert policies.may_keep_devices.test(one, gate.land.institute)
    assert not policies.may_keep_devices.test(one, gate.land.elsewhere)
    assert not policies.may_read_book.test(one, gate.land.institute)


@pytest.mark.parametrize("role", [PostRole.GUARD, PostRole.ENTRANCE_DESK])
def test_a_post_counts_from_its_first_to_its_last_instant(gate, role, time_machine):  # A13
    held = post(gate.people.staff, gate.land.office, role)
    assert policies.may_guard.test(actor(gate.people.staff), gate.gate)
    time_machine.shift(60)
    end_post(held, by=SETUP, at=clock.now())
    assert not policies.may_guard.test(actor(gate.people.staff), gate.gate)


def test_who_is_transferred_guards_here_no_more(gate, time_machine):  # A13
    time_machine.shift(60)
    transfer(gate.people.guard, by=SETUP, to=gate.land.institute, at=clock.now())
    guard = actor(Person.objects.get(pk=gate.people.guard.pk))
    assert not policies.may_guard.test(guard) and not GateDevice.objects.visible_to(guard).exists()


def test_nobody_decides_their_own_case_whatever_the_post(gate, asked):
    leader = actor(gate.people.leader)
    assert policies.may_decide_exception.test(leader, asked)
    asked.person = gate.people.leader
    assert not policies.may_decide_exception.test(leader, asked)
    assert not policies.may_read_request.test(leader, asked)


def test_whoever_acts_for_a_leader_decides_and_reads_and_may_not_guard(gate, asked):
    held = Post.objects.get(role=PostRole.LEADER, unit=gate.land.bureau)
    until = datetime(2026, 12, 1, tzinfo=UTC)
    delegate(held, by=actor(gate.people.leader), to=gate.people.head, matters="trực", document="1/GUQ", until=until)
    head = actor(gate.people.head)
    assert policies.may_decide_exception.test(head, asked) and policies.may_read_request.test(head, asked)
    assert not policies.may_guard.test(head, asked)


def test_a_thing_that_is_none_of_the_gate_gives_no_right_to_keep_devices(gate):
    assert policies.agency_behind(object()) is None
    assert not policies.may_keep_devices.test(actor(gate.people.office), object())


# What each sees


@pytest.fixture
def full(gate, asked):
    """One of everything of the gate."""
    facts = VisitorFacts("Tạ Quang Huy", 1980, "Xương Giang", "Công ty A", "0912345678", "Bà Lan", "official")
    register_visit(facts, by=SETUP, gate=gate.gate, client_id=uuid4(), at=clock.now(), answers=None)
    passes(gate)
    ExceptionDecision.objects.create(
        request=asked, allowed=True, leader=gate.people.leader, reason="x", decided_at=clock.now()
    )
    return gate


@pytest.mark.parametrize(
    "kind, who",
    [
        (Entry, {"staff", "guard", "office"}),
        (Visit, {"guard", "office"}),
        (GatePass, {"staff", "guard", "office"}),
        (GateDevice, {"guard", "office", "administrator"}),
        (ExceptionRequest, {"guard", "office", "leader"}),
        (ExceptionDecision, {"guard", "office", "leader"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_happens_at_a_gate_is_seen_by_those_who_work_there(full, kind, who):  # A9, trust.md 5
    rows = kind.objects
    assert {name for name in ALL if rows.visible_to(actor(getattr(full.people, name))).exists()} == who
    assert not rows.visible_to(ANONYMOUS).exists()


def test_a_colleague_sees_the_own_passings_and_nobody_elses(full):
    full_view = Entry.objects.visible_to(actor(full.people.staff))
    assert {entry.person for entry in full_view} == {full.people.staff}
    assert not Entry.objects.visible_to(actor(full.people.head)).exists()


def test_outside_the_own_gates_there_is_nothing_to_find(full, asked):
    foreign = staff("Hồ Văn Tú", full.land.institute)
    post(foreign, full.land.institute, PostRole.GUARD)
    post(foreign, full.land.institute, PostRole.OFFICE)
    other, guard = actor(foreign), actor(full.people.guard)
    visiting = GatePass.objects.exclude(visit=None).get()
    for find, thing in (
        (find_pass, full.gate_pass), (find_visitor_pass, visiting), (find_device, full.device), (find_request, asked),
    ):  # fmt: skip
        assert find(guard, thing.key) == thing
        with pytest.raises(type(thing).DoesNotExist):
            find(other, thing.key)
        with pytest.raises(type(thing).DoesNotExist):
            find(guard, uuid4())
    with pytest.raises(Gate.DoesNotExist):
        find_kept_gate(actor(full.people.stranger), full.gate.key)


def test_a_pass_taken_back_is_found_no_more_and_a_colleague_is_no_visitor(full):
    guard = actor(full.people.guard)
    with pytest.raises(GatePass.DoesNotExist):
        find_visitor_pass(guard, full.gate_pass.key)
    GatePass.objects.update(revoked_at=clock.now())
    with pytest.raises(GatePass.DoesNotExist):
        find_pass(guard, full.gate_pass.key)
