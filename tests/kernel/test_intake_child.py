"""The child that opens a file can do nothing else, and nothing it does harms the parent (trust.md 5.3.6, S-07)."""

import json
import logging
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from taicho.kernel.intake import child as child_module
from taicho.kernel.intake import limits, worker
from taicho.kernel.intake.answers import believe
from taicho.kernel.intake.verdicts import Fault, Unfit

LOG = logging.getLogger("taicho.intake")
QUESTION = {"read": "nothing", "plain": "txt"}
INTAKE = Path(child_module.__file__).parent

LOCKED = """
import json, os, sys
sys.path.insert(0, {place!r})
import child
child._stand_in()
from taicho.kernel.intake import lockdown
import ctypes, errno, multiprocessing.util, pathlib, socket, subprocess, tempfile, threading, urllib.request
lockdown.limit_early()
held = lockdown.lock()
def tried(what):
    try:
        what()
    except BaseException as error:
        return type(error).__name__
    return "DONE"
libc = None
say = {{}}
{attempts}
os.write(1, json.dumps(say | {{"held": held}}).encode())
"""


def in_lockdown(attempts: str) -> dict:
    """What became of each attempt in a process under the real lockdown."""
    script = LOCKED.format(place=str(INTAKE), attempts=textwrap.dedent(attempts))
    run = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, timeout=60, check=False)
    assert run.stdout, run.stderr.decode()
    return json.loads(run.stdout)


def fake_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str) -> None:
    """Put another program in the child's place."""
    script = tmp_path / "fake_child.py"
    script.write_text("import os, sys, time, signal\n" + textwrap.dedent(body), encoding="utf-8")
    monkeypatch.setattr(worker, "_CHILD", script)


def fault_of(data: bytes = b"abc") -> Fault:
    """The verdict on some bytes, which must be one of refusal."""
    with pytest.raises(Unfit) as caught:
        worker.ask_child(data, QUESTION, log=LOG)
    return caught.value.fault


def test_in_the_child_no_file_can_be_read_or_written() -> None:
    said = in_lockdown("""
        say["read"] = tried(lambda: open("/etc/passwd"))
        say["write"] = tried(lambda: open("/tmp/left-behind", "w"))
        say["temp"] = tried(lambda: tempfile.TemporaryFile())
        say["pipe"] = tried(os.pipe)
    """)
    assert said["read"] != "DONE"
    assert said["write"] != "DONE"
    assert said["temp"] != "DONE"
    assert said["pipe"] != "DONE"


def test_in_the_child_there_is_no_network() -> None:
    said = in_lockdown("""
        say["socket"] = tried(socket.socket)
        say["connect"] = tried(lambda: socket.create_connection(("127.0.0.1", 9), 1))
        say["page"] = tried(lambda: urllib.request.urlopen("http://127.0.0.1:9/", timeout=1))
    """)
    assert "DONE" not in {said["socket"], said["connect"], said["page"]}


def test_in_the_child_no_program_can_be_started() -> None:
    said = in_lockdown("""
        say["program"] = tried(lambda: subprocess.run(["/bin/true"]))
        say["fork"] = tried(lambda: os.fork())
        say["system"] = tried(lambda: os.system("true"))
        say["exec"] = tried(lambda: os.execv("/bin/true", ["true"]))
    """)
    assert "DONE" not in {said["program"], said["fork"], said["system"], said["exec"]}


def test_the_kernel_itself_refuses_files_and_sockets_when_pythons_own_guard_is_gone() -> None:
    """Native code does not ask Python's audit hook: the limit on open files must hold alone."""
    script = LOCKED.replace("held = lockdown.lock()", "sys.addaudithook = lambda hook: None\nheld = lockdown.lock()")
    attempts = """
        libc = ctypes.CDLL(None, use_errno=True)
        say["socket"] = libc.socket(2, 1, 0)
        say["why"] = errno.errorcode[ctypes.get_errno()]
        say["open"] = libc.open(b"/etc/passwd", 0)
        say["read"] = tried(lambda: open("/etc/passwd"))
        say["limit-raised"] = tried(lambda: lockdown.resource.setrlimit(lockdown.resource.RLIMIT_NOFILE, (64, 64)))
    """.replace("libc = ctypes.CDLL(None, use_errno=True)", "")
    script = script.replace("libc = None", "").replace(
        "lockdown.limit_early()", "lockdown.limit_early()\nlibc = ctypes.CDLL(None, use_errno=True)", 1
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", script.format(place=str(INTAKE), attempts=textwrap.dedent(attempts))],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.stdout, run.stderr.decode()
    said = json.loads(run.stdout)
    assert (said["socket"], said["open"]) == (-1, -1)
    assert said["why"] == "EMFILE"
    assert said["read"] == "OSError"
    assert said["limit-raised"] in {"ValueError", "PermissionError"}


def test_in_the_child_memory_ends_at_512_mib() -> None:
    said = in_lockdown("""
        say["much"] = tried(lambda: bytearray(600 << 20))
        say["little"] = tried(lambda: bytearray(100 << 20))
    """)
    assert said["much"] == "MemoryError"
    assert said["little"] == "DONE"


def test_the_child_is_never_root_and_keeps_no_power() -> None:
    said = in_lockdown("say['uid'] = os.geteuid()")
    assert said["uid"] != 0
    assert {"not-root", "no-files", "audit-hook"} <= set(said["held"])
    if sys.platform == "linux":
        assert {"no-new-privileges", "not-dumpable", "dies-with-parent", "no-capabilities"} <= set(said["held"])


def test_the_child_knows_neither_django_nor_any_other_room() -> None:
    probe = f"""
import sys
sys.path.insert(0, {str(INTAKE)!r})
import child
child._stand_in()
from taicho.kernel.intake import examine, lockdown
print([name for name in sys.modules if name.startswith(("django", "taicho."))])
"""
    said = subprocess.run([sys.executable, "-I", "-S", "-c", probe], capture_output=True, timeout=60, check=True)
    names = said.stdout.decode()
    assert "django" not in names
    assert "door" not in names
    assert "taicho.kernel.audit" not in names


def test_the_child_gets_nothing_of_the_parents_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TAICHO_SECRET_KEY", "canary")
    fake_child(monkeypatch, tmp_path, """
        seen = "canary" in repr(os.environ) or "canary" in repr(sys.argv)
        os.write(1, b'{"kind": "png"}' if not seen else b'{"kind": "pdf"}')
    """)  # fmt: skip
    assert worker.ask_child(b"abc", QUESTION, log=LOG).kind == "png"


def test_a_child_that_crashes_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_child(monkeypatch, tmp_path, "os.kill(os.getpid(), signal.SIGSEGV)")
    assert fault_of() is Fault.TOO_HEAVY


def test_a_child_that_dies_while_it_is_fed_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_child(monkeypatch, tmp_path, "os.read(0, 10); os._exit(1)")
    assert fault_of(b"x" * 5_000_000) is Fault.TOO_HEAVY


def test_a_child_that_hangs_is_killed_and_leaves_no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(worker, "CHILD_WALL_SECONDS", 1)
    note = tmp_path / "pid"
    fake_child(monkeypatch, tmp_path, f"""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        open({str(note)!r}, "w").write(str(os.getpid()))
        time.sleep(600)
    """)  # fmt: skip
    started = time.monotonic()
    assert fault_of() is Fault.TOO_HEAVY
    assert time.monotonic() - started < limits.CHILD_WALL_SECONDS
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_a_child_that_babbles_is_cut_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(worker, "CHILD_ANSWER_BYTES", 1 << 20)
    fake_child(monkeypatch, tmp_path, """
        while True:
            os.write(1, b"x" * 65536)
    """)  # fmt: skip
    assert fault_of() is Fault.TOO_HEAVY


def test_a_child_that_closes_its_mouth_and_stays_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_child(monkeypatch, tmp_path, "os.close(1); time.sleep(600)")
    assert fault_of() is Fault.TOO_HEAVY


@pytest.mark.parametrize(
    "lie",
    [
        "",
        "[]",
        "null",
        '"ok"',
        "[" * 100_000,
        '{"kind": "exe"}',
        '{"fault": "nothing wrong"}',
        '{"kind": "txt", "text": 5}',
        '{"kind": "xlsx", "sheets": [{"name": "A"}]}',
        '{"kind": "xlsx", "sheets": 7}',
        '{"kind": "csv", "sheets": [{"name": "", "rows": [[{"code": "x"}]], "hidden": false, "merged": [],'
        ' "formulas": [], "hidden_rows": [], "hidden_columns": []}]}',
        '{"kind": "png", "width": "wide"}',
        '{"kind": "csv", "sheets": [{"name": "", "rows": [[{"date": "31/02/2021"}]], "hidden": false, "merged": [],'
        ' "formulas": [], "hidden_rows": [], "hidden_columns": []}]}',
    ],
)
def test_an_answer_out_of_shape_is_not_believed(lie: str) -> None:
    with pytest.raises(Unfit) as caught:
        believe(lie.encode())
    assert caught.value.fault is Fault.TOO_HEAVY


def test_a_child_cannot_put_its_own_words_before_people() -> None:
    """Only a code of the closed list and a short plain place cross the border."""
    with pytest.raises(Unfit) as caught:
        believe(b'{"fault": "live_formula", "where": "<script>alert(1)</script>%(x)s", "number": "7"}')
    assert caught.value.fault is Fault.LIVE_FORMULA
    assert set(caught.value.where).isdisjoint("<>%()/")
    assert caught.value.number is None


def test_while_one_file_hangs_another_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = worker._CHILD
    monkeypatch.setattr(worker, "CHILD_WALL_SECONDS", 3)
    fake_child(monkeypatch, tmp_path, "time.sleep(600)")
    verdicts: list[Fault] = []
    slow = threading.Thread(target=lambda: verdicts.append(fault_of()))
    slow.start()
    while worker._SEATS._value == limits.CHILDREN_AT_ONCE:
        time.sleep(0.01)
    time.sleep(0.2)
    monkeypatch.setattr(worker, "_CHILD", real)
    assert worker.ask_child("chào".encode(), QUESTION, log=LOG).kind == "txt"
    assert verdicts == []
    slow.join()
    assert verdicts == [Fault.TOO_HEAVY]


def test_when_all_seats_are_taken_the_sender_hears_that_we_are_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "WAIT_FOR_A_CHILD_SECONDS", 0.05)
    for _ in range(limits.CHILDREN_AT_ONCE):
        assert worker._SEATS.acquire(blocking=False)
    try:
        assert fault_of() is Fault.BUSY
    finally:
        for _ in range(limits.CHILDREN_AT_ONCE):
            worker._SEATS.release()


def test_no_pipe_stays_open_after_an_answer_or_a_crash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("LEFT OUT: no /proc here to count open files")
    worker.ask_child(b"abc", QUESTION, log=LOG)
    before = len(list(Path("/proc/self/fd").iterdir()))
    worker.ask_child(b"abc", QUESTION, log=LOG)
    fake_child(monkeypatch, tmp_path, "os._exit(3)")
    fault_of(b"x" * 1_000_000)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
