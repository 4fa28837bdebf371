"""Run the command `taicho` as a person would: another process, an installation of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def environment(home):
    """The environment of somebody who has just logged in: nothing of the test session in it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TAICHO_", "DJANGO_", "DATABASE_", "PYTEST_"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "TAICHO_HOME": str(home), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def home(tmp_path):
    """An empty place for an installation."""
    return tmp_path / "var"


@pytest.fixture
def taicho(home):
    """Run `taicho WORDS` to its end and return what happened."""

    def run(*words, timeout=120, **more):
        command = [sys.executable, "-m", "taicho.cli", *words]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment(home) | more,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture
def start_taicho(home):
    """Start `taicho WORDS` and leave it running; whatever still runs at the end is stopped."""
    started = []

    def start(*words, **more):
        command = [sys.executable, "-m", "taicho.cli", *words]
        child = subprocess.Popen(
            command, cwd=ROOT, env=environment(home) | more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(child)
        return child

    yield start
    for child in started:
        if child.poll() is None:
            child.terminate()
            child.wait(30)
        child.stdout.close()


@pytest.fixture
def processes_of(home):
    """Command lines of the processes that belong to the installation, by their environment or words."""

    def find():
        mark, found = str(home).encode(), {}
        for place in Path("/proc").glob("[0-9]*"):
            try:
                words, surroundings = (place / "cmdline").read_bytes(), (place / "environ").read_bytes()
            except OSError:
                continue
            if int(place.name) != os.getpid() and words and mark in words + surroundings:
                found[int(place.name)] = words.replace(b"\0", b" ").decode(errors="replace").strip()
        return found

    return find
