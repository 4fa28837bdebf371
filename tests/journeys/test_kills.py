"""Web and worker are killed again and again while people declare, pass the gate and are owed duties (trust.md F-01, F-02).

What was acknowledged is there, once; nothing is there twice; nothing is missing once the sweep has run in peace.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

import psycopg
import pytest

from tests.journeys.house import ROOT, free_port, opened
from tests.journeys.persistent import Guard, Typist

pytestmark = [
    pytest.mark.browser,  # late, with the others that run whole installations
    pytest.mark.trial,
]
ROUNDS = 100
KILLS_PER_ROUND = 2
ROUNDS_A_DAY, FIRST_DAY = 10, 2
TYPISTS = 3
LONGEST_LIFE_SECONDS, PATIENCE_SECONDS = 3, 90


@dataclass
class Process:
    """A command of the house that is killed and started again, all its children with it."""

    command: list
    surroundings: dict
    kills: int = 0
    running: object = None

    def start(self):
        """Start it, in a group of its own."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.running = subprocess.Popen(self.command, cwd=ROOT, env=self.surroundings, start_new_session=True, **quiet)

    def kill(self):
        """SIGKILL for the whole group."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()
        self.kills += 1


@pytest.fixture(scope="module")
def killed_house(worker_id, tmp_path_factory):
    """The example's office, whose own web process is not the one that is killed."""
    with opened("story", f"kills_{worker_id}", tmp_path_factory.mktemp("kills")) as house:
        yield house


@contextmanager
def working(house):
    """Web, worker and the relay of the sweep; the first two are there to be killed."""
    port = free_port()
    python = [sys.executable, "-m"]
    web = Process([*python, "taicho.cli", "web", "--port", str(port)], house.surroundings)
    worker = Process([*python, "taicho.cli", "worker"], house.surroundings)
    relay = Process([*python, "tests.journeys.relay"], house.surroundings)
    crew = (web, worker, relay)
    for one in crew:
        one.start()
    try:
        yield f"http://127.0.0.1:{port}", web, worker
    finally:
        for one in crew:
            one.kill()


def staff_of_the_nurse(house):
    """Keys of the people for whom the health post may type."""
    asked = """
        SELECT p.key::text FROM organisation_person p JOIN organisation_staffmembership m ON m.person_id = p.id
        JOIN organisation_unit u ON u.id = m.unit_id JOIN organisation_unit a ON a.path = u.agency_path
        WHERE a.name = 'Ban Dân tộc Thành phố' AND m.ends_at IS NULL
    """
    with psycopg.connect(house.database) as connection:
        return [key for (key,) in connection.execute(asked)]


def turn_the_clock(house, days):
    """The drill clock jumps, forwards or back."""
    with psycopg.connect(house.database) as connection:
        connection.execute(
            'INSERT INTO kernel_drillclock (key, "offset", set_at) VALUES (gen_random_uuid(), %s, now())',
            [timedelta(days=days)],
        )


def test_two_hundred_kills_lose_nothing_acknowledged_and_do_nothing_twice(killed_house):  # F-01, F-02, A9, E1, F1
    luck, day, over = random.Random(2021), ["0"], threading.Event()
    people = staff_of_the_nurse(killed_house)
    gate = json.loads(killed_house.run("tests.journeys.manned_gate").splitlines()[-1])
    nurse = {"taicho": killed_house.entries["y-te-co-quan"]}
    watch = {"taicho": killed_house.entries["bao-ve"], **gate["cookie"]}
    with working(killed_house) as (url, web, worker):
        typists = [Typist(url, nurse, people[n::TYPISTS], day, over) for n in range(TYPISTS)]
        guard = Guard(url, watch, list(gate["passes"].values()), day, over)
        hands = [threading.Thread(target=one.work) for one in (*typists, guard)]
        for hand in hands:
            hand.start()
        for number in range(ROUNDS):
            if number % ROUNDS_A_DAY == 0:
                turn_the_clock(killed_house, FIRST_DAY + number // ROUNDS_A_DAY)
                day[0] = str(number // ROUNDS_A_DAY)
            wait_for_work([*typists, guard])
            time.sleep(luck.uniform(0, LONGEST_LIFE_SECONDS))
            for one in (web, worker):
                one.kill()
                one.start()
        over.set()
        for hand in hands:
            hand.join()
    assert web.kills + worker.kills >= ROUNDS * KILLS_PER_ROUND
    declared = [client for typist in typists for client in typist.acknowledged.values()]
    assert len(declared) > ROUNDS, "the trial declared too little to prove anything"
    assert len(guard.acknowledged) > ROUNDS / 2, "too few passed the gate to prove anything"
    killed_house.run("tests.journeys.relay", "once")
    with psycopg.connect(killed_house.database) as connection:
        assert_declarations_once(connection, declared, [one for typist in typists for one in typist.refused])
        assert_passings_once(connection, guard)
    killed_house.run("taicho.cli", "audit", "verify")  # ends with an error where the trail is damaged


def wait_for_work(hands):
    """Until the web that was started last has acknowledged something: a kill before that would prove nothing."""
    before, patience = sum(len(one.acknowledged) for one in hands), time.monotonic() + PATIENCE_SECONDS
    while sum(len(one.acknowledged) for one in hands) == before and time.monotonic() < patience:
        time.sleep(0.05)


def counting(connection):
    """Ask for one number."""
    return lambda sql, *values: connection.execute(sql, values).fetchone()[0]


def assert_declarations_once(connection, acknowledged, refused):
    """What was acknowledged is there, once; what was refused is not; each day's duty is there for everybody, once."""
    count = counting(connection)
    kept = "SELECT count(*) FROM health_declaration WHERE client_id = ANY(%s::uuid[])"
    assert count(kept, acknowledged) == len(acknowledged)
    assert count(kept, refused) == 0
    assert count("SELECT count(*) - count(DISTINCT client_id) FROM health_declaration") == 0
    assert count("SELECT count(*) - count(DISTINCT (person_id, day, turn)) FROM health_declaration") == 0
    owed = "SELECT count(*) FROM duties_duty WHERE kind = 'health.declare'"
    assert count(owed) == count(owed.replace("count(*)", "count(DISTINCT (owner_id, occasion))"))
    undone = """
        SELECT count(*) FROM health_declaration d WHERE d.client_id = ANY(%s::uuid[]) AND NOT EXISTS (
            SELECT 1 FROM duties_duty y JOIN duties_discharge g ON g.duty_id = y.id
            WHERE y.kind = 'health.declare' AND y.owner_id = d.person_id AND g.evidence = d.key)
    """
    assert count(undone, acknowledged) == 0
    per_day = "SELECT count(DISTINCT n) FROM (SELECT occasion, count(*) n FROM duties_duty WHERE kind = 'health.declare' GROUP BY 1) x"
    assert count(per_day) == 1, "every day has a duty for each member of staff"


def assert_passings_once(connection, guard):
    """Each acknowledged passing is one entry, with its temperature, its passage and the trail's row; nothing without an entry."""
    count = counting(connection)
    kept = "SELECT count(*) FROM gate_entry WHERE admitted AND client_id = ANY(%s::uuid[])"
    assert count(kept, list(guard.acknowledged)) == len(guard.acknowledged)
    assert count(kept.replace("admitted AND ", ""), guard.refused) == 0, "what was refused is written all the same"
    assert count("SELECT count(*) - count(DISTINCT client_id) FROM gate_entry") == 0
    measured = [str(uuid5(UUID(one), "temperature")) for one, (*_, read) in guard.acknowledged.items() if read]
    assert measured
    assert count("SELECT count(*) FROM health_temperature WHERE client_id = ANY(%s::uuid[])", measured) == len(measured)
    astray = "SELECT count(*) FROM gate_entry e FULL JOIN presence_passage p ON p.evidence_key = e.key WHERE {} IS NULL"
    assert count(astray.format("p.id") + " AND e.admitted") == 0, "somebody came in and presence does not know"
    assert count(astray.format("e.id")) == 0, "presence knows of somebody who did not come in"
    untold = "SELECT count(*) FROM gate_entry e WHERE NOT EXISTS (SELECT 1 FROM kernel_auditentry a WHERE a.object_key = e.key)"
    assert count(untold) == 0, "an entry without its row in the trail"
