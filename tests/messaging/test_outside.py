"""What leaves the system, when, and what it cannot tell; each copy at most once, whoever is killed. # A10, L1"""

import re
from datetime import UTC, datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from taicho.messaging import jobs, kinds
from taicho.messaging.actions import outside
from taicho.messaging.actions.outside import deliver_due
from taicho.messaging.actions.reading import mark_read
from taicho.messaging.actions.resending import resend_to_silent
from taicho.messaging.models import OutsideCopy
from tests.messaging.conftest import letters_sent, receipt_of
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db
AT_TEN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
"""10h00 in Hà Nội."""
SICKNESS = (
    "sốt ho khó thở triệu chứng F0 F1 F2 dương tính cách ly thân nhiệt bệnh covid khai báo y tế xét nghiệm sức khỏe"
)


def states():
    return [copy.state for copy in OutsideCopy.objects.order_by("pk")]


def after(minutes, time_machine):
    time_machine.move_to(AT_TEN + timedelta(minutes=minutes), tick=False)
    return letters_sent()


# What it says


def test_a_letter_says_that_there_is_work_and_where_and_nothing_else(mail_server, tell, staff):
    tell(kind="trial.urgent", title="Nguyễn Thị Lan có thân nhiệt 38,2 °C, tiếp xúc F1", link="/suc-khoe/bao-dong")
    (letter,) = letters_sent()
    assert letter.to == ["lan@example.vn"]
    assert letter.body == "Đồng chí có việc cần làm trên Tại Chỗ.\n\nhttps://taicho.example.vn/viec-cua-toi\n"


def words(text):
    return set(re.findall(r"\w+", text.lower()))


def test_no_name_no_matter_and_no_word_of_health_leaves_the_system(mail_server, tell, staff, time_machine):  # L1
    told = f"{staff.lan.full_name} {SICKNESS} /suc-khoe/bao-dong"
    for kind in kinds.KINDS:
        tell(kind=kind, title=told[:250], link="/suc-khoe/bao-dong", once="1")
    letters = after(24 * 60, time_machine)
    assert letters, "a letter left, or this test has seen nothing"
    labels = " ".join(f"{key} {kind.label}" for key, kind in kinds.KINDS.items())
    for letter in letters:
        said = words(f"{letter.subject} {letter.body}") - {"việc"}  # the word for work is no matter
        assert not said & words(f"{told} {labels}")


def test_two_messages_about_different_things_leave_the_same_letter(mail_server, tell, staff):
    tell([staff.lan], kind="trial.urgent", title="Triệu tập")
    tell([staff.quan], kind="trial.urgent", title="Ca nghi mắc", once="2")
    one, other = letters_sent()
    assert (one.subject, one.body) == (other.subject, other.body)
    assert one.to != other.to, "and nobody sees who else got one"


def test_in_a_drill_the_letter_says_so(mail_server, tell, settings):
    settings.TAICHO_DRILL = True
    tell(kind="trial.urgent")
    (letter,) = letters_sent()
    assert letter.subject.startswith("DIỄN TẬP – ")
    assert letter.body.startswith("DIỄN TẬP – ")


# To whom, and when


def test_without_a_mail_server_nothing_is_queued(tell, settings):
    settings.TAICHO_MAIL = False
    tell(kind="trial.urgent")
    assert not OutsideCopy.objects.exists()


def test_who_has_no_address_gets_the_message_inside_only(mail_server, tell, staff):
    tell([staff.dat], kind="trial.urgent")
    assert receipt_of(staff.dat)
    assert not OutsideCopy.objects.exists()


def test_an_urgent_one_leaves_at_once_by_a_job_of_the_same_transaction(mail_server, tell):
    tell(kind="trial.urgent")
    assert ProcrastinateJob.objects.filter(task_name="messaging.deliver_copies").count() == 1
    assert len(letters_sent()) == 1


def test_a_deadline_waits_ten_minutes_for_the_person_to_see_it_inside(mail_server, tell, time_machine):
    tell(kind="trial.deadline")
    assert [len(after(minutes, time_machine)) for minutes in (0, 9, 10, 11)] == [0, 0, 1, 0]


def test_what_is_read_within_ten_minutes_does_not_leave(mail_server, tell, staff, time_machine):
    tell(kind="trial.deadline")
    mark_read(receipt_of(staff.lan), actor(staff.lan))
    assert after(10, time_machine) == []
    assert states() == ["needless"]


def test_information_stays_inside(mail_server, tell, time_machine):
    tell(kind="trial.information")
    assert after(7 * 24 * 60, time_machine) == []


def test_work_is_gathered_into_one_letter_at_half_past_one(mail_server, tell, staff, time_machine):
    for number in range(5):
        tell([staff.lan, staff.quan], once=str(number))
    assert after(209, time_machine) == []
    assert sorted(letter.to[0] for letter in after(210, time_machine)) == ["lan@example.vn", "quan@example.vn"]


def test_a_gathered_letter_leaves_while_one_of_its_messages_is_unread(mail_server, tell, staff, time_machine):
    first, _ = tell(once="1"), tell(once="2")
    mark_read(receipt_of(staff.lan, first), actor(staff.lan))
    assert len(after(210, time_machine)) == 1


def test_a_gathered_letter_does_not_leave_when_all_of_it_is_read(mail_server, tell, staff, time_machine):
    for message in (tell(once="1"), tell(once="2")):
        mark_read(receipt_of(staff.lan, message), actor(staff.lan))
    assert after(210, time_machine) == []


# Again


def test_the_silent_get_a_second_letter_and_who_has_read_gets_none(mail_server, tell, staff):
    message = tell([staff.lan, staff.quan], kind="trial.urgent")
    assert len(letters_sent()) == 2
    mark_read(receipt_of(staff.lan), actor(staff.lan))
    resend_to_silent(message, actor(staff.dat))
    assert [letter.to for letter in letters_sent()] == [["quan@example.vn"]]


def test_pressing_again_twice_sends_one_letter_more(mail_server, tell, staff):
    message = tell(kind="trial.urgent")
    letters_sent()
    resend_to_silent(message, actor(staff.dat))
    resend_to_silent(message, actor(staff.dat))
    assert len(letters_sent()) == 1


# When the server does not take it


class Server(EmailBackend):
    """A mail server that answers as the test says, once for each answer, and then takes everything."""

    closed: list = []
    answers: list = []

    def open(self):
        if self.closed:
            raise self.closed.pop(0)

    def send_messages(self, messages):
        if self.answers:
            raise self.answers.pop(0)
        return super().send_messages(messages)


@pytest.fixture
def server(mail_server, settings, monkeypatch):
    monkeypatch.setattr(Server, "closed", [])
    monkeypatch.setattr(Server, "answers", [])
    monkeypatch.setattr(outside, "get_connection", Server)
    return Server


REFUSALS = [SMTPRecipientsRefused({"lan@example.vn": (450, b"busy lan@example.vn")})]


def test_what_was_refused_is_tried_again_later_and_arrives_once(server, tell, time_machine):
    server.answers[:] = REFUSALS
    tell(kind="trial.urgent")
    assert [len(after(minutes, time_machine)) for minutes in (0, 0.5, 1, 2)] == [0, 0, 1, 0]
    assert states() == ["sent"]


@pytest.mark.parametrize("closed", [ConnectionRefusedError(), TimeoutError(), SMTPAuthenticationError(535, b"no")])
def test_a_server_that_lets_nobody_in_has_taken_nothing(server, tell, closed, time_machine):
    server.closed[:] = [closed]
    tell(kind="trial.urgent")
    assert [len(after(minutes, time_machine)) for minutes in (0, 1)] == [0, 1]


def test_a_closed_server_ends_the_round_so_that_nobody_waits_for_hundreds_of_silences(
    server, tell, staff, time_machine
):
    server.closed[:] = [TimeoutError(), AssertionError("the second letter was tried too")]
    tell([staff.lan, staff.quan], kind="trial.urgent")
    assert letters_sent() == []
    assert sorted(OutsideCopy.objects.values_list("tries", flat=True)) == [0, 1]
    server.closed.clear()
    assert len(after(1, time_machine)) == 2


def test_it_is_given_up_after_the_last_wait_of_the_rhythm(server, tell, time_machine):
    server.answers[:] = REFUSALS * 9
    tell(kind="trial.urgent")
    for minutes in (0, 1, 6, 36, 156, 400, 900):
        after(minutes, time_machine)
    copy = OutsideCopy.objects.get()
    assert (copy.state, copy.tries) == ("failed", 5)
    assert "lan" not in copy.error, "what the server says may hold the address; it is not kept"


def test_when_the_line_breaks_in_the_middle_nobody_knows_and_it_is_not_sent_again(server, tell, time_machine):
    server.answers[:] = [SMTPServerDisconnected("gone")]
    tell(kind="trial.urgent")
    assert [len(after(minutes, time_machine)) for minutes in (0, 1, 60, 600)] == [0] * 4
    assert states() == ["unclear"]


class Killed(BaseException):
    """The worker is killed."""


@pytest.mark.parametrize("taken", [False, True], ids=["before the server took it", "after the server took it"])
def test_a_worker_killed_on_the_way_sends_at_most_once(mail_server, tell, monkeypatch, taken, time_machine):
    def kill(copy):
        if taken:
            send(copy)
        raise Killed

    send = outside._send
    tell(kind="trial.urgent")
    monkeypatch.setattr(outside, "_send", kill)
    with pytest.raises(Killed):
        deliver_due()
    monkeypatch.setattr(outside, "_send", send)
    for minutes in (1, 5, 11, 60):
        after(minutes, time_machine)
    assert len(mail.outbox) == int(taken)
    assert states() == ["unclear"], "and the person who sent it is told that nobody knows"


def test_a_copy_in_the_hands_of_another_worker_is_left_to_it(mail_server, tell):
    tell(kind="trial.urgent")
    claimed = outside._claim(OutsideCopy.objects.get().pk)
    assert claimed.state == "trying"
    assert letters_sent() == []


def test_one_bad_address_does_not_hold_up_the_others(server, tell, staff):
    server.answers[:] = REFUSALS
    tell([staff.lan, staff.quan], kind="trial.urgent")
    assert len(letters_sent()) == 1
    assert sorted(states()) == ["sent", "waiting"]


# In the worker


@pytest.mark.parametrize("job", [jobs.deliver_copies, jobs.deliver_copies_each_minute], ids=["at once", "each minute"])
def test_the_worker_sends_what_is_due(mail_server, tell, job):
    tell(kind="trial.urgent")
    facts = {"timestamp": 0} if "minute" in job.name else {}
    async_to_sync(job.func)(**facts)
    assert len(mail.outbox) == 1


def test_copies_are_looked_for_each_minute_and_never_by_two_at_once():
    schedule = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert schedule["messaging.deliver_copies_each_minute"] == "* * * * *"
    assert jobs.deliver_copies.lock == jobs.deliver_copies_each_minute.lock
