"""Two hands on one message: read once, repeated once, never lost between them. # A9, A10"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from taicho.kernel.actor import system
from taicho.kernel.models import AuditEntry
from taicho.messaging.actions.reading import mark_read
from taicho.messaging.actions.resending import repeat_unseen, resend_to_silent
from taicho.messaging.actions.sending import send
from taicho.messaging.models import OutsideCopy
from tests.messaging.conftest import LETTER, receipt_of
from tests.organisation.land import actor, staff, unit

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def alone(committed):
    """An urgent message to one person, where commits are real."""
    lan = staff("Nguyễn Thị Lan", unit("Sở Nội vụ"))
    message = send(
        "trial.urgent", to=[lan], title="Triệu tập", link="/", about=LETTER, once=str(uuid4()), by=system("trial")
    )
    return lan, message


def at_once(*acts):
    """Run the acts together, each on a connection of its own."""

    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_telephones_that_open_it_at_once_read_it_once(alone):
    lan, _ = alone
    me = actor(lan)
    read = at_once(*(lambda: mark_read(receipt_of(lan), me).read_at for _ in range(3)))
    assert len(set(read)) == 1
    assert AuditEntry.objects.filter(verb="messaging.mark_read", object_key=receipt_of(lan).key).count() == 1


def test_who_reads_while_it_is_sent_again_is_counted_once_on_either_side(alone, time_machine):
    lan, message = alone
    me = actor(lan)
    time_machine.shift(timedelta(hours=1))
    _, again = at_once(lambda: mark_read(receipt_of(lan), me), lambda: resend_to_silent(message, system("trial")))
    receipt = receipt_of(lan)
    assert receipt.read_at is not None
    assert (receipt.sent_at > message.sent_at) == bool(again)


def test_of_two_workers_that_repeat_at_once_each_leaves_one_copy_behind_at_most(alone, time_machine, mail_server):
    lan, message = alone
    lan.email = "lan@example.vn"
    lan.save()
    time_machine.shift(300)
    at_once(repeat_unseen, repeat_unseen)
    assert OutsideCopy.objects.filter(receipt__message=message).count() == 1
