"""One sealer links what is committed, whatever the order of commits and whoever is killed (L4, F-01, house § 6)."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid

import psycopg
import pytest
from django.db import connection, transaction

from taicho.kernel.actor import Actor, system
from taicho.kernel.audit import sealing
from taicho.kernel.audit.anchors import read_anchors
from taicho.kernel.audit.damage import Damage
from taicho.kernel.audit.sealing import LOCK, Sealer, anchor, run_sealer, seal_once
from taicho.kernel.models import AuditEntry, AuditLink
from taicho.kernel.models.audit_link import NO_ROOT


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


def in_thread(work):
    """Run `work` on a connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


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


def test_the_sealer_does_not_look_below_ids_that_are_settled_and_never_passes_one_that_is_not(trail, monkeypatch):
    monkeypatch.setattr(sealing, "GRACE", 0.0)
    written, may_commit = threading.Event(), threading.Event()
    sealer = Sealer()
    settled = trail.write(5)[-1].pk
    until = time.monotonic() + 60
    while sealer.floor < settled and time.monotonic() < until:  # another database of the same server may hold it up
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


def another_session():
    named = connection.get_connection_params()
    return psycopg.connect(dbname=named["dbname"], user=named.get("user"), host=named.get("host"), autocommit=True)


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
    stop = threading.Event()
    thread = threading.Thread(target=run_sealer, args=(stop,), kwargs={"every": 0.05, "anchor_every": 0.1})
    thread.start()
    trail.write(3)
    until = time.monotonic() + 20
    while (AuditLink.objects.count() < 3 or not read_anchors().last) and time.monotonic() < until:
        time.sleep(0.05)
    assert AuditLink.objects.count() == 3
    with another_session() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        trail.write(2)
        stop.set()
    thread.join(20)
    assert AuditLink.objects.count() == 5
    assert read_anchors().lines[-1].head.position == 5


def test_the_sealer_outlives_a_lost_connection(trail, monkeypatch):
    stop, failed = threading.Event(), threading.Event()
    genuine = Sealer.seal

    def fail_once(self, **options):
        if not failed.is_set():
            failed.set()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return genuine(self, **options)

    monkeypatch.setattr(Sealer, "seal", fail_once)
    thread = threading.Thread(target=run_sealer, args=(stop,), kwargs={"every": 0.05})
    thread.start()
    failed.wait(20)
    trail.write(3)
    until = time.monotonic() + 20
    while AuditLink.objects.count() < 3 and time.monotonic() < until:
        time.sleep(0.05)
    assert AuditLink.objects.count() == 3
    stop.set()
    thread.join(20)


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
    stop, roots = threading.Event(), [uuid.uuid4() for _ in range(5)] + [None]
    sealer = threading.Thread(target=run_sealer, args=(stop,), kwargs={"every": 0.02, "anchor_every": 0.1})
    sealer.start()
    writers = [in_thread(lambda n=n: write_much(trail, roots, 1250)) for n in range(8)]
    looks = 0
    while any(writer.is_alive() for writer in writers) or looks == 0:
        result = trail.verify()
        assert result.ok or set(result.kinds) == {Damage.UNSEALED}, [f.sentence for f in result.findings]
        looks += 1
    stop.set()
    sealer.join()
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
print("ready", flush=True)
sealing.run_sealer(threading.Event(), every=0.01, anchor_every=0.03)
"""


def test_a_sealer_killed_in_the_middle_of_its_work_leaves_a_chain_that_goes_on(trail, settings):  # F-01
    """Twelve kills at random moments while rows come in; the next sealer goes on and nothing is lost or doubled."""
    environment = os.environ | {
        "TAICHO_HOME": str(settings.TAICHO_HOME), "TAICHO_KEYS": str(settings.TAICHO_KEYS), "TAICHO_DRILL": "0",
        "PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    dice, partly = random.Random(14), 0
    for _ in range(12):
        trail.write(60)
        command = [sys.executable, "-c", SEALING_PROCESS, str(connection.settings_dict["NAME"])]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as sealer:
            sealer.stdout.readline()
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
