"""The two commands of the README: what they need, and what they say when it is missing (done-when 1)."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

from tests.cli.conftest import needs_git
from tests.cli.office import ROOT, environment

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="LEFT OUT: no make on this machine")


def program(place, body):
    """A small program in `place`."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\n{body}\n")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return place


@pytest.fixture
def checkout(tmp_path):
    """A fresh checkout: the Makefile and what it names, no .venv, no var."""
    clone = tmp_path / "clone"
    clone.mkdir()
    shutil.copy(ROOT / "Makefile", clone)
    for name in ("requirements", "tools"):
        shutil.copytree(ROOT / name, clone / name)
    return clone


@needs_make
def test_without_python3_venv_make_says_which_package_to_install(checkout, tmp_path):
    python = program(
        tmp_path / "bin" / "python3", f'case "$*" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"'
    )
    done = subprocess.run(
        ["make", "demo", f"PYTHON={python}"], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "apt-get install python3-venv" in done.stdout
    assert "Thiếu gói python3-venv" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not (checkout / ".venv").exists(), "nothing half made is left, so that the next call begins anew"


@needs_make
@needs_git
def test_every_word_of_the_makefile_that_the_readme_promises_is_there():
    promised = {"demo", "test"}
    listed = subprocess.run(["make", "-qp"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert promised <= {line.split(":")[0] for line in listed.splitlines() if ":" in line}


def chromium_installer(tmp_path, *, uid, apt):
    """Run tools/install-chromium on a machine without Chromium whose `id` and `apt-get` are these."""
    machine = tmp_path / "machine"
    program(machine / "id", f"echo {uid}")
    if apt is not None:
        program(machine / "apt-get", f'echo "$@" >> {tmp_path / "asked"}; exit {apt}')
    surroundings = environment(tmp_path) | {"PATH": str(machine)}
    script = ROOT / "tools" / "install-chromium"
    return subprocess.run(["/bin/sh", script], env=surroundings, capture_output=True, text=True, check=False)


def test_root_gets_chromium_installed(tmp_path):
    done = chromium_installer(tmp_path, uid=0, apt=0)
    assert done.returncode == 0
    assert "chromium" in (tmp_path / "asked").read_text()
    assert "LEFT OUT" not in done.stdout


@pytest.mark.parametrize(("uid", "apt"), [(1000, 0), (0, 100), (0, None)], ids=["a user", "no network", "no apt-get"])
def test_where_chromium_cannot_be_installed_it_is_said_what_is_left_out(tmp_path, uid, apt):
    done = chromium_installer(tmp_path, uid=uid, apt=apt)
    assert done.returncode == 0, "the other tests run all the same"
    assert "LEFT OUT" in done.stdout
    assert "browser" in done.stdout


def test_an_ordinary_user_never_calls_the_package_manager(tmp_path):
    chromium_installer(tmp_path, uid=1000, apt=0)
    assert not (tmp_path / "asked").exists()


def test_ci_says_the_same_two_words_as_a_developer():
    words = (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert [line for line in words.splitlines() if line.startswith("make ")] == ["make test", "make test-long"]
    assert "set -e" in words, "the first failure is the answer"
