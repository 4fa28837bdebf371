"""Web and worker are killed again and again while people declare and duties are opened (trust.md F-01, F-02).

What was acknowledged is there, once; nothing is there twice; nothing is missing once the sweep has run in peace.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException
from uuid import uuid4

import psycopg
import pytest

from tests.journeys.house import ROOT, free_port, opened
from tests.journeys.paper_browser import Hand, forms_in

pytestmark = [
    pytest.mark.browser,  # late, with the others that run whole installations
    pytest.mark.trial,
]
ROUNDS = 100
KILLS_PER_ROUND = 2
ROUNDS_A_DAY, FIRST_DAY = 10, 2
TYPISTS = 3
WELL = {"symptoms": "no", "contact": "no", "affected_place": "no", "go": "send"}


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


@dataclass
class Typist:
    """The health post types declarations for people, keeps what was acknowledged, and asks again what was not."""

    url: str
    cookie: dict
    people: list
    day: list
    over: threading.Event
    acknowledged: dict = field(default_factory=dict)
    wrong: list = field(default_factory=list)

    def work(self):
        """Until it is over: somebody who has not declared today."""
        hand, luck = Hand(self.url, dict(self.cookie)), random.Random(str(self.people[0]))
        while not self.over.is_set():
            person, day = luck.choice(self.people), self.day[0]
            if (person, day) not in self.acknowledged:
                self.declare(hand, person, day)

    def declare(self, hand, person, day):
        """One declaration, sent with the same id until an answer comes; a day that has passed meanwhile is let go."""
        address, client = f"/khai-bao/cho/{person}", str(uuid4())
        form = None
        while not self.over.is_set() and self.day[0] == day:
            try:
                form = form or self.form_at(hand, address)
                if form is None:
                    return
                status, _, _ = hand.send(form, address, **(WELL | {"client_id": client}))
            except (OSError, HTTPException):
                status = 0
            if status == 302:
                self.acknowledged[person, day] = client
            if status in (302, 400, 403, 404, 409):
                return
            time.sleep(0.05)

    def form_at(self, hand, address):
        """The form of the declaration; None when the person has declared already. Raises OSError while nobody answers."""
        status, text, _ = hand.open(address)
        if status != 200:
            raise OSError(status)
        return next((form for form in forms_in(text) if "client_id" in form.fields), None)


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


def test_two_hundred_kills_lose_nothing_acknowledged_and_do_nothing_twice(killed_house):  # F-01, F-02, A9, F1
    luck, day, over = random.Random(2021), ["0"], threading.Event()
    people = staff_of_the_nurse(killed_house)
    cookie = {"taicho": killed_house.entries["y-te-co-quan"]}
    with working(killed_house) as (url, web, worker):
        typists = [Typist(url, cookie, people[n::TYPISTS], day, over) for n in range(TYPISTS)]
        hands = [threading.Thread(target=typist.work) for typist in typists]
        for hand in hands:
            hand.start()
        for number in range(ROUNDS):
            if number % ROUNDS_A_DAY == 0:
                turn_the_clock(killed_house, FIRST_DAY + number // ROUNDS_A_DAY)
                day[0] = str(number // ROUNDS_A_DAY)
            time.sleep(luck.uniform(2.5, 5.5))
            for one in (web, worker):
                one.kill()
                one.start()
        over.set()
        for hand in hands:
            hand.join()
    assert web.kills + worker.kills >= ROUNDS * KILLS_PER_ROUND
    acknowledged = [client for typist in typists for client in typist.acknowledged.values()]
    assert len(acknowledged) > ROUNDS, "the trial declared too little to prove anything"
    killed_house.run("tests.journeys.relay", "once")
    assert_nothing_lost_nothing_twice(killed_house, acknowledged)


def assert_nothing_lost_nothing_twice(house, acknowledged):
    """Count in the database."""
    with psycopg.connect(house.database) as connection:

        def count(sql, *values):
            return connection.execute(sql, values).fetchone()[0]

        assert count("SELECT count(*) FROM health_declaration WHERE client_id = ANY(%s::uuid[])", acknowledged) == len(
            acknowledged
        )
        assert count("SELECT count(*) - count(DISTINCT client_id) FROM health_declaration") == 0
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
    house.run("taicho.cli", "audit", "verify")  # ends with an error where the trail is damaged
