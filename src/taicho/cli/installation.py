"""One installation: its directory, its database, its environment."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from taicho.postgres import Cluster, ClusterError, Sentence


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
    def database(self) -> Iterator[Cluster | None]:
        """Have the database at hand: the office's server, the embedded one that runs already, or one started now.

        Sets DATABASE_URL and yields the embedded cluster, or None when the office has its own server.
        """
        self.enter()
        if os.environ.get("DATABASE_URL"):
            yield None
            seal_what_was_written()
            return
        cluster = Cluster(self.home / "postgres")
        with sentence_instead_of_traceback():
            running = (self.home / "postgres").exists() and cluster.status().running
            if not running:
                cluster.start(progress=say)
        try:
            with sentence_instead_of_traceback():
                cluster.ensure_database("taicho")
            os.environ["DATABASE_URL"] = cluster.url("taicho")
            yield cluster
            seal_what_was_written()
        finally:
            if not running:
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
    click.echo(str(sentence), err=True)


@contextmanager
def sentence_instead_of_traceback() -> Iterator[None]:
    """A database that cannot start is told in one sentence, in both languages, and ends the command."""
    try:
        yield
    except ClusterError as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(1)


def database_url() -> str:
    """The address of the database at hand; `Installation.database` has set it."""
    return os.environ["DATABASE_URL"]


def django_ready() -> None:
    """Load the application; call it once the database address is set."""
    import django

    django.setup()
