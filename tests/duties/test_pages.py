"""The pages on which people see and do what they owe (ux.md tasks 1 and 7)."""

import re

import pytest
from django.urls import reverse

from taicho.duties.actions.opening import open_duties
from taicho.duties.models import Discharge, Duty
from taicho.messaging.models import Message, Receipt
from tests.duties.rounds import ACKNOWLEDGE, decision, order
from tests.organisation.land import NOW


def said(page):
    return re.sub(r"\s+", " ", page.content.decode())


@pytest.fixture
def lan(people, enter):
    """Lan, a member of staff, has come in."""
    return enter(people.staff)


def duty_of(person, kind):
    return Duty.objects.get(owner=person, kind=kind)


def test_a_quiet_day_says_so_and_what_comes_next(lan):  # ux.md 6
    assert "Không còn việc chờ xử lý" in said(lan.get(reverse("duties:my-work")))


def test_each_line_has_its_hour_in_the_margin_and_its_reason(lan, land):  # look.md 7
    order(land, params={"by": ["17:00"]}, clause="4/-3")
    open_duties(NOW)
    page = said(lan.get(reverse("duties:my-work")))
    assert "17h00" in page and "còn 7 giờ" in page
    assert "Công văn 58/VP-HC-QT, mục 4, ý thứ 3" in page


def test_a_document_is_acknowledged_in_two_taps_from_its_message(lan, land, people):  # ux.md task 7
    order(land)
    open_duties(NOW)
    link = Message.objects.get().link  # first tap: the message
    page = lan.get(link)
    assert "Nội dung mục 1." in said(page) and "Xác nhận đã nhận" in said(page)
    answer = lan.post(link)  # second tap: the button
    assert answer.status_code == 302
    assert Discharge.objects.get().by == people.staff.key


def test_what_was_acknowledged_on_the_first_page_is_no_unread_message_any_more(lan, land, people):  # A9, A10
    order(land)
    open_duties(NOW)
    unread = Receipt.objects.filter(read_at__isnull=True)
    others = unread.exclude(person=people.staff).count()
    assert unread.filter(person=people.staff).count() == 1 and others
    answer = lan.post(reverse("duties:work", args=[duty_of(people.staff, ACKNOWLEDGE).key]), follow=True)
    assert "Đã xác nhận 10h" in said(answer) and "chưa xem" not in said(answer)
    assert unread.filter(person=people.staff).count() == 0 and unread.count() == others


def test_another_message_stays_unread_when_something_else_is_done(lan, land, people):  # A10
    measure = order(land)
    order(land, kind="duties.stay_reachable", document=measure.clause.document, clause="2")
    open_duties(NOW)
    lan.post(reverse("duties:work", args=[duty_of(people.staff, "duties.stay_reachable").key]))
    assert Receipt.objects.filter(person=people.staff, read_at__isnull=True).exists()


def test_all_clauses_of_a_document_that_bind_me_stand_on_one_page(lan, land, people):  # A9
    measure = order(land)
    order(land, document=measure.clause.document, clause="2")
    open_duties(NOW)
    page = said(lan.get(reverse("duties:work", args=[duty_of(people.staff, ACKNOWLEDGE).key])))
    assert "Nội dung mục 1." in page and "Nội dung mục 2." in page and "Nội dung mục 4/-3." not in page


def test_the_number_is_shown_and_confirmed(lan, land, people):  # D7
    order(land, kind="duties.stay_reachable", params={"hours": "24x7"})
    open_duties(NOW)
    address = reverse("duties:work", args=[duty_of(people.staff, "duties.stay_reachable").key])
    assert "0912 345 678" in said(lan.get(address))
    lan.post(address)
    assert Discharge.objects.get().duty.kind == "duties.stay_reachable"


def test_without_a_number_nothing_is_confirmed(enter, land, people):
    order(land, kind="duties.stay_reachable")
    open_duties(NOW)
    address = reverse("duties:work", args=[duty_of(people.head, "duties.stay_reachable").key])
    answer = enter(people.head).post(address)
    assert answer.status_code == 400 and "Chưa có số điện thoại nào" in said(answer)
    assert not Discharge.objects.exists()


def test_a_task_is_reported_done_with_words(enter, land, people):  # C5
    decision(land, kind="duties.task", params={"what": "lập danh sách máy tính", "due": "2026-11-30"},
             scope=[land.department])  # fmt: skip
    open_duties(NOW)
    task = duty_of(people.head, "duties.task")
    address = reverse("duties:work", args=[task.key])
    client = enter(people.head)
    assert "Lập danh sách máy tính" in said(client.get(address))
    assert client.post(address, {"words": " "}).status_code == 400
    client.post(address, {"words": "Đã lập, 14 máy"})
    assert task.discharge.how == "Đã lập, 14 máy"
    assert "Đã lập, 14 máy" in said(client.get(address))


def test_somebody_elses_duty_is_not_there(lan, land, people):
    order(land)
    open_duties(NOW)
    theirs = duty_of(people.office, ACKNOWLEDGE)
    assert lan.get(reverse("duties:work", args=[theirs.key])).status_code == 404
    assert lan.post(reverse("duties:work", args=[theirs.key])).status_code == 404
    assert not Discharge.objects.exists()


def test_looking_writes_nothing(lan, land):
    order(land)
    open_duties(NOW)
    lan.get(Message.objects.get().link)
    assert not Discharge.objects.exists()
