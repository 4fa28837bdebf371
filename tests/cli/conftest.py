"""Run the command `taicho` as a person would: another process, an installation of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from taicho.postgres.places import can_reach
from tests.cli.office import ROOT, Office, environment, free_port, ordinary, processes_of


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


def new_place():
    """A directory that belongs to an ordinary user and to no one else."""
    place = Path(tempfile.mkdtemp(prefix="taicho-test-office-", dir="/tmp"))
    if who := ordinary():
        os.chown(place, who["user"], who["group"])
    return place


def can_ordinary_people_run_us():
    """Whether an ordinary user reaches this checkout and its Python; under a 0700 home of root nobody does."""
    return can_reach(Path(sys.executable)) and can_reach(ROOT / "src" / "taicho")


@pytest.fixture
def empty_office():
    """An office that has installed nothing yet."""
    if not can_ordinary_people_run_us():
        pytest.skip("LEFT OUT: no ordinary user reaches this checkout (it lies in a closed home)")
    office = Office(new_place())
    yield office
    office.close()


@pytest.fixture(scope="session")
def migrated():
    """An installation of an ordinary user, migrated and at rest: the pattern of every `office`."""
    if not can_ordinary_people_run_us():
        pytest.skip("LEFT OUT: no ordinary user reaches this checkout (it lies in a closed home)")
    office = Office(new_place())
    done = office.run("migrate")
    assert done.returncode == 0, done.stderr
    yield office.home
    office.close()


@pytest.fixture(scope="session")
def loaded():
    """An installation of an ordinary user with the example of 2021 loaded, at rest: the pattern of every `drill`."""
    if not can_ordinary_people_run_us():
        pytest.skip("LEFT OUT: no ordinary user reaches this checkout (it lies in a closed home)")
    office = Office(new_place())
    done = office.run("demo", "--check", "--port", str(free_port()))
    assert done.returncode == 0, done.stderr
    yield office.home
    office.close()


@pytest.fixture
def drill(loaded, empty_office):
    """An office whose demo was started once; its own copy."""
    subprocess.run(["cp", "-a", "--reflink=auto", loaded, empty_office.home], check=True)
    return empty_office


@pytest.fixture
def office(migrated, empty_office):
    """An office with a migrated installation, its own copy."""
    subprocess.run(["cp", "-a", "--reflink=auto", migrated, empty_office.home], check=True)
    return empty_office


@pytest.fixture(scope="module")
def shared_office(migrated):
    """A migrated office for all tests of a module, which only look at it."""
    office = Office(new_place())
    subprocess.run(["cp", "-a", "--reflink=auto", migrated, office.home], check=True)
    yield office
    office.close()


@pytest.fixture(scope="module")
def serving(shared_office):
    """An office whose `taicho serve` runs while the tests of a module look at it."""
    shared_office.running = shared_office.serve()
    return shared_office


@pytest.fixture(name="processes_of")
def processes_of_home(home):
    """Ask which processes belong to the installation in `home`."""
    return lambda: processes_of(home)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="LEFT OUT: only root can try this")
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="LEFT OUT: no git on this machine")
