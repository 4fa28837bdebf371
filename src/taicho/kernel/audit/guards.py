"""Questions that verify asks the tables as a whole: triggers in force, rows that are missing, numbers left out."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from taicho.kernel.audit.damage import Damage, Finding
from taicho.kernel.audit.diagnosis import Row

GUARDED = {
    "kernel_auditentry": ("kernel_audit_no_change", "kernel_audit_no_truncate"),
    "kernel_auditlink": ("kernel_audit_no_change", "kernel_audit_no_truncate"),
    "kernel_audithead": ("kernel_audit_no_change", "kernel_audit_no_truncate"),
    "kernel_auditsalt": ("kernel_audit_no_change", "kernel_audit_no_truncate"),
}

SHOWN = 1_000
"""Findings of one kind that are listed; a trail damaged further is damaged."""

_GAPS = """
    SELECT writer, before, number, id FROM (
        SELECT writer, number, id, lag(number, 1, 0::bigint) OVER (PARTITION BY writer ORDER BY number, id) AS before
        FROM kernel_auditentry
    ) numbered WHERE number <> before + 1 ORDER BY id LIMIT %s
"""


def guards_off(cursor: Any) -> Iterator[Finding]:
    """Triggers that should keep the tables append-only and are missing or disabled."""
    cursor.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'kernel_audit_no_%%'"
        " AND tgenabled IN ('O', 'A') AND tgrelid = ANY(%s::regclass[])",
        [list(GUARDED)],
    )
    in_force = set(cursor.fetchall())
    for table, triggers in GUARDED.items():
        for trigger in triggers:
            if (table, trigger) not in in_force:
                yield Finding(Damage.GUARD_OFF, {"table": table, "trigger": trigger})


def chain_lengths(cursor: Any) -> dict[UUID, int]:
    """Number of links per chain."""
    cursor.execute("SELECT chain, count(*) FROM kernel_auditlink GROUP BY chain ORDER BY chain")
    return dict(cursor.fetchall())


def missing_entries(cursor: Any, gone: list[tuple[UUID | None, Row]]) -> Iterator[Finding]:
    """Name links whose entries are gone: an older table put back when nothing newer is left, else single deletions."""
    cursor.execute("SELECT coalesce(max(id), 0) FROM kernel_auditentry")
    (newest,) = cursor.fetchone()
    first = min((row.entry_id for _, row in gone), default=0)
    if len(gone) > 1 and first > newest:
        facts = {"table": "kernel_auditentry", "count": len(gone), "first": first}
        yield Finding(Damage.TABLE_ROLLED_BACK, facts)
        return
    for chain, row in gone[:SHOWN]:
        yield Finding(Damage.DELETED, {"chain": chain, "position": row.position, "entry": row.entry_id})


def writer_gaps(cursor: Any, *, explained: int) -> Iterator[Finding]:
    """Numbers that a writer committed and that are not there, or are there twice.

    A connection numbers what it commits without gaps, so a hole is a deleted row, sealed or not. Holes that are as many
    as the rows already reported (`explained`) say nothing new.
    """
    cursor.execute(_GAPS, [SHOWN])
    rows = cursor.fetchall()
    holes = [(writer, before + 1, number - 1) for writer, before, number, _ in rows if number > before]
    for writer, before, number, entry in rows:
        if number <= before:
            yield Finding(Damage.COPIED, {"entry": entry, "writer": writer, "first": number})
    if sum(last - first + 1 for _, first, last in holes) > explained:
        for writer, first, last in holes:
            facts = {"writer": writer, "count": last - first + 1, "first": first, "last": last}
            yield Finding(Damage.DELETED_UNSEALED, facts)
