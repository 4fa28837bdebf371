"""The processes of a running installation: started together, started again when one dies, ended together."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from taicho.cli.installation import say
from taicho.cli.leash import CREW, tied_to
from taicho.postgres import Cluster, ClusterError

PATIENCE_SECONDS = 6.0
"""How long a process may take to end; with the database it stays below the ten seconds of house § 8."""
MOST_DEATHS = 5
WITHIN_SECONDS = 60.0
LOOK_SECONDS = 5.0
DATABASE_AWAY_SECONDS = 20.0
BEAT_SECONDS = 0.2


@dataclass
class Member:
    """One `taicho COMMAND` of the crew and the moments (monotonic) at which it died unasked."""

    command: Sequence[str]
    child: "subprocess.Popen[bytes]"
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_DEATHS))


class Crew:
    """Keeps the members alive. `cluster` is the embedded database, None when the office has its own server."""

    def __init__(self, cluster: Cluster | None, *commands: Sequence[str]) -> None:
        self.cluster = cluster
        self.members = [Member(command, _start(command)) for command in commands]
        self._looked = self._seen = time.monotonic()

    def keep(self) -> None:
        """Tend the crew until a signal or a sentence ends it."""
        while True:
            self.tend()
            time.sleep(BEAT_SECONDS)

    def tend(self) -> None:
        """Start again whoever died. Ends the whole when one dies too often, or the database stays away."""
        for member in self.members:
            if member.child.poll() is not None:
                self._start_again(member)
        if self.cluster is not None and time.monotonic() - self._looked >= LOOK_SECONDS:
            self._look_at(self.cluster)

    def end(self) -> None:
        """Ask everybody to end; insist when they do not."""
        for member in self.members:
            member.child.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for member in self.members:
            try:
                member.child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                member.child.kill()
                member.child.wait()

    def _start_again(self, member: Member) -> None:
        name, now = member.command[0], time.monotonic()
        member.deaths.append(now)
        if len(member.deaths) == MOST_DEATHS and now - member.deaths[0] < WITHIN_SECONDS:
            _give_up(
                f"Tiến trình {name} dừng {MOST_DEATHS} lần trong một phút nên cả hệ thống dừng lại. Xem các dòng phía "
                f"trên để biết vì sao, rồi chạy lại. / The process {name} died {MOST_DEATHS} times within a minute."
            )
        say(
            f"Tiến trình {name} dừng bất thường (mã {member.child.returncode}); đang chạy lại. / The process {name} died; restarting."
        )
        member.child = _start(member.command)

    def _look_at(self, cluster: Cluster) -> None:
        """A crashed server comes back by itself (ADR 0002); one whose keeper was killed does not."""
        self._looked = time.monotonic()
        try:
            is_there = cluster.status().running
        except ClusterError:
            is_there = False
        if is_there:
            self._seen = self._looked
        elif self._looked - self._seen >= DATABASE_AWAY_SECONDS:
            _give_up(
                "Cơ sở dữ liệu đã dừng nên cả hệ thống dừng lại. Hãy chạy lại. / The database is gone. Start again."
            )


@contextmanager
def crew(cluster: Cluster | None, *commands: Sequence[str]) -> Iterator[Crew]:
    """Run `taicho COMMAND` for each command; all of them end when the block ends or this process dies."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _as_keyboard_interrupt)
    working = Crew(cluster, *commands)
    try:
        yield working
    except KeyboardInterrupt:
        say("Đang dừng… / Stopping…")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave anybody behind
        working.end()


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a member in a session of its own: Ctrl-C and a closed terminal reach this command, which tells the rest."""
    me = os.getpid()
    return subprocess.Popen(
        [sys.executable, "-m", "taicho.cli", *command],
        env=os.environ | {CREW: str(me)},
        start_new_session=True,
        preexec_fn=tied_to(me),  # noqa: PLW1509 - this command has one thread
    )


def _give_up(sentence: str) -> None:
    click.secho(sentence, fg="red", err=True)
    sys.exit(1)


def _as_keyboard_interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
