"""The sealer: one at a time, every second, links committed entries into the chain of their top-level unit.

Writers never wait for it and it never waits for writers. A row with a lower id may become visible after one with a
higher id, so the sealer takes what is visible and unsealed, and the position in the chain is a count of its own.
"""

import logging
import threading
import time
from collections import deque
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from taicho.kernel.audit.anchors import write_anchors
from taicho.kernel.audit.encoding import START, digest, fingerprint, link_body, link_hash, sized
from taicho.kernel.audit.rows import ENTRY, copied, write_copied
from taicho.kernel.models.audit_link import NO_ROOT

log = logging.getLogger(__name__)

LOCK = int.from_bytes(b"tai-cho", "big")
BATCH = 20_000
GRACE = 60.0
"""Seconds for which ids are looked at again: longer than any statement may run between taking its id and its row."""

_COLUMNS = ("chain", "position", "entry_id", "previous", "digest", "fingerprint", "hash")
_UNSEALED = sql.SQL(
    "SELECT e.id, {entry} FROM kernel_auditentry e"
    " LEFT JOIN kernel_auditlink l ON l.entry_id = e.id AND l.entry_id > {floor}"
    " WHERE e.id > {floor} AND l.entry_id IS NULL ORDER BY e.id LIMIT {batch}"
)


class Sealer:
    """Links what is committed and unsealed. It remembers below which id nothing new can appear (`floor`)."""

    def __init__(self) -> None:
        self.floor = 0
        self._marks: deque[tuple[float, int, int]] = deque()

    def seal(self, *, wait: bool = False) -> int:
        """Link all visible unsealed entries and return how many. When another sealer is at work: 0, or wait for it."""
        sealed = 0
        while True:
            linked = self._seal_batch(wait)
            sealed += linked
            if linked < BATCH:
                return sealed

    @transaction.atomic
    def _seal_batch(self, wait: bool) -> int:
        with connection.cursor() as cursor:
            if not take_lock(cursor, wait=wait):
                return 0
            highest, oldest_open, next_transaction = _horizon(cursor)
            query = _UNSEALED.format(entry=ENTRY, floor=sql.Literal(self.floor), batch=sql.Literal(BATCH))
            entries = list(copied(cursor, query))
            if entries:
                write_copied(cursor, "kernel_auditlink", _COLUMNS, _linked(entries, _heads(cursor, entries)))
        if len(entries) < BATCH:
            self._raise_floor(highest, oldest_open, next_transaction)
        return len(entries)

    def _raise_floor(self, highest: int, oldest_open: int, next_transaction: int) -> None:
        """Forget ids whose transactions have all ended, after the grace time."""
        now = time.monotonic()
        while self._marks and self._marks[0][0] <= now - GRACE and self._marks[0][2] <= oldest_open:
            self.floor = self._marks.popleft()[1]
        self._marks.append((now, highest, next_transaction))


def take_lock(cursor: Any, *, wait: bool) -> bool:
    """Take the sealers' lock until this transaction ends; False when another one has it and `wait` is not set."""
    cursor.execute("SET LOCAL statement_timeout = '15min'")
    if wait:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        return True
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
    return bool(cursor.fetchone()[0])


def _horizon(cursor: Any) -> tuple[int, int, int]:
    """Highest id given out, oldest transaction still open, next transaction: the id first, so that it is not newer."""
    cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM kernel_auditentry_id_seq")
    (highest,) = cursor.fetchone()
    cursor.execute(
        "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() AS s"
    )
    oldest_open, next_transaction = cursor.fetchone()
    return highest, oldest_open, next_transaction


def _chain(entry: bytes) -> bytes:
    """Chain of an encoded entry: its first column, or the chain of those without a root."""
    return entry[4:20] if entry[:4] == b"\x00\x00\x00\x10" else NO_ROOT.bytes


def _heads(cursor: Any, entries: list[bytes]) -> dict[bytes, tuple[int, bytes]]:
    """Position and hash of the last link of every chain that `entries` belong to."""
    chains = [UUID(bytes=c) for c in {_chain(e[12:]) for e in entries}]
    cursor.execute(
        "SELECT c.chain, l.position, l.hash FROM unnest(%s::uuid[]) AS c(chain) JOIN LATERAL"
        " (SELECT position, hash FROM kernel_auditlink WHERE chain = c.chain ORDER BY position DESC LIMIT 1) l ON true",
        [chains],
    )
    heads = {chain.bytes: (position, bytes(hash_)) for chain, position, hash_ in cursor.fetchall()}
    return {c.bytes: heads.get(c.bytes, (0, START)) for c in chains}


def _linked(entries: list[bytes], heads: dict[bytes, tuple[int, bytes]]) -> list[bytes]:
    """Encoded links for `entries` (id, then the encoded entry), each after the head of its chain; moves the heads."""
    links = []
    for row in entries:
        entry = row[12:]
        chain = _chain(entry)
        position, previous = heads[chain]
        body = link_body(position + 1, int.from_bytes(row[4:12], "big"), previous, digest(entry), fingerprint(entry))
        heads[chain] = (position + 1, made := link_hash(chain, body))
        links.append(sized(chain) + body + sized(made))
    return links


def seal_once(*, wait: bool = True) -> int:
    """Seal everything that is committed now, from the first id on; returns the number of rows. For commands."""
    return Sealer().seal(wait=wait)


def run_sealer(stop: threading.Event, *, every: float = 1.0, anchor_every: float = 60.0) -> None:
    """Seal every `every` seconds and anchor every `anchor_every` seconds until `stop` is set; then once more, and end.

    Runs in a thread of the worker or server. Any number may run: a lock in the database lets one work at a time.
    A database that is away is tried again; nothing is lost, because unsealed rows wait in their table.
    """
    sealer, anchored = Sealer(), time.monotonic()
    try:
        while not stop.wait(every):
            try:
                sealer.seal()
                if time.monotonic() - anchored >= anchor_every:
                    anchored = time.monotonic()
                    anchor()
            except (DatabaseError, OSError):
                log.exception("audit.seal_failed")
                connection.close()
        seal_and_anchor()
    finally:
        connection.close()


def seal_and_anchor() -> int:
    """The last act before shutdown or backup: seal all, write the heads into the anchor file; returns rows sealed."""
    sealed = seal_once(wait=True)
    anchor(wait=True)
    return sealed


@transaction.atomic
def anchor(*, wait: bool = False) -> int:
    """Write the heads that moved since the last anchor into the anchor file; returns how many. Links are committed."""
    with connection.cursor() as cursor:
        return write_anchors() if take_lock(cursor, wait=wait) else 0
