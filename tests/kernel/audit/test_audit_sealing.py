"""One sealer links what is committed, whatever the order of commits and whoever is killed (L4, F-01, house § 6)."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from taicho.kernel.actor import Actor, system
from taicho.kernel.audit import sealing
from taicho.kernel.audit.anchors import read_anchors
from taicho.kernel.audit.damage import Damage
from taicho.kernel.audit.sealing import LOCK, Sealer, anchor, seal_once
from taicho.kernel.models import AuditEntry, AuditLink
from taicho.kernel.models.audit_link import NO_ROOT
from tests.kernel.audit.conftest import another_session, comes_true, in_thread, sealing_meanwhile


def order(chain):
    return list(AuditLink.objects.filter(chain=chain).order_by("position").values_list("entry_id", flat=True))


def test_every_top_level_unit_has_a_chain_of_its_own_and_rows_without_one_share_another(trail):  # house § 6
    other = Actor(root=uuid.uuid4())
    mine, theirs, nobodys = trail.write(2), trail.write(3, by=other), trail.write(1, by=system("start"))
    assert seal_once() == 6
    assert order(trail.root) == [entry.pk for entry in mine]
    assert order(other.root) == [entry.pk for entry in theirs]
    assert order(NO_ROOT) == [entry.pk for entry in nobodys]
    assert trail.verify().chains == 3


def test_sealing_again_seals_nothing_twice(trail):
    trail.write(3)
    assert (seal_once(), seal_once()) == (3, 0)


def test_a_row_that_commits_late_is_linked_late_and_nothing_is_missing(trail):
    """It took its id before others that were sealed meanwhile; the position in the chain is a count of its own."""
    written, may_commit = threading.Event(), threading.Event()

    def slowly():
        with transaction.atomic():
            trail.write(1)
            written.set()
            may_commit.wait(20)

    thread, sealer = in_thread(slowly), Sealer()
    written.wait(20)
    early = trail.write(3)
    assert sealer.seal() == 3
    may_commit.set()
    thread.join()
    assert sealer.seal() == 1
    assert order(trail.root)[:3] == [entry.pk for entry in early]
    assert order(trail.root)[3] < early[0].pk
    assert trail.verify().ok


@pytest.fixture
def alone_on_the_server(monkeypatch):
    """Transactions are numbered for a whole server, and an old one open in any database holds the sealer's floor down.

    Tests of other databases run beside this one; so here only the transactions of this database count.
    """
    genuine = sealing._horizon

    def horizon(cursor):
        highest, _, next_transaction = genuine(cursor)
        cursor.execute(
            "SELECT min(backend_xid::text::bigint) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        (oldest_open,) = cursor.fetchone()
        return highest, oldest_open or next_transaction, next_transaction

    monkeypatch.setattr(sealing, "_horizon", horizon)


def test_an_id_is_settled_when_the_transactions_of_its_time_are_over_and_the_grace_has_passed(monkeypatch):
    clock = SimpleNamespace(now=1000.0, monotonic=lambda: clock.now)
    monkeypatch.setattr(sealing, "time", clock)
    sealer = Sealer()

    def look(seconds, *, highest, oldest_open, next_transaction):
        clock.now = 1000.0 + seconds
        sealer._raise_floor(highest, oldest_open, next_transaction)
        return sealer.floor

    assert look(0, highest=10, oldest_open=50, next_transaction=70) == 0
    assert look(59, highest=20, oldest_open=75, next_transaction=80) == 0  # all over, but not a minute ago
    assert look(60, highest=30, oldest_open=69, next_transaction=90) == 0  # a minute ago, but one is still open
    assert look(61, highest=40, oldest_open=70, next_transaction=95) == 10
    assert look(200, highest=50, oldest_open=90, next_transaction=99) == 30
    assert look(201, highest=50, oldest_open=99, next_transaction=99) == 40


def test_the_horizon_is_the_highest_id_given_out_and_the_transactions_now_open(trail):
    entries = trail.write(2)
    with connection.cursor() as cursor:
        before = sealing._horizon(cursor)
        with transaction.atomic():
            trail.write(1)
            inside = sealing._horizon(cursor)
    assert before[0] == entries[1].pk
    assert inside[0] == entries[1].pk + 1
    assert before[1] <= before[2] <= inside[2]
    assert inside[1] <= inside[2]


def test_the_sealer_does_not_look_below_ids_that_are_settled_and_never_passes_one_that_is_not(
    trail, monkeypatch, alone_on_the_server
):
    monkeypatch.setattr(sealing, "GRACE", 0.0)
    written, may_commit = threading.Event(), threading.Event()
    sealer = Sealer()
    settled = trail.write(5)[-1].pk
    for _ in range(2):
        sealer.seal()
    assert sealer.floor == settled

    def slowly():
        with transaction.atomic():
            trail.write(1)
            written.set()
            may_commit.wait(20)

    thread = in_thread(slowly)
    written.wait(20)
    for _ in range(3):
        trail.write(2)
        sealer.seal()
    assert sealer.floor == settled
    may_commit.set()
    thread.join()
    assert sealer.seal() == 1
    assert trail.verify().ok


def test_a_rolled_back_step_leaves_no_trace_and_no_alarm(trail):
    trail.write(2)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        trail.write(4)
        raise ZeroDivisionError
    trail.write(2)
    assert seal_once() == 4
    assert trail.verify().ok


def test_only_one_sealer_works_at_a_time(trail):
    trail.write(3)
    with another_session() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        assert seal_once(wait=False) == 0
        assert anchor() == 0
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert seal_once(wait=False) == 3


def test_writers_do_not_wait_for_the_sealer(trail):  # house § 6
    trail.write(3)
    with transaction.atomic():
        seal_once()
        thread = in_thread(lambda: trail.write(5))
        thread.join(20)
        assert not thread.is_alive()
    assert AuditEntry.objects.count() == 8


def test_a_batch_that_is_exactly_full_is_followed_by_another_look(trail, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 5)
    trail.write(10)
    sealer = Sealer()
    assert (sealer.seal(), sealer.seal()) == (10, 0)


def test_many_batches_make_one_chain(trail, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 7)
    trail.write(30)
    assert seal_once() == 30
    assert trail.verify().ok


def test_an_unsealed_row_is_reported_only_when_it_waited_longer_than_five_seconds(trail):  # house § 6
    trail.write(1)
    result = trail.verify()
    assert (result.ok, result.unsealed) == (True, 1)
    (entry,) = AuditEntry.objects.all()
    import time_machine

    with time_machine.travel(time.time() + 6, tick=True):
        finding = trail.only(Damage.UNSEALED)
    assert (finding.facts["entry"], finding.facts["count"]) == (entry.pk, 1)


def test_a_late_row_that_the_sealer_takes_up_meanwhile_is_not_reported(trail):
    import time_machine

    with time_machine.travel(time.time() - 60, tick=True):
        trail.write(1)
    from taicho.kernel.audit.verifying import verify_all

    thread = in_thread(lambda: (time.sleep(0.5), seal_once()))
    assert verify_all(patience=20).ok
    thread.join()


def test_the_sealer_seals_while_it_runs_and_once_more_at_shutdown(trail):  # house § 6
    with sealing_meanwhile(every=0.05, anchor_every=0.1) as stop:
        trail.write(3)
        comes_true(lambda: AuditLink.objects.count() == 3 and read_anchors().last)
        with another_session() as other:
            other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            trail.write(2)
            stop.set()
    assert AuditLink.objects.count() == 5
    assert read_anchors().lines[-1].head.position == 5


def test_the_sealer_outlives_a_lost_connection(trail, monkeypatch):
    failed = threading.Event()
    genuine = Sealer.seal

    def fail_once(self, **options):
        if not failed.is_set():
            with connection.cursor() as cursor:
                failed.set()
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return genuine(self, **options)

    monkeypatch.setattr(Sealer, "seal", fail_once)
    with sealing_meanwhile(every=0.05):
        assert failed.wait(60)
        trail.write(3)
        comes_true(lambda: AuditLink.objects.count() == 3)


def write_much(trail, chosen, rows):
    """One of eight writers: transactions of different sizes, some rolled back, over a few chains."""
    actors = [Actor(person=uuid.uuid4(), root=root) for root in chosen]
    dice = random.Random(rows)
    while rows > 0:
        size = min(rows, dice.randint(1, 40))
        try:
            with transaction.atomic():
                trail.write(size, by=dice.choice(actors))
                if dice.random() < 0.2:
                    raise ZeroDivisionError
            rows -= size
        except ZeroDivisionError:
            pass


def test_ten_thousand_rows_of_eight_writers_sealed_and_verified_meanwhile_give_no_false_alarm(trail):  # S-14
    roots, looks = [uuid.uuid4() for _ in range(5)] + [None], 0
    with sealing_meanwhile(every=0.02, anchor_every=0.1):
        writers = [in_thread(lambda: write_much(trail, roots, 1250)) for _ in range(8)]
        while any(writer.is_alive() for writer in writers) or looks == 0:
            result = trail.verify()
            assert result.ok or set(result.kinds) == {Damage.UNSEALED}, [f.sentence for f in result.findings]
            looks += 1
    result = trail.verify()
    assert result.ok, [finding.sentence for finding in result.findings]
    assert (result.sealed, result.unsealed, result.chains) == (10_000, 0, 6)


SEALING_PROCESS = """
import django
django.setup()
from django.db import connection
import os, sys, threading
from taicho.kernel.audit import sealing
connection.settings_dict["NAME"] = sys.argv[1]
sealing.BATCH = 150
genuine, batches = sealing.write_copied, []
def write_copied(*arguments):
    genuine(*arguments)
    batches.append(1)
    if sys.argv[2] == "stop in the second batch" and len(batches) == 2:
        print("in the second batch", flush=True)
        threading.Event().wait()
sealing.write_copied = write_copied
print("ready", flush=True)
sealing.run_sealer(threading.Event(), every=0.01, anchor_every=0.03)
"""


@pytest.fixture
def sealing_process(trail, settings):
    """Starts the sealer as a process of its own; whatever happens, it is killed at the end."""
    environment = os.environ | {
        "TAICHO_HOME": str(settings.TAICHO_HOME), "TAICHO_KEYS": str(settings.TAICHO_KEYS), "TAICHO_DRILL": "0",
        "PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip

    @contextmanager
    def start(mode="go on"):
        command = [sys.executable, "-c", SEALING_PROCESS, str(connection.settings_dict["NAME"]), mode]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as sealer:
            try:
                assert sealer.stdout.readline() == "ready\n"
                yield sealer
            finally:
                sealer.kill()

    return start


def test_a_sealer_killed_in_the_middle_of_a_batch_leaves_a_chain_that_goes_on(trail, sealing_process):  # F-01
    """What it had committed stands; the batch under its hands is undone and done by the next one."""
    trail.write(400)
    with sealing_process("stop in the second batch") as sealer:
        assert sealer.stdout.readline() == "in the second batch\n"
        sealer.send_signal(signal.SIGKILL)
    assert AuditLink.objects.count() == 150
    assert set(trail.verify().kinds) <= {Damage.UNSEALED}
    assert seal_once() == 250
    result = trail.verify()
    assert (result.ok, result.sealed, result.unsealed) == (True, 400, 0)


@pytest.mark.trial
def test_a_sealer_killed_twelve_times_at_random_loses_and_doubles_nothing(trail, sealing_process):  # F-01
    """Twelve kills at random moments while rows come in; the next sealer goes on."""
    dice, partly = random.Random(14), 0
    for _ in range(12):
        trail.write(60)
        with sealing_process() as sealer:
            with transaction.atomic():
                trail.write(400)
            time.sleep(dice.uniform(0, 0.06))
            sealer.send_signal(signal.SIGKILL)
        partly += 0 < AuditLink.objects.count() < AuditEntry.objects.count()
        assert set(trail.verify().kinds) <= {Damage.UNSEALED}
    seal_once()
    result = trail.verify()
    assert result.ok, [finding.sentence for finding in result.findings]
    assert (result.sealed, result.unsealed) == (12 * 460, 0)
    assert partly > 0
