"""An office with an installation of its own, run by an ordinary operating-system user, as people run it."""

import contextlib
import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from taicho.postgres import Cluster
from taicho.postgres.cluster import ADMINISTRATOR

ROOT = Path(__file__).parents[2]
PLAIN = {"TAICHO_HTTPS": "0"}
NEXT = {"DJANGO_SETTINGS_MODULE": "tests.cli.next_release.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
"""Surroundings in which the program is the made-up next release of `tests/cli/next_release`."""


def environment(home):
    """The environment of somebody who has just logged in: nothing of the test session in it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TAICHO_", "DJANGO_", "DATABASE_", "PYTEST_"))}
    quiet = {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return kept | quiet | {"PYTHONPATH": str(ROOT / "src"), "TAICHO_HOME": str(home)}


def ordinary():
    """Arguments of subprocess for an ordinary user: ourselves or, for root, `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def free_port():
    """A port on which nobody listens now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def until(holds, seconds):
    """Wait until `holds()` is true, at most `seconds`; return what it said last."""
    end = time.monotonic() + seconds
    while not (said := holds()) and time.monotonic() < end:
        time.sleep(0.1)
    return said


def processes_of(home):
    """Command lines, by pid, of the processes that belong to the installation: by their words or surroundings."""
    mark, found = str(home).encode(), {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words, surroundings = (place / "cmdline").read_bytes(), (place / "environ").read_bytes()
        except OSError:
            continue
        if int(place.name) != os.getpid() and words and mark in words + surroundings:
            found[int(place.name)] = words.replace(b"\0", b" ").decode(errors="replace").strip()
    return found


def ask(port, path="/dang-nhap", *, method="GET", body=None, **headers):
    """What 127.0.0.1:`port` answers, redirects not followed: an http.client response with `.text`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        connection.request(method, path, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        answer.text = answer.read().decode(errors="replace")
        return answer


@dataclass
class Running:
    """A `taicho` command that was left running; what it tells goes to a file."""

    child: subprocess.Popen
    words: Path

    def told(self):
        return self.words.read_text()

    def tells(self, words, seconds=120):
        """Wait until it says `words`; whether it did."""
        return until(lambda: words in self.told() or self.child.poll() is not None, seconds) and words in self.told()

    def pid_of(self, word):
        """The pid of its child `taicho WORD`."""
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (place / "cmdline").read_bytes().split(b"\0")
                parent = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == self.child.pid and word.encode() in words:
                    return int(place.name)
        return None

    def end(self, number=signal.SIGTERM, patience=30):
        """Send the signal, wait for the command, return its exit code."""
        self.child.send_signal(number)
        return self.child.wait(patience)


@dataclass
class Office:
    """One installation in `home`. Commands run as an ordinary user unless `as_root`."""

    place: Path
    as_root: bool = False
    started: list = field(default_factory=list)

    @property
    def home(self):
        return self.place / "var"

    def _options(self, more):
        user = {} if self.as_root else ordinary()
        return user | {"cwd": self.place, "env": environment(self.home) | more}

    def run(self, *words, timeout=180, program=("-m", "taicho.cli"), **more):
        """Run `taicho WORDS` to its end."""
        command = [sys.executable, *program, *words]
        return subprocess.run(
            command, **self._options(more), capture_output=True, text=True, timeout=timeout, check=False
        )

    def start(self, *words, program=("-m", "taicho.cli"), **more):
        """Start `taicho WORDS` and leave it running."""
        told = self.place / f"told-{len(self.started)}.txt"
        with told.open("w") as out:
            child = subprocess.Popen(
                [sys.executable, *program, *words], **self._options(more), stdout=out, stderr=subprocess.STDOUT
            )
        self.started.append(Running(child, told))
        return self.started[-1]

    def serve(self, *words, port=None, **more):
        """A running `taicho serve` whose web answers; the port is `.port`."""
        port = port or free_port()
        running = self.start("serve", "--port", str(port), *words, **PLAIN | more)
        assert running.tells("đang chạy ở"), running.told()
        running.port = port
        return running

    def processes(self):
        return processes_of(self.place)

    def is_quiet(self, seconds=10.0):
        """Whether no process of the office is left within `seconds`."""
        return until(lambda: not self.processes(), seconds)

    def entry_link(self, *words, **more):
        """The path of the one-time link that the command printed."""
        done = self.run(*words, **PLAIN | more)
        found = re.search(r"/vao/[\w-]+", done.stdout)
        assert found, done.stdout + done.stderr
        return found[0]

    def script(self, body, **more):
        """Let the ordinary user run `body` in Python, with the application loaded and the database at hand."""
        lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
        opening = "from taicho.cli.installation import Installation, django_ready\n"
        opening += "with Installation.here().database():\n    django_ready()\n"
        done = self.run(program=("-c", opening + lines), **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sql(self, query, *facts):
        """Ask the running database as its administrator; the rows, or None."""
        url = Cluster(self.home / "postgres").url("taicho", ADMINISTRATOR)
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute(query, facts)
            return found.fetchall() if found.description else None

    def close(self):
        """Stop what still runs and leave nothing on the disk."""
        for running in self.started:
            if running.child.poll() is None:
                running.end()
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.place, ignore_errors=True)
