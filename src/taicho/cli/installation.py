"""One installation: its directory, its database, its environment."""

import fcntl
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from taicho.postgres import Cluster, Sentence

ALREADY_RUNS = (
    "Tại Chỗ đang chạy với dữ liệu ở {home} (tiến trình {pid}). Hãy dừng tiến trình đó, hoặc đặt TAICHO_HOME khác. / "
    "Already running on {home} (process {pid}). Stop it, or set another TAICHO_HOME."
)


@dataclass(frozen=True, slots=True)
class Installation:
    """Where an installation lives and whether it is a drill (house D14)."""

    home: Path
    drill: bool = False

    @classmethod
    def here(cls) -> "Installation":
        """The installation of this environment: TAICHO_HOME, else `var` in the current directory."""
        return cls(Path(os.environ.get("TAICHO_HOME", "var")).absolute(), os.environ.get("TAICHO_DRILL") == "1")

    def enter(self) -> None:
        """Make the directory (private) and let this process and its children belong to the installation."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ["TAICHO_HOME"] = str(self.home)
        os.environ["TAICHO_DRILL"] = "1" if self.drill else "0"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one `serve` or `demo` at a time run this installation; a second one is refused with a sentence."""
        self.enter()
        lock = os.open(self.home / "running.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(lock, "r+") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                sys.exit(ALREADY_RUNS.format(home=self.home, pid=held.read().strip() or "?"))
            held.truncate()
            held.write(f"{os.getpid()}\n")
            held.flush()
            yield

    @contextmanager
    def database(self, *, joins: bool = True) -> Iterator[Cluster | None]:
        """Have the database at hand: the office's server, the embedded one that runs already, or one started now.

        Sets DATABASE_URL and yields the embedded cluster, or None when the office has its own server. With
        `joins=False` a running embedded one is refused: what stays must not hang on a command that may end before it.
        """
        self.enter()
        if os.environ.get("DATABASE_URL"):
            yield None
            seal_what_was_written()
            return
        cluster = Cluster(self.home / "postgres")
        joined = joins and (self.home / "postgres").exists() and cluster.status().running
        if not joined:
            cluster.start(progress=say)
        try:
            cluster.ensure_database("taicho")
            os.environ["DATABASE_URL"] = cluster.url("taicho")
            yield cluster
            seal_what_was_written()
        finally:
            if not joined:
                cluster.stop()


def seal_what_was_written() -> None:
    """Link the audit rows of this command before the database stops (house § 6); nothing when Django was not needed."""
    from django.apps import apps

    if apps.ready:
        from django.db import connection

        from taicho.kernel.audit.sealing import seal_and_anchor

        if "kernel_auditlink" in connection.introspection.table_names():
            seal_and_anchor()
        connection.close()


def say(sentence: Sentence | str) -> None:
    """Tell the person at the terminal how far we are."""
    with suppress(OSError):  # the terminal may be closed; that is no reason to stop half way
        click.echo(str(sentence), err=True)


def database_url() -> str:
    """The address of the database at hand; `Installation.database` has set it."""
    return os.environ["DATABASE_URL"]


def django_ready() -> None:
    """Load the application; call it once the database address is set."""
    import django

    django.setup()


def django_ready_without_office() -> None:
    """Load the application for a command that touches no installation: no directory, no secret, no database is made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("TAICHO_SECRET_KEY", secrets.token_urlsafe())
    django_ready()


def program_version() -> str:
    """The version of this program, as the wheel names it; "source" when it runs from a checkout."""
    try:
        return version("taicho")
    except PackageNotFoundError:
        return "source"
