"""What is urgent is said again each five minutes until somebody has seen it, for an hour. # A10, ux.md 11"""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app

from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.messaging import jobs
from taicho.messaging.actions.reading import mark_read
from taicho.messaging.actions.resending import repeat_unseen
from taicho.messaging.enums import Level
from taicho.messaging.models import Message, OutsideCopy, Receipt
from taicho.messaging.queries.inbox import inbox
from taicho.messaging.rules.rhythm import rhythm
from tests.messaging.conftest import letters_sent, receipt_of
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(time_machine):
    """Let minutes pass, and the worker look for what nobody has seen; how many letters leave then."""
    began = clock.now()

    def pass_minutes(minutes):
        time_machine.move_to(began + timedelta(minutes=minutes), tick=False)
        repeat_unseen()
        return len(letters_sent())

    return pass_minutes


def test_what_nobody_has_seen_is_said_again_after_five_minutes_and_again(mail_server, tell, later):
    tell(kind="trial.urgent")
    assert [later(minutes) for minutes in (0, 4, 5, 6, 9, 10)] == [1, 0, 1, 0, 0, 1]


def test_the_first_who_sees_it_ends_the_repeating_for_all(mail_server, tell, staff, later):
    tell([staff.lan, staff.quan], kind="trial.urgent")
    assert later(0) == 2
    assert later(5) == 2
    mark_read(receipt_of(staff.quan), actor(staff.quan))
    assert [later(minutes) for minutes in (10, 15, 30)] == [0, 0, 0]


def test_after_an_hour_nobody_is_written_to_any_more(mail_server, tell, later):
    tell(kind="trial.urgent")
    letters = [later(minutes) for minutes in range(0, 120, 5)]
    assert letters == [1] * 12 + [0] * 12


def test_after_a_silence_of_the_worker_it_is_said_once_and_not_for_each_time_missed(mail_server, tell, later):
    tell(kind="trial.urgent")
    assert later(0) == 1
    assert [later(minutes) for minutes in (37, 38, 42)] == [1, 0, 1]


def test_a_copy_that_still_waits_for_the_server_is_not_doubled(mail_server, tell, time_machine):
    tell(kind="trial.urgent")
    for _ in range(3):
        time_machine.shift(300)
        repeat_unseen()
    assert OutsideCopy.objects.count() == 1


@pytest.mark.parametrize("level", sorted(set(Level) - {Level.URGENT}))
def test_nothing_else_is_repeated(mail_server, tell, later, level):
    tell(kind=f"trial.{level.value}")
    before = later(0)
    later(20)
    assert not AuditEntry.objects.filter(verb="messaging.resend").exists()
    assert before == 0


def test_the_clock_of_a_drill_set_back_repeats_nothing(mail_server, tell, later):
    tell(kind="trial.urgent")
    assert later(0) == 1
    assert later(-60) == 0


def test_without_a_mail_server_it_rises_to_the_top_of_the_inbox(tell, staff, later):
    tell(kind="trial.urgent", title="Triệu tập")
    later(4)
    tell(kind="trial.information", once="2", title="Tin khác")
    assert inbox(actor(staff.lan)).first().message.title == "Tin khác"
    later(5)
    assert inbox(actor(staff.lan)).first().message.title == "Triệu tập"


def test_a_message_to_nobody_is_repeated_to_nobody(tell, later):
    tell([], kind="trial.urgent")
    later(5)
    assert (Message.objects.count(), Receipt.objects.count()) == (1, 0)
    assert not AuditEntry.objects.filter(verb="messaging.resend").exists()


def test_each_repetition_is_in_the_trail_as_a_step_of_the_machine(tell, later):  # L4
    message = tell(kind="trial.urgent")
    later(5)
    entry = AuditEntry.objects.get(verb="messaging.resend")
    assert (entry.actor, entry.machine, entry.object_key) == (None, "repeat", message.key)


def test_one_urgent_message_repeated_leaves_the_other_alone(mail_server, tell, staff, later):
    tell(kind="trial.urgent", once="1")
    assert later(3) == 1
    tell([staff.quan], kind="trial.urgent", once="2")
    assert later(5) == 2  # the first again, the second for the first time
    assert later(6) == 0


def test_the_questions_asked_do_not_grow_with_what_others_have_seen(tell, staff, later):
    def asked():
        with CaptureQueriesContext(connection) as questions:
            assert repeat_unseen() == 0
        return len(questions)

    none_yet = asked()
    for number in range(12):
        tell(kind="trial.urgent", once=str(number))
        mark_read(inbox(actor(staff.lan)).first(), actor(staff.lan))
    later(5)
    assert asked() == none_yet


def test_the_worker_looks_each_minute_and_never_twice_at_once(tell, time_machine):
    schedule = {one.task.name: one.task for one in app.periodic_registry.periodic_tasks.values()}
    task = schedule["messaging.repeat_unseen"]
    assert task.lock == task.queueing_lock == "messaging.repeat_unseen"
    tell(kind="trial.urgent")
    time_machine.shift(300)
    async_to_sync(jobs.repeat_unseen_each_minute.func)(timestamp=0)
    assert AuditEntry.objects.filter(verb="messaging.resend").count() == 1


def test_the_figures_are_those_of_the_rhythm_file():  # house D4: none in the code
    assert rhythm().repeat_levels == {Level.URGENT}
    assert (rhythm().repeat_every, rhythm().repeat_until) == (timedelta(minutes=5), timedelta(hours=1))
