"""Reminders before, one line to the superior after: each once, under late workers and jumps of the clock (A9)."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync

from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.discharging import discharge
from taicho.duties.actions.opening import open_duties
from taicho.duties.enums import StepState
from taicho.duties.jobs import run_duties
from taicho.duties.models import Duty, Escalation, Reminder
from taicho.kernel.actor import Actor
from taicho.messaging.models import Message
from taicho.organisation.actions.posts import end_post
from taicho.organisation.models import Post
from tests.duties.rounds import ROUND, here, letter, order
from tests.organisation.land import NOW, SETUP

TODAY = "2026-11-20"


@pytest.fixture
def due_at_five(land, people):
    """The department of Lan and her head Quân makes its round by 17h00; two people."""
    order(land, params={"by": ["17:00"]}, scope=[land.department])
    open_duties(NOW)
    return land.department


def sent(kind="duties.reminded"):
    return [(m.title, sorted(r.person.full_name for r in m.receipts.all())) for m in Message.objects.filter(kind=kind)]


def steps():
    return sorted(Reminder.objects.values_list("step", "state", "duty__owner__full_name"))


def run(*minutes):
    for hour, minute in minutes:
        run_clocks(here(TODAY, hour, minute))


BOTH = ["Lê Minh Quân", "Nguyễn Thị Lan"]


def test_half_an_hour_before_everyone_who_has_not_is_reminded_once(due_at_five):
    run((16, 29), (16, 30), (16, 31), (16, 49))
    assert sent() == [("Trước 17h00: Kiểm tra ngày 2026-11-20", BOTH)]


def test_ten_minutes_before_they_are_reminded_again_and_never_more(due_at_five):
    run((16, 30), (16, 50), (16, 51), (16, 59))
    assert len(sent()) == 2


def test_who_has_done_it_is_left_in_peace(due_at_five, people):
    discharge(ROUND, people.staff, TODAY, by=Actor(person=people.staff.key), at=NOW, evidence=people.staff.key)
    run((16, 30))
    assert sent() == [("Trước 17h00: Kiểm tra ngày 2026-11-20", ["Lê Minh Quân"])]


def test_after_a_stop_the_first_reminder_is_not_sent_after_the_time_of_the_second(due_at_five):
    run((16, 52))
    assert len(sent()) == 1
    assert steps() == [
        ("before-10", "sent", BOTH[0]), ("before-10", "sent", BOTH[1]),
        ("before-30", "skipped", BOTH[0]), ("before-30", "skipped", BOTH[1]),
    ]  # fmt: skip


def test_after_the_due_time_nobody_is_reminded_any_more(due_at_five):
    run((17, 0))
    assert sent() == [] and {state for _, state, _ in steps()} == {StepState.SKIPPED}


def test_several_things_due_at_one_hour_make_one_message(due_at_five, land, people):  # ux.md 11, at most 3 a slot
    order(land, kind="duties.task", params={"what": "lập danh sách", "due": TODAY}, scope=[land.department],
          document=letter(land, number="59"))  # fmt: skip
    open_duties(NOW)
    Duty.objects.update(due_at=here(TODAY, 17))  # the round, the task and two letters
    run((16, 30))
    to_head = [title for title, told in sent() if BOTH[0] in told]
    assert to_head == ["Trước 17h00: 4 việc đến hạn"]


def test_after_the_grace_the_superior_gets_one_line_with_a_number_and_no_name(due_at_five, people):
    run((17, 4))
    assert sent("duties.late") == []
    run((17, 5), (17, 6), (18, 0))
    lines = sent("duties.late")
    assert ("Phòng Tổng hợp: 1 người chưa kiểm tra", ["Lê Minh Quân"]) in lines  # Lan's head
    assert ("Phòng Tổng hợp: 1 người chưa kiểm tra", ["Đặng Thị Hồng"]) in lines  # Quân's own superior
    assert len(lines) == 2


def test_who_has_done_it_within_the_grace_is_not_told_on(due_at_five, people):
    for person in (people.staff, people.head):
        discharge(ROUND, person, TODAY, by=Actor(person=person.key), at=here(TODAY, 17, 4), evidence=person.key)
    run((17, 5))
    assert not Escalation.objects.exists()


def test_where_the_post_of_the_head_is_empty_the_level_above_is_told_of_all(due_at_five, people):
    end_post(Post.objects.get(person=people.head), by=SETUP, at=here(TODAY, 16))
    run((17, 5))
    assert sent("duties.late") == [("Phòng Tổng hợp: 2 người chưa kiểm tra", ["Đặng Thị Hồng"])]


def test_with_nobody_above_it_is_recorded_that_nobody_could_be_told(land, people):
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    run((17, 5))
    assert Escalation.objects.get(duty__owner=people.leader, duty__kind=ROUND).state == StepState.NOBODY


def test_a_request_is_reminded_and_never_told_on(land, people):  # measures.md 3, no. 13
    order(land, force="request", kind="duties.task", scope=[land.department], params={"what": "góp ý", "due": TODAY})
    open_duties(NOW)
    run_clocks(here(TODAY, 23, 30))
    run_clocks(here("2026-11-21", 1))
    assert len(sent()) == 1 and sent()[0][0] == "Trước 24h00: Góp ý"
    assert not Escalation.objects.exists()


def test_a_stop_over_the_due_time_is_told_once_while_it_still_helps(due_at_five):
    run_clocks(here("2026-11-21", 9))
    assert len(sent("duties.late")) == 2
    run_clocks(here("2026-11-21", 9, 1))
    assert len(sent("duties.late")) == 2


def test_what_is_older_than_a_day_is_told_to_nobody_and_recorded(due_at_five):
    run_clocks(here("2026-11-23", 9))
    assert sent("duties.late") == []
    assert set(Escalation.objects.values_list("state", flat=True)) == {StepState.SKIPPED}


def test_a_day_that_passed_unseen_is_told_of_nobody(land, people):  # ADR 0010
    order(land, params={"by": ["17:00"]}, scope=[land.department])
    open_duties(here("2026-11-21", 18))  # the system stood still from 10h00 of the 20th to 18h00 of the 21st
    run_clocks(here("2026-11-21", 18, 30))
    assert Duty.objects.filter(kind=ROUND).count() == 4
    assert sent() == [] and sent("duties.late") == []


def test_a_clock_that_goes_back_repeats_nothing(due_at_five):
    run((16, 30), (16, 50), (17, 5))
    before = (sent(), sent("duties.late"), steps())
    run((16, 29), (16, 30), (16, 50), (17, 5))
    assert (sent(), sent("duties.late"), steps()) == before


def test_nothing_due_asks_little(land, people, django_assert_max_num_queries):
    order(land)
    open_duties(NOW)
    with django_assert_max_num_queries(15):
        run_clocks(NOW + timedelta(minutes=1))


def test_the_worker_opens_and_reminds_in_one_minute(land, people, time_machine):  # house D3
    order(land, params={"by": ["17:00"]}, scope=[land.department])
    time_machine.move_to(here(TODAY, 16, 30), tick=False)
    async_to_sync(run_duties.func)(0)
    assert sent() == [("Trước 17h00: Kiểm tra ngày 2026-11-20", BOTH)]
