"""Confront the chains with what was said about them outside: anchor file, heads handed over, heads brought along."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from taicho.kernel.audit.anchors import AnchorFile
from taicho.kernel.audit.damage import Damage, Finding
from taicho.kernel.audit.heads import Head, named
from taicho.kernel.models import AuditHead


@dataclass(frozen=True, slots=True)
class Witness:
    """A head told at `at` (None: brought along, time unknown); `line` when it stands in the anchor file."""

    head: Head
    at: datetime | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the database itself remembers of its anchors."""

    line: int
    """The last line of the anchor file that the database knows; 0 for none."""
    heads: dict[UUID | None, list[Witness]]
    """Heads handed to the level above, per chain."""


def told() -> Told:
    """Read the table of heads."""
    heads: dict[UUID | None, list[Witness]] = {}
    for row in AuditHead.objects.filter(given_to__isnull=False).iterator():
        head = Head(named(row.chain), row.position, bytes(row.hash))
        heads.setdefault(head.chain, []).append(Witness(head, row.given_at))
    return Told(AuditHead.objects.aggregate(Max("line"))["line__max"] or 0, heads)


def gather(file: AnchorFile, known: Told, brought: Iterable[Head]) -> dict[UUID | None, list[Witness]]:
    """All witnesses per chain, in order of position. Heads of length 0 testify to nothing."""
    witnesses = {chain: list(rows) for chain, rows in known.heads.items()}
    for chain, lines in file.standing().items():
        witnesses.setdefault(chain, []).extend(Witness(line.head, line.at, line.number) for line in lines)
    for head in brought:
        witnesses.setdefault(head.chain, []).append(Witness(head))
    for rows in witnesses.values():
        rows.sort(key=lambda witness: witness.head.position)
    return {chain: [w for w in rows if w.head.position] for chain, rows in witnesses.items()}


def confront(
    chain: UUID | None, witnesses: list[Witness], *, end: int, hashes: dict[int, list[bytes]], known: Told, waiting: int
) -> Iterator[Finding]:
    """Name what the witnesses of one chain contradict: its content up to `end`, or that it ends there.

    `hashes` are those found at the witnesses' positions; `waiting` counts the chain's entries that have no link.
    """
    agreed = 0
    for witness in witnesses:
        here = witness.head.position
        if here > end:
            break
        if here in hashes and not any(witness.head.agrees(found) for found in hashes[here]):
            yield Finding(Damage.CHAIN_REWRITTEN, {"chain": chain, "first": agreed, "position": here, "at": witness.at})
            break
        agreed = here
    beyond = [witness for witness in witnesses if witness.head.position > end]
    if beyond:
        yield _shortened(chain, beyond[-1], end, known, waiting)


def _shortened(chain: UUID | None, furthest: Witness, end: int, known: Told, waiting: int) -> Finding:
    """The chain ends before a head that was told: links rolled back, old database, or tail cut."""
    short = furthest.head.position - end
    if waiting >= short:
        return Finding(Damage.TABLE_ROLLED_BACK, {"table": "kernel_auditlink", "count": short, "first": end + 1})
    unknown = furthest.line is not None and furthest.line > known.line
    kind = Damage.DATABASE_REPLAYED if unknown else Damage.TAIL_CUT
    return Finding(
        kind, {"chain": chain, "position": end, "original": furthest.head.position, "at": furthest.at, "count": short}
    )


def confront_file(file: AnchorFile, last_line: int, known: Told, *, replayed: bool) -> Iterator[Finding]:
    """Name what is wrong with the anchor file itself, or with the table that counts its lines.

    `last_line` is the file's last line read after the snapshot, so that lines written meanwhile do not count.
    """
    for number in file.forged:
        yield Finding(Damage.ANCHOR_FORGED, {"first": number})
    for gap in file.gone:
        yield Finding(Damage.ANCHOR_REMOVED, {"first": gap.start, "last": gap.stop - 1})
    if known.line > last_line:
        yield Finding(Damage.ANCHOR_REMOVED, {"first": last_line + 1, "last": known.line})
    unknown = [line for line in file.lines if line.number > known.line]
    if not replayed and len({line.at for line in unknown}) > 1:
        facts = {"table": "kernel_audithead", "count": len(unknown), "first": unknown[0].number}
        yield Finding(Damage.TABLE_ROLLED_BACK, facts)
