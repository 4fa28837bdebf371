"""Long trials: the server is killed again and again while people write; no acknowledged write is lost.

trust.md F-09 and the issue's line 2. Killing processes leaves the kernel's memory whole: this tries our keeper,
PostgreSQL's recovery and the restart, not the disk (a power cut is F-03).
"""

import random
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from taicho.postgres import Cluster, places
from tests.postgres.conftest import eventually, is_alive, processes_in, send

pytestmark = [pytest.mark.trial]
TIMES = 50
WRITERS = 4
PAUSE = 0.05  # seconds between two writes of one writer: about 50 requests/s in all
BETWEEN = 20  # acknowledged writes between two strikes, at least


class Writers:
    """Four people who write without rest and remember what the database acknowledged."""

    def __init__(self, address):
        self.address, self.acknowledged, self.over, self.longest = address, [], threading.Event(), 0.0
        self.threads = [threading.Thread(target=self.write, args=(who,)) for who in range(WRITERS)]

    def write(self, who):
        number, silent_since = 0, time.monotonic()
        while not self.over.is_set():
            with suppress(psycopg.OperationalError), psycopg.connect(self.address, connect_timeout=5) as connection:
                while not self.over.is_set():
                    number += 1
                    connection.execute("insert into entry values (%s, %s)", (who, number))
                    connection.execute("insert into trail values (%s, %s)", (who, number))
                    connection.commit()
                    now = time.monotonic()
                    self.acknowledged.append((who, number))
                    self.longest, silent_since = max(self.longest, now - silent_since), now
                    time.sleep(PAUSE)
            time.sleep(0.02)

    def __enter__(self):
        with psycopg.connect(self.address) as connection:
            connection.execute("create table entry (who int, number int, primary key (who, number))")
            connection.execute("create table trail (who int, number int, primary key (who, number))")
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def count_since(self, seen):
        return len(self.acknowledged) - seen


def stored(address):
    with psycopg.connect(address) as connection:
        return [set(connection.execute(f"select who, number from {table}")) for table in ("entry", "trail")]


def judge(writers, address, least):
    """Nothing acknowledged is lost, nothing is half done, and the trial was one: enough was written."""
    entries, trail = stored(address)
    sys.stdout.write(
        f"\n{len(writers.acknowledged)} acknowledged, {len(entries)} stored, "
        f"{len(set(writers.acknowledged) - entries)} lost, {len(entries ^ trail)} half done, "
        f"longest silence {writers.longest:.1f} s\n"
    )
    assert set(writers.acknowledged) - entries == set()
    assert entries == trail
    assert writers.longest <= 10
    assert len(writers.acknowledged) >= least


def kill_postmaster(cluster, pid):
    send(pid, "SIGKILL")


def stop_immediately(cluster, pid):
    programs = (
        Path(f"/proc/{pid}/exe").resolve().parent
    )  # those it runs from: a copy, where the wheel's are out of reach
    done = subprocess.run(
        [programs / "pg_ctl", "stop", "-W", "-m", "immediate", "-D", cluster.place / "data"], cwd="/", check=False,
        capture_output=True, text=True, **places.server_identity(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("strike", [kill_postmaster, stop_immediately], ids=["kill -9", "immediate stop"])
def test_fifty_strikes_at_the_server_lose_no_acknowledged_write(cluster, strike):
    address, chance = cluster.url("office"), random.Random(2021)
    with Writers(address) as writers:
        for _ in range(TIMES):
            seen = len(writers.acknowledged)
            assert eventually(lambda seen=seen: writers.count_since(seen) >= BETWEEN, seconds=30)
            time.sleep(chance.uniform(0, 0.2))
            pid = cluster.status().pid
            strike(cluster, pid)
            assert eventually(lambda pid=pid: not is_alive(pid))
        seen = len(writers.acknowledged)
        assert eventually(lambda: writers.count_since(seen) >= BETWEEN, seconds=30)
    judge(writers, address, least=TIMES * BETWEEN)


def test_twenty_killed_commands_lose_no_acknowledged_write_and_leave_nothing(command, ground):
    cluster = Cluster(ground / "postgres")
    with cluster:
        cluster.ensure_database("office")
        address = cluster.url("office")
    process, _, _ = command()
    with Writers(address) as writers:
        for _ in range(20):
            seen = len(writers.acknowledged)
            assert eventually(lambda seen=seen: writers.count_since(seen) >= BETWEEN, seconds=30)
            process.kill()
            process.wait()
            assert eventually(lambda: not processes_in(ground / "postgres"))
            process, _, _ = command()
    judge(writers, address, least=20 * BETWEEN)


def test_ten_killed_creations_leave_a_database_that_starts(ground):
    program = "import sys, pathlib; from taicho.postgres import Cluster; Cluster(pathlib.Path(sys.argv[1])).start()"
    chance = random.Random(2026)
    for number in range(10):
        place = ground / f"cut-{number}"
        process = subprocess.Popen([sys.executable, "-c", program, str(place)], env={"PYTHONPATH": ":".join(sys.path)})
        time.sleep(chance.uniform(0.05, 1.2))
        process.kill()
        process.wait()
        with Cluster(place) as cluster:
            cluster.ensure_database("office")
        assert eventually(lambda place=place: not processes_in(place))
