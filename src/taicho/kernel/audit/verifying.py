"""Verify the whole trail: every chain, every entry, every anchor, from one snapshot of the database (S-14)."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from taicho.kernel import clock
from taicho.kernel.audit.anchors import AnchorFile, read_anchors
from taicho.kernel.audit.damage import Damage, Finding
from taicho.kernel.audit.diagnosis import Row
from taicho.kernel.audit.encoding import FIELDS, instant, stamp, take_apart
from taicho.kernel.audit.guards import chain_lengths, guards_off, missing_entries, writer_gaps
from taicho.kernel.audit.heads import Head, named
from taicho.kernel.audit.keys import key_for
from taicho.kernel.audit.rows import ENTRY, copied
from taicho.kernel.audit.striding import Strand, stride
from taicho.kernel.audit.walking import Walk, walk
from taicho.kernel.audit.witnesses import Told, Witness, confront, confront_file, gather, told
from taicho.kernel.models import AuditEntry, AuditLink
from taicho.kernel.models.audit_link import NO_ROOT

Progress = Callable[[int, int], None]

TAIL = timedelta(seconds=5)
"""An entry may wait this long for its seal (house § 6)."""

LOSSES = frozenset({Damage.DELETED, Damage.TABLE_ROLLED_BACK, Damage.TAIL_CUT, Damage.DATABASE_REPLAYED})

_CHAIN = sql.SQL(
    "SELECT l.position, l.entry_id, l.previous, l.digest, l.fingerprint, l.hash, {entry} FROM kernel_auditlink l"
    " LEFT JOIN kernel_auditentry e ON e.id = l.entry_id WHERE l.chain = {chain} ORDER BY l.position"
)
_ALL = sql.SQL(
    "SELECT l.chain, l.position, l.entry_id, l.previous, l.digest, l.fingerprint, l.hash, {entry}"
    " FROM kernel_auditlink l LEFT JOIN kernel_auditentry e ON e.id = l.entry_id ORDER BY l.entry_id"
)
_UNSEALED = sql.SQL(
    "SELECT e.id, {entry} FROM kernel_auditentry e LEFT JOIN kernel_auditlink l ON l.entry_id = e.id"
    " WHERE l.entry_id IS NULL ORDER BY e.id"
)

_IN_ORDER = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_nestloop = off; SET LOCAL jit = off"
"""Both tables lie in the order of ids: a merge join reads them once, from front to back."""
_AS_PLANNED = "SET LOCAL enable_hashjoin = on; SET LOCAL enable_nestloop = on"


@dataclass(slots=True)
class VerifyResult:
    """What verify saw. `ok` when nothing is wrong; `seconds` per stage, measured."""

    sealed: int = 0
    unsealed: int = 0
    chains: int = 0
    anchors: int = 0
    restores: list[datetime] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the trail is sound."""
        return not self.findings

    @property
    def kinds(self) -> Counter[Damage]:
        """How often each kind of damage was found."""
        return Counter(finding.damage for finding in self.findings)


def verify_all(
    progress: Progress | None = None, *, known_heads: Iterable[Head] = (), patience: float = TAIL.total_seconds()
) -> VerifyResult:
    """Check every chain, entry, stamp, writer, guard and anchor; `progress(done, total)` is called on the way.

    `known_heads` come from outside (a report, a printed sheet) and must agree. Entries that wait for their seal longer
    than 5 s are given `patience` seconds more before they count. Must not be called inside a transaction.
    """
    run = _Run(VerifyResult(), progress or (lambda done, total: None), file=read_anchors())
    started = time.monotonic()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        run.check(cursor, list(known_heads))
    run.found(_still_unsealed(run.late, patience))
    run.result.seconds["total"] = time.monotonic() - started
    return run.result


@dataclass(slots=True)
class _Run:
    """One verification under way, all of it in one snapshot of the database."""

    result: VerifyResult
    progress: Progress
    file: AnchorFile
    late: list[int] = field(default_factory=list)
    waiting: Counter[UUID | None] = field(default_factory=Counter)
    gone: list[tuple[UUID | None, Row]] = field(default_factory=list)
    bad_stamps: int = 0
    done: int = 0

    def found(self, findings: Iterable[Finding]) -> None:
        """Keep findings in the order in which they were made."""
        self.result.findings.extend(findings)

    def check(self, cursor: Any, brought: list[Head]) -> None:
        """All stages, one after the other."""
        result, known = self.result, told()
        lengths = {named(chain): count for chain, count in chain_lengths(cursor).items()}
        result.sealed, result.chains = sum(lengths.values()), len(lengths)
        result.anchors, result.restores = len(self.file.lines), self.file.restores()
        self.found(guards_off(cursor))
        with self._timed("unsealed"):
            self.found(list(self._check_unsealed(cursor)))
        witnesses = gather(self.file, known, brought)
        with self._timed("chains"):
            self._check_chains(cursor, witnesses, known)
        with self._timed("writers"):
            self.found(missing_entries(cursor, self.gone))
            lost = sum(f.facts.get("count", 1) for f in result.findings if f.damage in LOSSES)
            self.found(writer_gaps(cursor, explained=lost))
        replayed = result.kinds[Damage.DATABASE_REPLAYED] > 0
        self.found(confront_file(self.file, read_anchors().last, known, replayed=replayed))
        self._notice_lost_key()

    def _check_unsealed(self, cursor: Any) -> Iterator[Finding]:
        """Entries without a link: count them, check their stamps, note which have waited too long."""
        oldest = clock.real_now() - TAIL
        for row in copied(cursor, _UNSEALED.format(entry=ENTRY)):
            entry_id, entry = int.from_bytes(row[4:12], "big", signed=True), row[12:]
            columns = dict(zip(FIELDS, take_apart(entry), strict=True))
            chain = UUID(bytes=columns["chain"]) if columns["chain"] else None
            self.result.unsealed += 1
            self.waiting[chain] += 1
            if columns["stamp"] != stamp(key_for("stamp"), entry[:-20]):
                self.bad_stamps += 1
                yield Finding(Damage.INSERTED, {"chain": chain, "position": None, "entry": entry_id})
            if instant(columns["happened_at"] or b"") < oldest:
                self.late.append(entry_id)

    def _check_chains(self, cursor: Any, witnesses: dict[UUID | None, list[Witness]], known: Told) -> None:
        """Pass over all chains at once, walk along those that are not sound, then hear the witnesses of each."""
        wanted = {chain or NO_ROOT: {w.head.position for w in rows} for chain, rows in witnesses.items()}
        cursor.execute(_IN_ORDER)
        strands = stride(
            copied(cursor, _ALL.format(entry=ENTRY)),
            key=key_for("stamp"),
            wanted={chain.bytes: positions for chain, positions in wanted.items()},
            stepped=self._stepped,
        )
        cursor.execute(_AS_PLANNED)
        for chain in sorted(wanted.keys() | {UUID(bytes=chain) for chain in strands}):
            ends: Strand | Walk | None = strands.get(chain.bytes)
            if isinstance(ends, Strand) and not ends.sound:
                ends = self._walk_chain(cursor, chain, wanted.get(chain, set()))
            end, hashes = (ends.end, ends.hashes) if ends else (0, {})
            root = named(chain)
            rows, waiting = witnesses.get(root, []), self.waiting[root]
            self.found(confront(root, rows, end=end, hashes=hashes, known=known, waiting=waiting))

    def _walk_chain(self, cursor: Any, chain: UUID, wanted: set[int]) -> Walk:
        """Walk along one chain, row by row, and name its damage."""
        rows = copied(cursor, _CHAIN.format(entry=ENTRY, chain=sql.Literal(chain)))
        walked = walk(rows, root=named(chain), chain=chain.bytes, key=key_for("stamp"), wanted=wanted)
        suspects = walked.suspects
        self.found(suspects.findings())
        self.gone.extend((named(chain), row) for row in suspects.gone)
        self.bad_stamps += suspects.bad_stamps
        return walked

    def _stepped(self, rows: int) -> None:
        self.done += rows
        self.progress(self.done, self.result.sealed)

    def _notice_lost_key(self) -> None:
        """When no stamp at all fits, the key is wrong, not every row."""
        if self.bad_stamps and self.bad_stamps == self.result.sealed + self.result.unsealed:
            self.result.findings = [f for f in self.result.findings if f.damage is not Damage.INSERTED]
            self.found([Finding(Damage.KEY_LOST)])

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.result.seconds[stage] = time.monotonic() - started


def _still_unsealed(late: list[int], patience: float) -> Iterator[Finding]:
    """Entries among `late` that no sealer takes up within `patience` seconds."""
    until = time.monotonic() + patience
    while late:
        sealed = set(AuditLink.objects.filter(entry_id__in=late).values_list("entry_id", flat=True))
        late = [entry for entry in late if entry not in sealed]
        if time.monotonic() >= until:
            break
        time.sleep(min(0.25, patience))
    if late:
        first = AuditEntry.objects.get(pk=late[0])
        age = (clock.real_now() - first.happened_at).total_seconds()
        yield Finding(Damage.UNSEALED, {"count": len(late), "entry": late[0], "age": round(age)})
