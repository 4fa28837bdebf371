"""One installation as it really runs: a database of its own and `taicho web` (granian) as another process."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[2]
COOKIE = "taicho"
PATIENCE_SECONDS = 30
UNTOUCHED = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(organisation|accounts_account|kernel_audit|kernel_news)'
"""


@dataclass
class House:
    """Where an installation answers, and how its roles enter it; `more` are further cookies of a role."""

    url: str
    database: str
    surroundings: dict
    entries: dict = field(default_factory=dict)
    addresses: list = field(default_factory=list)
    only: dict = field(default_factory=dict)
    more: dict = field(default_factory=dict)
    password: str = ""

    def ask(self, address, role):
        """GET a page as a role, without following: (status, text, where it leads)."""
        held = "; ".join(f"{one['name']}={one['value']}" for one in self.cookies(role))
        cookie = {"Cookie": held} if held else {}
        request = urllib.request.Request(self.url + address, headers=cookie)
        try:
            with DIRECT.open(request, timeout=PATIENCE_SECONDS) as answer:
                is_page = answer.headers.get_content_type() == "text/html"
                return answer.status, answer.read().decode() if is_page else "", answer.headers.get("Location", "")
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode(errors="replace"), refused.headers.get("Location", "")

    def cookies(self, role):
        """The cookies a browser of this role holds: its session, the token of a gate device; a visitor holds none."""
        own = {COOKIE: self.entries[role]} if role in self.entries else {}
        return [
            {"name": name, "value": value, "url": self.url} for name, value in (own | self.more.get(role, {})).items()
        ]

    def written(self):
        """How many rows every table of people, units, accounts and the trail has: what must not move by a refused form."""
        with psycopg.connect(self.database) as connection:
            tables = sorted(name for (name,) in connection.execute(UNTOUCHED))
            return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}

    def run(self, *words):
        """Run a Python module beside the server and return what it prints."""
        told = subprocess.run(
            [sys.executable, "-m", *words], cwd=ROOT, env=self.surroundings, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stderr
        return told.stdout


class Direct(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *facts):
        """No other request."""


DIRECT = urllib.request.build_opener(Direct)


@contextmanager
def opened(which, worker, home):
    """A database made, furnished as `which` of the stage says (nothing for "empty") and served; gone afterwards."""
    with database_for(f"journeys_{which}_{worker}_{os.getpid()}") as address:
        surroundings = environment(address, home, drill=which != "empty")
        port = free_port()
        house = House(f"http://127.0.0.1:{port}", address, surroundings)
        house.run("taicho.cli", "migrate")
        if which != "empty":
            told = json.loads(house.run("tests.journeys.stage", which).splitlines()[-1])
            for name, value in told.items():
                setattr(house, name, value)
        with served(house, port, home / "web.log"):
            yield house


@contextmanager
def database_for(name):
    """A new database on the server the tests use."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield re.sub(r"(://[^/]*/)[^?]*", rf"\g<1>{name}", server, count=1)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment(database, home, *, drill):
    """The environment of an installation; nothing of the test session in it. Plain http, as behind no proxy."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TAICHO_", "DJANGO_", "PYTEST_"))}
    own = {
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DATABASE_URL": database,
        "TAICHO_HOME": str(home),
        "TAICHO_HTTPS": "0",
    }
    return kept | own | {"TAICHO_DRILL": "1" if drill else "0", "DJANGO_SETTINGS_MODULE": "config.settings"}


@contextmanager
def served(house, port, log):
    """`taicho web` on this port until the block ends."""
    command = [sys.executable, "-m", "taicho.cli", "web", "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=house.surroundings, stdout=out, stderr=out)
        try:
            wait_for(house, server, log)
            yield
        finally:
            server.terminate()
            server.wait(30)


def wait_for(house, server, log):
    """Return when the sign-in page opens."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if house.ask("/dang-nhap", "visitor")[0] == 200:
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"the web process does not answer: {log.read_text()[-2000:]}")


def free_port():
    """A port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
