"""Write the audit trail. Every action calls `record` once, in its own transaction (house § 6)."""

import secrets
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection, models, transaction

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.audit.commitments import commit, new_salt
from taicho.kernel.audit.encoding import FIELDS, encode, stamp
from taicho.kernel.audit.keys import key_for
from taicho.kernel.models import AuditEntry, AuditSalt


class Writer:
    """One database connection as the trail knows it: a random key and how many entries it has committed."""

    def __init__(self) -> None:
        self.key = secrets.randbits(63)
        self.committed = 0


class Committed:
    """Runs when the transaction commits: from then on the number is taken. A rolled back number is used again."""

    def __init__(self, writer: Writer, number: int) -> None:
        self.writer = writer
        self.number = number

    def __call__(self) -> None:
        self.writer.committed = self.number


_writers: WeakKeyDictionary[Any, Writer] = WeakKeyDictionary()


def record(
    verb: str,
    *,
    by: Actor,
    of: models.Model,
    unit: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record that `by` did `verb` (`organisation.rename_unit`) to the record `of`, which has a `key`.

    `facts` are the values that changed (plain JSON values); they are committed to by salted hash, not stored.
    `unit` is the key of the unit concerned, when it is not the actor's own. Source: L4.
    """
    writer, number = _next_number()
    salt = None if facts is None else new_salt()
    entry = AuditEntry(
        chain=by.root,
        writer=writer.key,
        number=number,
        happened_at=clock.real_now(),
        shown_at=clock.now(),
        actor=by.person,
        machine=by.machine,
        verb=verb,
        object_kind=of._meta.label_lower,
        object_key=of.key,  # type: ignore[attr-defined]
        unit=unit or by.unit,
        commitment=None if facts is None or salt is None else commit(facts, salt),
    )
    entry.stamp = stamp(key_for("stamp"), encode({name: getattr(entry, name) for name in FIELDS[:-1]}))
    _save(entry, salt)
    transaction.on_commit(Committed(writer, number))
    return entry


def record_reading(
    verb: str, *, by: Actor, of: models.Model, unit: UUID | None = None, facts: Mapping[str, Any] | None = None
) -> None:
    """Record a look at health data (S-19) as soon as the page's read-only transaction is over.

    It is written before the answer leaves: when it cannot be written, the page fails and nothing is shown.
    """
    transaction.on_commit(partial(record, verb, by=by, of=of, unit=unit, facts=facts))


def _save(entry: AuditEntry, salt: bytes | None) -> None:
    """Insert the entry and, when it commits to a value, its salt: both or none."""
    if salt is None:
        entry.save(force_insert=True)
        return
    with transaction.atomic(savepoint=False):
        entry.save(force_insert=True)
        AuditSalt(entry=entry, salt=salt).save(force_insert=True)


def _next_number() -> tuple[Writer, int]:
    """The writer of this connection and the number that follows its last entry, counting those not yet committed.

    Numbers given inside a savepoint that was rolled back are free again, because Django drops their hooks.
    """
    connection.ensure_connection()
    writer = _writers.setdefault(connection.connection, Writer())
    for registered in reversed(connection.run_on_commit):
        hook = registered[1]
        if isinstance(hook, Committed) and hook.writer is writer:
            return writer, hook.number + 1
    return writer, writer.committed + 1
