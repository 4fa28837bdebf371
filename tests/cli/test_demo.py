"""`taicho demo` shows a whole hierarchy in a drill, with a way in for every role."""

import re
import time

import pytest

LINK = re.compile(r"http://127\.0\.0\.1:\d+/vao/[\w-]{20,}")


def test_demo_check_opens_the_sign_in_page_and_leaves_nothing_running(taicho, processes_of):
    done = taicho("demo", "--check", "--port", "18500", timeout=180)
    assert done.returncode == 0, done.stderr
    assert "DIỄN TẬP" in done.stdout
    assert len(LINK.findall(done.stdout)) >= 12
    assert processes_of() == {}


@pytest.mark.trial
def test_the_2026_hierarchy_opens_too(taicho, processes_of):
    done = taicho("demo", "--example", "2026", "--check", "--port", "18520", timeout=180)
    assert done.returncode == 0, done.stderr
    assert len(LINK.findall(done.stdout)) >= 12
    assert processes_of() == {}


@pytest.mark.trial
def test_links_of_a_second_start_are_new_ones(taicho):
    first = set(LINK.findall(taicho("demo", "--check", "--port", "18540").stdout))
    second = set(LINK.findall(taicho("demo", "--check", "--port", "18540").stdout))
    assert first
    assert first.isdisjoint(second)


@pytest.mark.trial
def test_no_process_is_left_ten_seconds_after_the_command_was_killed(start_taicho, processes_of):
    demo = start_taicho("demo", "--port", "18560")
    until(lambda: any("granian" in words or "taicho.cli web" in words for words in processes_of().values()), 90)
    demo.kill()
    demo.wait()
    until(lambda: not processes_of(), 10)
    assert processes_of() == {}


def until(holds, seconds):
    """Wait until `holds()` or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not holds():
        time.sleep(0.2)
