"""Keeps one PostgreSQL server alive exactly as long as the command that started it.

Run alone (`python -I -S keeper.py ORDER`, standard library only) in its own session. It stops the server when its
input ends or says ".", when its parent is gone, or on a signal; should it be killed, the kernel tells the server.
Once told "+" (ready) it starts a server again that died unasked.
"""

# ruff: noqa: PLW1509  (the programs are ours; the keeper has one thread)

import ctypes
import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

BEAT = 0.5  # seconds between two looks
READ_ONLY_BELOW = 128 * 1024**2  # free bytes: WAL needs room to end well
ENDINGS = ((signal.SIGINT, 6.0), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 1.0))  # fast, immediate, last; seconds


def launch(order: dict[str, Any], past: int) -> "subprocess.Popen[bytes]":
    """Start the server as our child. `past` is the pid of a server known to be dead: PostgreSQL is told so, lest
    it takes whoever has that pid now for a running server; its other checks stay."""
    keeper, libc = os.getpid(), ctypes.CDLL(None)

    def end_with_keeper() -> None:
        if sys.platform == "linux":
            libc.prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG: fast stop when the keeper dies
        if os.getppid() != keeper:
            os._exit(1)

    environment = {**os.environ, "PG_GRANDPARENT_PID": str(past)}
    return subprocess.Popen(
        order["command"], stdin=subprocess.DEVNULL, stdout=sys.stderr, cwd=order["place"], env=environment,
        umask=0o077, pass_fds=[order["lock"]], preexec_fn=end_with_keeper, **order["identity"],
    )  # fmt: skip


def words_from(parent: int) -> bytes:
    """What the command said within one beat; "." when it closed its end or is gone."""
    said, _, _ = select.select([0], [], [], BEAT)
    words = os.read(0, 16) or b"." if said else b""
    return words if os.getppid() == parent else b"."


def holds(place: Path, lock: int) -> bool:
    """Whether the directory is still the one whose lock we hold: not deleted, not replaced by a new one."""
    with suppress(FileNotFoundError):
        return (place / "lock").stat().st_ino == os.fstat(lock).st_ino
    return False


def allow_writing_only_with_room(place: Path, server: "subprocess.Popen[bytes]") -> None:
    """On a nearly full disk let the server only read; allow writing again when there is room. A rename needs none."""
    disk, full, off = os.statvfs(place), place / "full.conf", place / "full.conf.off"
    is_full = disk.f_bavail * disk.f_frsize < READ_ONLY_BELOW
    if is_full != full.exists():
        (off if is_full else full).rename(full if is_full else off)
        server.send_signal(signal.SIGHUP)


def keep(order: dict[str, Any]) -> int:
    """Watch until asked to end; the exit status is 0, or 1 when the server could not be started."""
    place, signals = Path(order["place"]), []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _: signals.append(received))
    server, is_kept = launch(order, order["past"]), False
    while b"." not in (words := words_from(order["parent"])) and not signals and holds(place, order["lock"]):
        is_kept = is_kept or b"+" in words
        if server.poll() is None:
            allow_writing_only_with_room(place, server)
        elif is_kept:
            server = launch(order, server.pid)
        else:
            return 1
    for number, patience in ENDINGS:
        with suppress(subprocess.TimeoutExpired):
            server.send_signal(number)
            server.wait(patience)
            break
    with suppress(OSError):
        Path(order["socket"]).rmdir()
    return 0


if __name__ == "__main__":
    sys.exit(keep(json.loads(sys.argv[1])))
