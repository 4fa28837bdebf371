"""The guard asks, the leader on duty answers by name with a reason; what is asked and answered, and by whom (E3)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.gate.actions.exceptions import ask_leader, decide, record_telephone
from taicho.gate.actions.passes import issue_pass
from taicho.gate.enums import GateVerdict
from taicho.gate.models import ExceptionDecision, ExceptionRequest
from taicho.gate.queries.leaders import leaders_on_duty
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.messaging.models import Message, Receipt
from taicho.organisation.actions.posts import delegate, end_post, revoke
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Post
from tests.gate.test_pages import text_of
from tests.gate.words import by, declares, order, passes, scan
from tests.organisation.land import SETUP, actor, post, staff

STOPPED = GateVerdict.NOT_DECLARED


@pytest.fixture
def ask(gate):
    """The guard asks about the member of staff."""
    order(gate, who="all", need=["declaration"], if_missing="refuse")

    def question(shown=None, verdict=STOPPED, **more):
        sent = {"client_id": uuid4(), "at": clock.now(), "by": by(gate.people.guard)} | more
        return ask_leader(shown or gate.gate_pass, device=gate.device, verdict=verdict, **sent)

    return question


def answers(gate, asked, *, who=None, allowed=True, reason="Họp khẩn"):
    return decide(asked, by=by(who or gate.people.leader), allowed=allowed, reason=reason, at=clock.now())


# The page of the guard who waits


def waiting(at_gate, asked, more=""):
    return at_gate().get(reverse("gate:exception", args=[asked.key]) + more)


def test_the_guard_waits_inside_the_frame_of_the_gate(gate, ask, at_gate):
    page = waiting(at_gate, ask()).content.decode()
    assert 'data-mode="guard"' in page and 'class="guard-keys"' in page
    assert "Lãnh đạo đã nhận tin" in page and "Đặng Thị Hồng" in page


def test_the_waiting_page_renews_itself_with_and_without_script_until_there_is_an_answer(gate, ask, at_gate):
    asked = ask()
    page = waiting(at_gate, asked).content.decode()
    where = reverse("gate:exception", args=[asked.key])
    assert f'hx-get="{where}" hx-trigger="every 5s" hx-select="#answer"' in page and 'id="answer"' in page
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page
    answers(gate, asked, allowed=False, reason="Khai báo rồi hãy vào")
    page = waiting(at_gate, asked).content.decode()
    assert "hx-trigger" not in page.split('id="answer"')[1] and "http-equiv" not in page
    assert "Không cho vào" in page and "Khai báo rồi hãy vào" in page


def test_nothing_that_is_typed_is_thrown_away_by_the_renewal(gate, ask, at_gate):
    """The words of a telephone call stand outside what renews itself, on a page that is not loaded again."""
    asked = ask()
    assert 'name="reason"' not in waiting(at_gate, asked).content.decode()
    page = waiting(at_gate, asked, "?ghi=dien-thoai").content.decode()
    assert "http-equiv" not in page and page.index('id="answer"') < page.index('name="reason"')
    assert 'name="reason"' not in page.split('id="answer"')[1].split("<form")[0]


def test_a_telephone_answer_without_a_leader_keeps_what_was_typed(gate, ask, at_gate):
    asked = ask()
    where = reverse("gate:telephone", args=[asked.key])
    page = at_gate().post(where, {"allowed": "no", "reason": "Chờ kết quả"})
    assert page.status_code == 400 and "Chờ kết quả" in page.content.decode()
    assert 'data-mode="guard"' in page.content.decode() and not ExceptionDecision.objects.exists()


def test_a_guard_who_writes_down_what_the_leader_has_decided_meanwhile_sees_the_decision(gate, ask, at_gate):
    asked = ask()
    answers(gate, asked)
    sent = {"leader": gate.people.leader.key, "allowed": "no", "reason": "Không"}
    page = at_gate().post(reverse("gate:telephone", args=[asked.key]), sent)
    assert page.status_code == 400 and "đã có quyết định" in text_of(page) and "Họp khẩn" in text_of(page)
    assert ExceptionDecision.objects.get().allowed


def test_the_leader_answers_in_the_frame_of_the_office(gate, ask, enter):
    page = enter(gate.people.leader).get(reverse("gate:exception", args=[ask().key])).content.decode()
    assert 'data-mode="desk"' in page and 'name="allowed"' in page and 'hx-trigger="every 5s"' not in page


@pytest.mark.parametrize(
    "sent",
    [{"reason": "x"}, {"allowed": "yes"}, {"allowed": "perhaps", "reason": "x"}, {"allowed": "yes", "reason": " "}],
)
def test_an_answer_without_yes_or_no_and_reason_is_none(gate, ask, enter, sent):
    asked = ask()
    page = enter(gate.people.leader).post(reverse("gate:exception", args=[asked.key]), sent)
    assert page.status_code == 400 and asked.answer is None and not ExceptionDecision.objects.exists()


def test_neither_page_tells_anything_of_health(gate, ask, at_gate, enter):  # L3
    asked = ask()
    declares(gate.people.staff, symptoms=True)
    for page in (waiting(at_gate, asked), enter(gate.people.leader).get(reverse("gate:exception", args=[asked.key]))):
        said = text_of(page).lower()
        assert not [word for word in ("triệu chứng", "tiếp xúc", "hạn chế", "thân nhiệt") if word in said]


# Asking


def test_a_question_goes_to_the_leader_once_names_the_gate_and_no_person(gate, ask):
    asked = ask()
    assert ask() == asked
    told = Message.objects.get()
    assert "Cổng 1" in told.title and "Lan" not in told.title
    assert [receipt.person for receipt in Receipt.objects.all()] == [gate.people.leader]
    row = AuditEntry.objects.get(verb="gate.ask_leader")
    assert (row.actor, row.unit, row.object_key) == (gate.people.guard.key, gate.land.bureau.key, asked.key)


def test_a_question_holds_until_midnight_in_hanoi_and_is_asked_anew_the_next_day(gate, ask, time_machine):
    first = ask()
    assert clock.local(first.holds_until).strftime("%d/%m %H:%M") == "21/11 00:00"
    time_machine.move_to(first.holds_until, tick=False)
    assert ask() != first


def test_an_answer_of_yesterday_lets_nobody_in_today(gate, ask, time_machine):
    asked = ask()
    answers(gate, asked)
    assert scan(gate).verdict is GateVerdict.ADMIT
    time_machine.move_to(asked.holds_until - timedelta(seconds=1), tick=False)
    assert scan(gate).verdict is GateVerdict.ADMIT
    time_machine.shift(1)
    assert scan(gate).verdict is GateVerdict.NOT_DECLARED


def test_about_health_and_about_unknown_codes_no_leader_is_asked(gate, ask):
    for verdict in (GateVerdict.WAIT, GateVerdict.HIGH_TEMPERATURE, GateVerdict.UNKNOWN_CODE):
        with pytest.raises(Refusal, match="không có ngoại lệ tại cổng"):
            ask(verdict=verdict)
    assert not ExceptionRequest.objects.exists() and not Message.objects.exists()


def test_where_no_leader_is_known_the_guard_is_told_to_call_the_office(gate, ask):
    end_post(Post.objects.get(role=PostRole.LEADER, unit=gate.land.bureau), by=SETUP, at=clock.now())
    with pytest.raises(Refusal, match="Gọi Văn phòng") as refused:
        ask()
    assert refused.value.code == "no-leader" and not ExceptionRequest.objects.exists()


def test_a_leader_who_is_stopped_is_not_asked_about_themself(gate, ask):
    own = issue_pass(gate.people.leader, by=SETUP, agency=gate.land.bureau, at=clock.now())
    with pytest.raises(Refusal, match="Chưa có lãnh đạo"):
        ask(own)
    second = staff("Mai Văn Bình", gate.land.bureau)
    post(second, gate.land.bureau, PostRole.LEADER)
    asked = ask(own)
    assert [one.full_name for one in leaders_on_duty(gate.land.bureau, clock.now())] == [
        "Mai Văn Bình",
        "Đặng Thị Hồng",
    ]
    assert [one.person for one in Receipt.objects.all()] == [second]
    with pytest.raises(NotPermitted):
        answers(gate, asked)


# Deciding


def test_a_decision_says_who_when_and_why_and_cannot_be_made_twice(gate, ask):
    asked = ask()
    decision = answers(gate, asked, reason="  Họp khẩn  ")
    assert (decision.leader, decision.reason, decision.decided_at, decision.by_telephone) == (
        gate.people.leader, "Họp khẩn", clock.now(), False,
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        answers(gate, asked, allowed=False)
    assert refused.value.code == "decided-already" and ExceptionDecision.objects.get().allowed
    assert AuditEntry.objects.filter(verb="gate.decide_exception").count() == 1


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_no_decision_without_a_reason(gate, ask, reason):
    with pytest.raises(Refusal) as refused:
        answers(gate, ask(), reason=reason)
    assert (refused.value.code, refused.value.field) == ("without-reason", "reason")
    assert not ExceptionDecision.objects.exists()


def test_nobody_but_a_leader_of_the_agency_decides(gate, ask):
    asked = ask()
    for who in ("guard", "office", "head", "superior", "administrator", "stranger", "staff"):
        with pytest.raises(NotPermitted, match="Chỉ lãnh đạo cơ quan"):
            answers(gate, asked, who=getattr(gate.people, who))


def test_whoever_acts_for_a_leader_decides_while_the_delegation_lasts(gate, ask, time_machine):
    held = Post.objects.get(role=PostRole.LEADER, unit=gate.land.bureau)
    until = datetime(2026, 12, 1, tzinfo=UTC)
    given = delegate(
        held, by=actor(gate.people.leader), to=gate.people.head, matters="trực", document="1/GUQ", until=until
    )
    asked = ask()
    assert gate.people.head in leaders_on_duty(gate.land.bureau, clock.now())
    assert answers(gate, asked, who=gate.people.head).leader == gate.people.head
    time_machine.shift(60)
    revoke(given, by=actor(gate.people.leader), at=clock.now())
    assert gate.people.head not in leaders_on_duty(gate.land.bureau, clock.now())
    other = ask(verdict=GateVerdict.RECHECK)
    with pytest.raises(NotPermitted):
        answers(gate, other, who=gate.people.head)


def test_a_post_that_has_ended_decides_nothing(gate, ask, time_machine):  # A13
    asked = ask()
    time_machine.shift(60)
    end_post(Post.objects.get(role=PostRole.LEADER, unit=gate.land.bureau), by=SETUP, at=clock.now())
    with pytest.raises(NotPermitted):
        answers(gate, asked)


@pytest.mark.parametrize("who", ["guard", "office", "head", "superior"])
def test_only_a_leader_of_the_agency_can_have_said_it_by_telephone(gate, ask, who):
    with pytest.raises(Refusal) as refused:
        record_telephone(
            ask(), by=by(gate.people.guard), leader=getattr(gate.people, who), allowed=True, reason="x", at=clock.now()
        )
    assert (refused.value.code, refused.value.field) == ("not-a-leader", "leader")
    assert not ExceptionDecision.objects.exists()


def test_a_word_by_telephone_is_written_by_a_guard_only_and_marked_as_such(gate, ask):
    asked, said = ask(), {"leader": gate.people.leader, "allowed": True, "reason": "Cho vào", "at": clock.now()}
    for who in (gate.people.leader, gate.people.office, gate.people.staff):
        with pytest.raises(NotPermitted):
            record_telephone(asked, by=by(who), **said)
    decision = record_telephone(asked, by=by(gate.people.guard), **said)
    assert decision.by_telephone and decision.recorded_by == gate.people.guard.key


def test_an_entry_by_exception_names_the_decision_and_one_without_does_not(gate, ask):
    asked = ask()
    decision = answers(gate, asked)
    assert passes(gate).exception == decision
    declares(gate.people.head)
    other = issue_pass(gate.people.head, by=SETUP, agency=gate.land.bureau, at=clock.now())
    assert passes(gate, shown=other).exception is None
