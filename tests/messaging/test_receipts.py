"""Receipts and copies: whose they are, what ends them, what the database never lets in. # A9, A10"""

import unicodedata

import pytest
from django.db import IntegrityError, transaction

from taicho.kernel import clock
from taicho.kernel.actor import ANONYMOUS, system
from taicho.kernel.models import AuditEntry
from taicho.messaging.actions.reading import mark_read_leading_to
from taicho.messaging.actions.resending import resend_to_silent
from taicho.messaging.enums import CopyState
from taicho.messaging.models import Message, OutsideCopy, Receipt
from taicho.messaging.policies import may_mark_read
from taicho.messaging.queries.inbox import find_receipt, inbox, unread, unread_count
from tests.messaging.conftest import letters_sent, receipt_of
from tests.organisation.land import actor
from tests.organisation.traces import traces

pytestmark = pytest.mark.django_db


# Dealt with on its page


def test_who_deals_with_the_matter_needs_no_message_of_it_any_more(tell, staff):
    tell(link="/van-ban/58")
    mark_read_leading_to("/van-ban/58", actor(staff.lan))
    assert unread_count(actor(staff.lan)) == 0


def test_other_matters_and_other_people_keep_theirs(tell, staff):
    tell([staff.lan, staff.quan], link="/van-ban/58")
    tell([staff.lan], once="2", link="/van-ban/581")
    mark_read_leading_to("/van-ban/58", actor(staff.lan))
    assert [one.message.link for one in unread(actor(staff.lan))] == ["/van-ban/581"]
    assert unread_count(actor(staff.quan)) == 1


def test_all_messages_of_one_matter_end_together_and_the_letter_does_not_leave(mail_server, tell, staff, time_machine):
    for once in ("1", "2", "3"):
        tell(once=once, kind="trial.deadline", link="/van-ban/58")
    with traces() as left:
        mark_read_leading_to("/van-ban/58", actor(staff.lan))
    assert left.verbs == ["messaging.mark_read"] * 3
    time_machine.shift(601)
    assert letters_sent() == []


def test_to_deal_with_it_twice_leaves_one_line_each_in_the_trail(tell, staff):
    tell(link="/van-ban/58")
    for _ in range(2):
        mark_read_leading_to("/van-ban/58", actor(staff.lan))
    assert AuditEntry.objects.filter(verb="messaging.mark_read").count() == 1


# Whose it is


def test_a_receipt_is_found_by_its_person_and_by_nobody_else(tell, staff):
    tell([staff.lan])
    mine = receipt_of(staff.lan)
    assert find_receipt(actor(staff.lan), mine.key) == mine
    for other in (actor(staff.quan), system("import"), ANONYMOUS):
        with pytest.raises(Receipt.DoesNotExist):
            find_receipt(other, mine.key)
        assert not may_mark_read.test(other, mine)
    assert not may_mark_read.test(actor(staff.lan), None)


def test_who_is_nobody_sees_no_message(tell):
    message = tell()
    assert message.sent_by is None
    for nobody in (ANONYMOUS, system("import")):
        assert not Message.objects.visible_to(nobody).exists()
        assert inbox(nobody).count() == 0


def test_what_is_sent_again_rises_above_what_came_later(tell, staff, time_machine):
    first = tell(once="1", title="Công văn 58")
    time_machine.shift(60)
    tell(once="2", title="Chỉ thị 11")
    assert [one.message.title for one in inbox(actor(staff.lan))] == ["Chỉ thị 11", "Công văn 58"]
    time_machine.shift(60)
    resend_to_silent(first, system("trial"))
    assert [one.message.title for one in inbox(actor(staff.lan))] == ["Công văn 58", "Chỉ thị 11"]


def test_a_title_keeps_its_marks_however_they_are_composed(tell, staff):
    title = unicodedata.normalize("NFD", "Xác nhận Công văn Đỗ Đức")
    message = tell(title=f"  {title}\n")
    assert unicodedata.normalize("NFC", message.title) == "Xác nhận Công văn Đỗ Đức"


def test_the_inbox_asks_no_more_for_many_messages_than_for_few(tell, staff, django_assert_num_queries):
    def opened():
        return [(one.message.title, one.person.full_name) for one in inbox(actor_of_lan)]

    actor_of_lan = actor(staff.lan)
    for number in range(15):
        tell(once=str(number))
    with django_assert_num_queries(1):
        assert len(opened()) == 15


# What the database never lets in


@pytest.fixture
def copy(mail_server, tell):
    """The copy of an urgent message that has not been tried."""
    tell(kind="trial.urgent")
    return OutsideCopy.objects.get()


def refuses(row, constraint):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        row.save()
    assert broken.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize("fate", [CopyState.SENT, CopyState.FAILED, CopyState.UNCLEAR, CopyState.TRYING])
def test_nothing_has_a_fate_before_it_was_tried(copy, fate):
    copy.state = fate
    refuses(copy, "messaging_fate_only_after_a_try")
    copy.tried_at = clock.real_now()
    copy.save()
    assert OutsideCopy.objects.get().state == fate


def test_one_round_of_one_receipt_leaves_once(copy):
    refuses(OutsideCopy(receipt=copy.receipt, due_at=copy.due_at, round=1), "messaging_copy_once_a_round")
    OutsideCopy(receipt=copy.receipt, due_at=copy.due_at, round=2).save()
    assert OutsideCopy.objects.count() == 2


def test_a_message_that_leads_outside_is_no_row_even_past_the_action(tell):
    message = tell()
    for link in ("https://example.vn/", "//example.vn", "/\\example.vn", "", "viec-cua-toi", "\n/x"):
        message.link = link
        refuses(message, "messaging_link_stays_here")


def test_a_person_or_a_message_with_receipts_is_not_deleted(tell, staff):
    message = tell()
    for row in (message, staff.lan):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()
