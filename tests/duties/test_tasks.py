"""A piece of work is given, reported done with words, and the superior hears when it is late (C5, C10)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from taicho.duties.actions.answering import report_done
from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.opening import open_duties
from taicho.duties.enums import DutyState
from taicho.duties.models import Discharge, Duty, Escalation
from taicho.duties.queries.work import my_work
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from taicho.messaging.models import Message, Receipt
from tests.duties.rounds import decision, here, order, owed
from tests.organisation.land import NOW, actor

TASK, WHAT = "duties.task", "lập danh sách máy tính"


@pytest.fixture
def task(land, people):
    """The head of the department is to make a list by the end of the month."""
    decision(land, kind=TASK, params={"what": WHAT, "due": "2026-11-30"}, scope=[land.department])
    open_duties(NOW)
    return Duty.objects.get(kind=TASK)


def said(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_who_is_named_does_it_and_nobody_else(land, people):
    params = {"what": WHAT, "owner": [str(people.staff.key), str(people.guard.key)]}
    decision(land, kind=TASK, params=params)
    open_duties(NOW)
    assert owed(TASK) == ["Nguyễn Thị Lan", "Phạm Văn Đạt"]


def test_a_name_that_is_no_key_names_nobody_and_stops_nobody(land, people):
    params = {"what": WHAT, "owner": ["đồng chí Lan", str(people.staff.key)]}
    decision(land, kind=TASK, params=params)
    open_duties(NOW)
    assert owed(TASK) == ["Nguyễn Thị Lan"]


def test_where_nobody_is_named_the_accountable_head_does_it_and_units_below_have_no_part(land, people):
    decision(land, kind=TASK, params={"what": WHAT})
    open_duties(NOW)
    assert owed(TASK) == ["Đặng Thị Hồng"]


def test_the_owner_is_told_that_there_is_work(task, people):  # A10
    [receipt] = Receipt.objects.filter(message__kind="duties.opened")
    assert receipt.person == people.head and receipt.message.title == "Lập danh sách máy tính"
    assert receipt.message.link == reverse("duties:work", args=[task.key])


def test_it_is_due_at_the_end_of_its_day(task):
    assert task.due_at == here("2026-12-01")
    assert task.state(here("2026-11-30", 23, 59)) is DutyState.OPEN
    assert task.state(here("2026-12-01")) is DutyState.LATE


def test_a_task_without_a_day_is_never_late(land, people):
    decision(land, kind=TASK, params={"what": WHAT}, scope=[land.department])
    open_duties(NOW)
    assert Duty.objects.get(kind=TASK).state(NOW + timedelta(days=400)) is DutyState.OPEN


@pytest.mark.parametrize(
    "impossible", ["31/02/2026", "2026-02-30", "sớm"], ids=["as people write", "no such day", "words"]
)
def test_a_day_that_is_none_is_refused_before_anybody_owes_it(land, people, impossible):
    with pytest.raises(Refusal) as refused:
        decision(land, kind=TASK, params={"what": WHAT, "due": impossible})
    assert refused.value.field == "due" and not Duty.objects.exists()


def test_the_superior_hears_once_that_it_is_late(task, people):
    for minutes in (4, 5, 6, 60, 600):
        open_duties(here("2026-12-01") + timedelta(minutes=minutes))
        run_clocks(here("2026-12-01") + timedelta(minutes=minutes))
    [told] = Message.objects.filter(kind="duties.late")
    assert told.title == "Phòng Tổng hợp: 1 người chưa báo xong nhiệm vụ"
    assert [receipt.person for receipt in told.receipts.all()] == [people.leader]
    assert Escalation.objects.count() == 1


def test_what_was_reported_in_time_is_told_to_nobody(task, people):
    report_done(task, by=actor(people.head), words="Đã lập, 14 máy")
    run_clocks(here("2026-11-30", 23, 30))
    run_clocks(here("2026-12-01", 0, 5))
    assert not Message.objects.filter(kind__in=["duties.late", "duties.reminded"]).exists()


def test_what_came_of_it_is_kept_and_proven(task, people):  # L4
    done = report_done(task, by=actor(people.head), words="  Đã lập, 14 máy, bản ở Văn phòng  ")
    assert (done.how, done.by, done.evidence) == ("Đã lập, 14 máy, bản ở Văn phòng", people.head.key, task.key)
    assert my_work(actor(people.head), NOW) == []
    entry = AuditEntry.objects.get(verb="duties.discharge")
    assert entry.actor == people.head.key and entry.unit == task.unit.key


def test_done_late_is_said_to_be_late(task, people, time_machine):
    time_machine.move_to(here("2026-12-02", 9), tick=False)
    report_done(task, by=actor(people.head), words="Đã lập")
    assert Duty.objects.get(pk=task.pk).state(here("2026-12-02", 10)) is DutyState.DONE_LATE


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_a_report_without_words_is_no_report(task, people, words):
    with pytest.raises(Refusal, match="Ghi ngắn gọn kết quả") as refused:
        report_done(task, by=actor(people.head), words=words)
    assert (refused.value.code, refused.value.field) == ("without-words", "words")
    assert not Discharge.objects.exists() and len(my_work(actor(people.head), NOW)) == 1


def test_the_first_report_stays(task, people):
    first = report_done(task, by=actor(people.head), words="Đã lập, 14 máy")
    assert report_done(task, by=actor(people.head), words="Khác") == first
    assert Discharge.objects.get().how == "Đã lập, 14 máy"


def test_a_report_that_is_too_long_keeps_what_was_typed(task, people, enter):
    long = "chi tiết " * 200
    answer = enter(people.head).post(reverse("duties:work", args=[task.key]), {"words": long})
    assert answer.status_code == 400 and "chi tiết chi tiết" in said(answer)
    assert not Discharge.objects.exists()


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "=HYPERLINK('x')", "Đã lập (NFD)"])
def test_hostile_words_are_words(task, people, enter, words):
    browser, address = enter(people.head), reverse("duties:work", args=[task.key])
    browser.post(address, {"words": words})
    assert Discharge.objects.get().how == words
    assert "<script>alert(1)" not in browser.get(address).content.decode()


def test_a_nul_in_the_report_is_refused_and_not_a_broken_page(task, people, enter):
    answer = enter(people.head).post(reverse("duties:work", args=[task.key]), {"words": "a\x00b"})
    assert answer.status_code == 400 and not Discharge.objects.exists()


def test_a_task_that_is_no_longer_asked_says_so_and_has_no_button(land, people, enter):
    from taicho.directives.actions.measures import withdraw
    from tests.organisation.land import SETUP

    measure = order(land, kind=TASK, params={"what": WHAT, "due": "2026-11-30"}, scope=[land.department])
    open_duties(NOW)
    duty = Duty.objects.get(kind=TASK)
    withdraw(measure, by=SETUP, reason="đọc nhầm mục")
    open_duties(NOW)
    page = said(enter(people.head).get(reverse("duties:work", args=[duty.key])))
    assert "Việc này không còn phải làm: miễn" in page and "Đã làm xong" not in page
