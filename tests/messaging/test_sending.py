"""A message reaches each person once, however often it is asked for; the silent hear again, the others do not. # A10, A9"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from taicho.kernel.actor import system
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.messaging.actions.reading import mark_read
from taicho.messaging.actions.resending import resend_to_silent
from taicho.messaging.actions.sending import send
from taicho.messaging.enums import Level
from taicho.messaging.kinds import MessageKind, register
from taicho.messaging.models import Message, Receipt
from taicho.messaging.queries.inbox import inbox, silent, unread_count
from tests.messaging.conftest import LETTER, receipt_of
from tests.organisation.land import actor, unit
from tests.organisation.land import staff as member


def titles(person):
    return [receipt.message.title for receipt in inbox(actor(person))]


def test_a_message_lies_in_the_inbox_of_everyone_it_was_sent_to_and_of_nobody_else(tell, staff):  # A10
    tell([staff.lan, staff.quan])
    assert titles(staff.lan) == titles(staff.quan) == ["Xác nhận Công văn 58/VP-HC-QT"]
    assert titles(staff.dat) == []


def test_asked_twice_it_is_sent_once_and_the_first_one_is_returned(tell, staff):
    first, second = tell([staff.lan]), tell([staff.quan], title="khác")
    assert first == second
    assert Receipt.objects.count() == 1
    assert AuditEntry.objects.filter(verb="messaging.send").count() == 1


def test_the_same_occasion_of_another_kind_is_another_message(tell, staff):
    tell(kind="trial.work")
    tell(kind="trial.urgent")
    assert len(titles(staff.lan)) == 2


def test_a_person_named_twice_gets_it_once(tell, staff):
    tell([staff.lan, staff.lan])
    assert Receipt.objects.count() == 1


def test_a_message_to_nobody_is_kept_so_that_the_occasion_stays_used(tell, staff):
    tell([])
    tell([staff.lan])
    assert (Message.objects.count(), Receipt.objects.count()) == (1, 0)


def test_when_the_caller_gives_up_nothing_was_sent(tell, staff):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell()
        _ = 1 / 0
    assert not Message.objects.exists()


@pytest.mark.parametrize("link", ["https://example.vn/", "//example.vn/x", "/\\example.vn", "javascript:alert(1)", "x"])
def test_a_link_that_leads_outside_is_refused(tell, link):  # L1
    with pytest.raises(Refusal, match="chỉ dẫn đến một trang của hệ thống"):
        tell(link=link)


@pytest.mark.parametrize("link", ["/", "/viec-cua-toi", "/van-ban/58?ngay=2021-03-02"])
def test_a_link_inside_is_taken(tell, link):
    assert tell(link=link).link == link


def test_the_database_itself_keeps_one_message_an_occasion_and_one_receipt_a_person(tell, staff):
    message = tell()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            kind="trial.work", once="letter", title="x", link="/", about=LETTER, sent_at=message.sent_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(message=message, person=staff.lan, sent_at=message.sent_at)


@pytest.mark.parametrize("title", ["", "   ", "x" * 251])
def test_a_message_without_words_or_with_too_many_is_refused(tell, title):
    with pytest.raises(Refusal):
        tell(title=title)
    assert not Message.objects.exists()


def test_a_kind_that_no_area_registers_is_an_error_of_the_program(tell):
    with pytest.raises(KeyError):
        tell(kind="trial.nothing")


def test_a_kind_is_registered_once():
    again = MessageKind("trial.work", "Việc", Level.WORK)
    with pytest.raises(ValueError, match="registered already"):
        register(again)


# Reading


def test_what_is_read_is_counted_no_more_and_says_when(tell, staff):  # A9
    tell()
    tell(once="another")
    me = actor(staff.lan)
    assert unread_count(me) == 2
    seen = mark_read(inbox(me).first(), me)
    assert seen.read_at is not None
    assert unread_count(me) == 1


def test_reading_twice_keeps_the_first_time_and_leaves_one_line_in_the_trail(tell, staff, time_machine):
    tell()
    first = mark_read(receipt_of(staff.lan), actor(staff.lan)).read_at
    time_machine.shift(3600)
    assert mark_read(receipt_of(staff.lan), actor(staff.lan)).read_at == first
    assert AuditEntry.objects.filter(verb="messaging.mark_read").count() == 1


def test_nobody_reads_in_the_place_of_another(tell, staff):
    tell()
    with pytest.raises(NotPermitted, match="Chỉ người nhận tin"):
        mark_read(receipt_of(staff.lan), actor(staff.quan))


# The silent


def test_only_the_silent_hear_again(tell, staff, time_machine):  # A9
    message = tell([staff.lan, staff.quan, staff.dat])
    mark_read(receipt_of(staff.lan), actor(staff.lan))
    time_machine.shift(3600)
    assert resend_to_silent(message, actor(staff.quan)) == 2
    moved = {receipt.person_id for receipt in Receipt.objects.filter(sent_at__gt=message.sent_at)}
    assert moved == {staff.quan.pk, staff.dat.pk}


def test_the_silent_are_listed_by_ten(tell, staff):
    message = tell([staff.lan, staff.quan, staff.dat])
    mark_read(receipt_of(staff.quan), actor(staff.quan))
    assert [receipt.person for receipt in silent(message)] == [staff.dat, staff.lan]


def test_when_everyone_has_read_it_nobody_hears_again(tell, staff):
    message = tell()
    mark_read(receipt_of(staff.lan), actor(staff.lan))
    assert resend_to_silent(message, actor(staff.quan)) == 0


# Seeing


def test_one_sees_what_one_sent_and_what_one_received(tell, staff):
    message = tell()
    Message.objects.filter(pk=message.pk).update(sent_by=staff.quan.key)
    seen = {who: Message.objects.visible_to(actor(who)).exists() for who in (staff.lan, staff.quan, staff.dat)}
    assert seen == {staff.lan: True, staff.quan: True, staff.dat: False}


# Two at once


def test_of_two_who_send_the_same_at_once_one_sends(committed):
    lan = member("Nguyễn Thị Lan", unit("Sở Nội vụ"))

    def press(_):
        try:
            return send("trial.work", to=[lan], title="x", link="/", about=LETTER, once="o", by=system("trial")).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(press, range(2))
    assert first == second
    assert (Message.objects.count(), Receipt.objects.count()) == (1, 1)
