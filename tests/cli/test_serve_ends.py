"""However `taicho serve` ends, nothing of it is left within ten seconds; whoever dies inside it comes back (house § 8)."""

import contextlib
import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios

import pytest

from tests.cli.office import NEXT, PLAIN, ask, environment, free_port, ordinary, until

SLEEPER = """
from tests.cli.next_release.jobs import note_and_sleep
note_and_sleep.defer(words="began", seconds=90)
"""


def in_a_terminal(office, port):
    """`taicho serve` in a terminal of its own; returns the process and our end of the terminal."""
    ours, theirs = pty.openpty()

    def take_the_terminal():
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    child = subprocess.Popen(
        [sys.executable, "-m", "taicho.cli", "serve", "--port", str(port)],
        cwd=office.place,
        env=environment(office.home) | PLAIN,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=take_the_terminal,
        **ordinary(),
    )
    os.close(theirs)
    assert until(lambda: answers(port), 90)
    return child, ours


def answers(port):
    with contextlib.suppress(OSError):
        return ask(port).status == 200
    return False


# --- the whole ends ---


def test_asked_politely_it_ends_well_and_leaves_no_process(office):
    running = office.serve()
    assert running.end(signal.SIGTERM) == 0
    assert office.is_quiet(1)
    assert "Đang dừng" in running.told()
    assert "Traceback" not in running.told()


def test_killed_outright_it_leaves_no_process_after_ten_seconds(office):
    running = office.serve()
    running.end(signal.SIGKILL)
    assert office.is_quiet(10), office.processes()


def test_after_a_kill_the_next_start_finds_everything_as_it_was(office):
    first = office.serve()
    link = office.entry_link("first-administrator")
    first.end(signal.SIGKILL)
    second = office.serve()
    assert ask(second.port, link).status == 200
    assert office.run("audit", "verify").returncode == 0


@pytest.mark.trial
def test_control_c_in_the_terminal_ends_everything(office):
    child, terminal = in_a_terminal(office, free_port())
    os.write(terminal, b"\x03")
    assert child.wait(15) == 0
    assert office.is_quiet(1), office.processes()
    os.close(terminal)


@pytest.mark.trial
def test_an_impatient_second_control_c_leaves_nobody_behind(office):
    child, terminal = in_a_terminal(office, free_port())
    for _ in range(3):
        os.write(terminal, b"\x03")
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.3)
    child.wait(15)
    assert office.is_quiet(1), office.processes()
    os.close(terminal)


@pytest.mark.trial
def test_closing_the_terminal_ends_everything(office):
    child, terminal = in_a_terminal(office, free_port())
    os.close(terminal)
    child.wait(15)
    assert office.is_quiet(1), office.processes()


@pytest.mark.trial
def test_nothing_is_left_when_the_web_is_killed_together_with_the_command(office):
    running = office.serve()
    web = running.pid_of("web")
    running.child.kill()
    os.kill(web, signal.SIGKILL)
    running.child.wait()
    assert office.is_quiet(10), office.processes()


@pytest.mark.trial
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_job_that_takes_long_does_not_hold_up_the_end(office, number):
    assert office.run("migrate", **NEXT).returncode == 0
    running = office.serve(**NEXT)
    office.script(SLEEPER, **NEXT)
    assert until(lambda: office.sql("SELECT words FROM next_release_note"), 30)
    running.child.send_signal(number)
    assert office.is_quiet(10), office.processes()
    running.child.wait()


# --- one of them dies ---


@pytest.mark.trial
def test_a_web_that_was_killed_comes_back(office):
    running = office.serve()
    os.kill(first := running.pid_of("web"), signal.SIGKILL)
    assert running.tells("Tiến trình web dừng bất thường", 10)
    assert until(lambda: running.pid_of("web") not in (None, first) and answers(running.port), 30)
    assert running.child.poll() is None


@pytest.mark.trial
def test_a_web_process_that_was_killed_under_its_main_process_comes_back(office):
    running = office.serve()
    main = running.pid_of("web")
    (below,) = map(int, subprocess.check_output(["pgrep", "-P", str(main)], text=True).split())
    os.kill(below, signal.SIGKILL)
    assert until(lambda: answers(running.port), 30)
    assert running.pid_of("web") == main


@pytest.mark.trial
def test_a_worker_that_was_killed_comes_back(office):
    running = office.serve()
    os.kill(first := running.pid_of("worker"), signal.SIGKILL)
    assert running.tells("Tiến trình worker dừng bất thường", 10)
    assert until(lambda: running.pid_of("worker") not in (None, first), 10)
    assert running.end() == 0


@pytest.mark.trial
def test_a_database_that_was_killed_comes_back(office):
    running = office.serve()
    (server,) = [pid for pid, words in office.processes().items() if "pginstall/bin/postgres -D" in words]
    os.kill(server, signal.SIGKILL)
    assert until(lambda: running.child.poll() is not None or server not in office.processes(), 10)
    assert until(lambda: answers(running.port), 30)
    assert running.child.poll() is None


@pytest.mark.trial
def test_without_anybody_to_keep_the_database_the_whole_ends_and_says_so(office):
    running = office.serve()
    (keeper,) = [pid for pid, words in office.processes().items() if "keeper.py" in words]
    os.kill(keeper, signal.SIGKILL)
    assert running.child.wait(60) == 1
    assert "Cơ sở dữ liệu đã dừng" in running.told()
    assert office.is_quiet(10), office.processes()


def test_what_dies_again_and_again_ends_the_whole_with_a_sentence(empty_office):
    body = "from taicho.cli.crew import crew\nwith crew(None, ['dance']) as c: c.keep()"
    done = empty_office.run(program=("-c", body))
    assert done.returncode == 1
    assert done.stderr.count("dừng bất thường") == 4
    assert "dừng 5 lần trong một phút" in done.stderr
    assert empty_office.processes() == {}
