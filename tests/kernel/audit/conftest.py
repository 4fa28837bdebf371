"""A trail on a real database, with the means of an operator who can run any SQL but has not the key file."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from taicho.kernel.actor import Actor
from taicho.kernel.audit import record
from taicho.kernel.audit.damage import Damage, Finding
from taicho.kernel.audit.sealing import anchor, run_sealer, seal_once
from taicho.kernel.audit.verifying import VerifyResult, verify_all
from taicho.kernel.models import AuditEntry, DrillClock

TABLES = ("kernel_auditentry", "kernel_auditlink", "kernel_audithead", "kernel_auditsalt")


class Thing:
    """Stands for any record: a key and a kind."""

    _meta = DrillClock._meta

    def __init__(self) -> None:
        self.key = uuid.uuid4()


class Trail:
    """Writes, seals, damages and verifies the trail of one office."""

    def __init__(self) -> None:
        self.root = uuid.uuid4()
        self.actor = Actor(person=uuid.uuid4(), root=self.root, unit=uuid.uuid4(), machine="")

    def write(self, count: int = 1, *, by: Actor | None = None, **more: Any) -> list[AuditEntry]:
        """Commit `count` entries, a transaction each."""
        return [record("organisation.rename_unit", by=by or self.actor, of=Thing(), **more) for _ in range(count)]

    def sealed(self, count: int = 10, **more: Any) -> list[AuditEntry]:
        """Commit, seal and anchor `count` entries."""
        entries = self.write(count, **more)
        seal_once()
        anchor(wait=True)
        return entries

    def sql(self, statement: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """Run SQL as an ordinary client."""
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def guards_down(self) -> Iterator[None]:
        """The operator disables the triggers, works, and puts them back."""
        for table in TABLES:
            self.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield
        finally:
            for table in TABLES:
                self.sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def tamper(self, *statements: str) -> None:
        """The operator changes the tables behind the application's back."""
        with self.guards_down(), transaction.atomic():
            for statement in statements:
                self.sql(statement)

    @contextmanager
    def without_constraint(self, table: str, name: str) -> Iterator[None]:
        """The operator takes a constraint away; what it forbade must be gone again at the end, for it comes back."""
        ((definition,),) = self.sql("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
        self.tamper(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            self.tamper(f"TRUNCATE {table} CASCADE", f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")

    def verify(self, **options: Any) -> VerifyResult:
        """Verify without waiting for a sealer, which does not run here."""
        return verify_all(patience=0, **options)

    def found(self, **options: Any) -> dict[Damage, list[Finding]]:
        """Findings by kind of damage."""
        found: dict[Damage, list[Finding]] = {}
        for finding in self.verify(**options).findings:
            found.setdefault(finding.damage, []).append(finding)
        return found

    def only(self, damage: Damage, **options: Any) -> Finding:
        """The one finding there is, which must be of this kind."""
        result = self.verify(**options)
        assert [finding.damage for finding in result.findings] == [damage], [f.sentence for f in result.findings]
        return result.findings[0]


def another_session() -> "psycopg.Connection[Any]":
    """Somebody else's session in the test database, outside Django."""
    named = connection.get_connection_params()
    known = {key: named[key] for key in ("host", "port", "user", "password", "dbname") if named.get(key)}
    return psycopg.connect(**known, autocommit=True)


def in_thread(work: Callable[[], Any]) -> threading.Thread:
    """Run `work` on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@contextmanager
def sealing_meanwhile(**options: float) -> Iterator[threading.Event]:
    """A sealer at work; it is stopped and gone at the end even when the test fails, so the next test has its peace."""
    stop = threading.Event()
    sealer = threading.Thread(target=run_sealer, args=(stop,), kwargs=options)
    sealer.start()
    try:
        yield stop
    finally:
        stop.set()
        sealer.join()


def comes_true(condition: Callable[[], Any], patience: float = 60) -> None:
    """Wait until `condition` holds; it fails the test only when that does not come about."""
    until = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


@pytest.fixture
def trail(transactional_db: None, settings: Any, tmp_path: Any) -> Iterator[Trail]:
    """An empty trail with a key file and an anchor file of its own."""
    settings.TAICHO_HOME, settings.TAICHO_KEYS = tmp_path, tmp_path / "keys"
    settings.TAICHO_DRILL = False
    connection.close()
    trail = Trail()
    for table in TABLES:
        trail.sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    yield trail
    for table in TABLES:
        trail.sql(f"ALTER TABLE {table} DISABLE TRIGGER kernel_audit_no_truncate")
