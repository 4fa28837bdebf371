"""Opening a message marks it as read and leads to the work; looking at an address writes nothing. # A9"""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from taicho.messaging.models import Receipt
from taicho.messaging.queries.inbox import inbox
from tests.messaging.conftest import receipt_of
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db


def address(receipt):
    return reverse("messaging:seen", args=[receipt.key])


def test_one_press_marks_it_as_read_and_leads_to_the_work(tell, staff, enter):  # A9, ux.md task 7
    tell(link="/van-ban/58")
    gone = enter(staff.lan).post(address(receipt_of(staff.lan)))
    assert (gone.status_code, gone.headers["Location"]) == (302, "/van-ban/58")
    assert receipt_of(staff.lan).read_at is not None


def test_the_second_press_leads_there_too(tell, staff, enter):
    tell()
    browser = enter(staff.lan)
    answers = [browser.post(address(receipt_of(staff.lan))).status_code for _ in range(2)]
    assert answers == [302, 302]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_address_writes_nothing(tell, staff, enter, method):  # S-10
    tell()
    assert getattr(enter(staff.lan), method)(address(receipt_of(staff.lan))).status_code == 405
    assert receipt_of(staff.lan).read_at is None


def test_the_message_of_a_colleague_is_not_there(tell, staff, enter):
    tell([staff.lan])
    assert enter(staff.quan).post(address(receipt_of(staff.lan))).status_code == 404
    assert receipt_of(staff.lan).read_at is None


def test_without_entering_nothing_is_read(tell, staff, client, plain_door):
    tell()
    answer = client.post(address(receipt_of(staff.lan)))
    assert answer.status_code == 302
    assert "/van-ban" not in answer.headers["Location"]
    assert not Receipt.objects.filter(read_at__isnull=False).exists()


def shown(person):
    return render_to_string("messaging/receipts.html", {"receipts": inbox(actor(person)), "csrf_token": "t"})


def test_the_inbox_shows_what_is_new_and_what_has_been_seen(tell, staff, enter):
    tell(title="Công văn 58")
    tell(once="2", title="Chỉ thị 11")
    enter(staff.lan).post(address(inbox(actor(staff.lan)).get(message__title="Chỉ thị 11")))
    words = re.sub(r"<[^>]*>|\s+", " ", shown(staff.lan))
    assert re.search(r"Công văn 58 *· *chưa xem", words)
    assert re.search(r"Chỉ thị 11 *· *đã xem", words)


def test_a_title_is_words_and_never_markup(tell, staff):
    tell(title="<script>alert(1)</script>")
    assert "<script>" not in shown(staff.lan)
    assert "&lt;script&gt;" in shown(staff.lan)
