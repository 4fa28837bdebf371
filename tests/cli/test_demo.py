"""`taicho demo` shows a whole hierarchy in a drill, with a way in for every role (house § 9, D14)."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.browser import Browser
from tests.cli.conftest import needs_root
from tests.cli.office import ROOT, Office, ask, environment, free_port, until

LINK = re.compile(r"http://127\.0\.0\.1:\d+/vao/[\w-]{20,}")
READY = "Ctrl-C stops everything"


def demo_of(office, *words):
    """A demo that is ready; `.port` is where."""
    running = office.start("demo", "--port", str(free_port()), *words)
    assert running.tells(READY, 180), running.told()
    running.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/dang-nhap", running.told())[1])
    return running


def test_demo_check_opens_the_sign_in_page_and_leaves_nothing_running(taicho, processes_of):
    done = taicho("demo", "--check", "--port", str(free_port()), timeout=180)
    assert done.returncode == 0, done.stderr
    assert "DIỄN TẬP" in done.stdout
    assert len(LINK.findall(done.stdout)) >= 12
    assert processes_of() == {}


@pytest.mark.trial
def test_the_2026_hierarchy_opens_too(taicho, processes_of):
    done = taicho("demo", "--example", "2026", "--check", "--port", str(free_port()), timeout=180)
    assert done.returncode == 0, done.stderr
    assert len(LINK.findall(done.stdout)) >= 12
    assert processes_of() == {}


@pytest.mark.trial
def test_links_of_a_second_start_are_new_ones_and_nothing_is_loaded_twice(empty_office):
    first = empty_office.run("demo", "--check", "--port", str(free_port()))
    second = empty_office.run("demo", "--check", "--port", str(free_port()))
    assert "Loading the example" in first.stderr
    assert "Loading" not in second.stderr
    assert "Migrating" not in second.stderr
    links = [set(LINK.findall(done.stdout)) for done in (first, second)]
    assert len(links[0]) == len(links[1]) >= 12
    assert links[0].isdisjoint(links[1])


@pytest.mark.trial
def test_every_role_enters_with_its_link_and_every_screen_says_drill(drill):
    running = demo_of(drill)
    links = LINK.findall(running.told())
    for link in links:
        status, where, page = Browser(running.port).send(re.sub(r".*(/vao/)", r"\1", link))
        assert status == 200, (link, where)
        assert "DIỄN TẬP" in page
        assert "/vao/" not in where
    assert {ask(running.port, re.sub(r".*(/vao/)", r"\1", link)).status for link in links} == {404}, "each worked once"


@pytest.mark.trial
def test_two_demos_on_the_same_home_are_one_too_many(drill):
    running = demo_of(drill)
    second = drill.run("demo", "--port", str(free_port()))
    assert second.returncode == 1
    assert "Already running" in second.stderr
    assert f"tiến trình {running.child.pid}" in second.stderr
    assert ask(running.port).status == 200, "the first one goes on"


@pytest.mark.trial
def test_two_demos_started_at_the_same_moment_leave_one_running(empty_office):
    port = free_port()
    both = [empty_office.start("demo", "--port", str(port)) for _ in range(2)]
    assert until(lambda: any(READY in one.told() for one in both), 180)
    assert until(lambda: any(one.child.poll() is not None for one in both), 30)
    (refused,) = [one for one in both if one.child.poll() is not None]
    assert refused.child.returncode == 1
    assert "Already running" in refused.told()
    assert "Traceback" not in refused.told()


@pytest.mark.trial
def test_beside_another_office_the_demo_takes_the_next_port(drill, shared_office):
    serving = shared_office.serve()
    running = drill.start("demo", "--check", "--port", str(serving.port))
    assert running.tells(READY, 180), running.told()
    assert f"127.0.0.1:{serving.port}/" not in running.told()


@pytest.mark.trial
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_ten_seconds_after_the_end(drill, number):
    running = demo_of(drill)
    running.child.send_signal(number)
    assert drill.is_quiet(10), drill.processes()


@pytest.fixture
def closed_home():
    """A home that only root enters, with a copy of the checkout in it."""
    home = Path(tempfile.mkdtemp(prefix="taicho-test-closed-", dir="/tmp"))
    shutil.copytree(ROOT / "src", home / "src", ignore=shutil.ignore_patterns("__pycache__"))
    yield home
    place = home / "var" / "demo-2021" / "postgres"
    if place.is_symlink():
        shutil.rmtree(place.resolve(), ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


@needs_root
@pytest.mark.trial
def test_root_shows_a_demo_from_a_home_that_nobody_else_enters(closed_home):
    assert closed_home.stat().st_mode & 0o077 == 0
    users = Path("/etc/passwd").read_bytes()
    surroundings = environment(closed_home / "var") | {"PYTHONPATH": str(closed_home / "src")}
    command = [sys.executable, "-m", "taicho.cli", "demo", "--check", "--port", str(free_port())]
    done = subprocess.run(command, cwd=closed_home, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(LINK.findall(done.stdout)) >= 12
    assert closed_home.stat().st_mode & 0o077 == 0, "and its door stays closed"
    assert Path("/etc/passwd").read_bytes() == users, "no account was made"


@needs_root
@pytest.mark.trial
def test_root_is_told_whose_demo_it_is_instead_of_taking_it_over(drill):
    done = Office(drill.place, as_root=True).run("demo", "--check", "--port", str(free_port()))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "nobody" in done.stderr
    assert drill.home.stat().st_uid != 0
