"""Anchors ("neo"): chain heads in a file outside the database, which therefore cannot be rewritten or replayed unseen.

One line per head: number, kind, time, chain, position, hash, mark. The mark is keyed (key file) over the mark before it
and the line, so lines cannot be edited, exchanged or taken from the middle. The table `AuditHead` knows the last line.
"""

import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from taicho.kernel import clock
from taicho.kernel.audit.encoding import DIGEST, START
from taicho.kernel.audit.heads import Head, chain_heads, named
from taicho.kernel.audit.keys import key_for
from taicho.kernel.models import AuditHead
from taicho.kernel.models.audit_link import NO_ROOT

ANCHOR, RESTORE = "neo", "phuc-hoi"
"""Kinds of lines: where a chain stood; where it stands after a declared restore of a backup."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the anchor file."""

    number: int
    kind: str
    at: datetime
    head: Head
    mark: bytes

    def text(self) -> str:
        """The line without its mark."""
        chain = self.head.chain or NO_ROOT
        at = self.at.isoformat(timespec="microseconds")
        return f"{self.number} {self.kind} {at} {chain} {self.head.position} {self.head.hash.hex()}"


@dataclass(slots=True)
class AnchorFile:
    """What the anchor file says: the genuine lines, the numbers of those that are not, and of those that are gone."""

    lines: list[Line] = field(default_factory=list)
    forged: list[int] = field(default_factory=list)
    gone: list[range] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Number of the last genuine line; 0 when there is none."""
        return self.lines[-1].number if self.lines else 0

    def standing(self) -> dict[UUID | None, list[Line]]:
        """Per chain the anchors that hold: a declared restore takes back those beyond the position restored."""
        heads: dict[UUID | None, list[Line]] = {}
        for line in self.lines:
            chain = heads.setdefault(line.head.chain, [])
            if line.kind == RESTORE:
                chain[:] = [kept for kept in chain if kept.head.position <= line.head.position]
            if line.head.position:
                chain.append(line)
        return heads

    def restores(self) -> list[datetime]:
        """When restores were declared."""
        return sorted({line.at for line in self.lines if line.kind == RESTORE})


def anchor_path() -> Path:
    """Where the anchor file lies. A backup takes it along; a careful office also copies it elsewhere."""
    return settings.TAICHO_HOME / "audit-anchors"


def read_anchors(path: Path | None = None) -> AnchorFile:
    """Read and check the anchor file; a missing file is an empty one. A torn last line (power cut) does not count."""
    found, mark, expected = AnchorFile(), b"", 1
    file = path or anchor_path()
    content = file.read_bytes() if file.exists() else b""
    for raw in content[: content.rfind(b"\n") + 1].splitlines():
        line = _parse(raw)
        if line and line.number > expected and line.kind != RESTORE:
            found.gone.append(range(expected, line.number))
        if line is None or line.number < expected or not hmac.compare_digest(line.mark, _mark(mark, line)):
            found.forged.append(line.number if line else expected)
        else:
            found.lines.append(line)
        mark = line.mark if line else b""
        expected = max(line.number if line else expected, expected) + 1
    return found


def write_anchors(*, kind: str = ANCHOR, heads: Iterable[Head] | None = None) -> int:
    """Append the heads that moved (or `heads`) to the file, synced, and note them in `AuditHead`; returns how many."""
    told = AuditHead.objects.aggregate(Max("line"))["line__max"] or 0
    written = _last_line()
    number, mark = max(told, written.number if written else 0), written.mark if written else b""
    at, lines = clock.real_now().astimezone(UTC), []
    for head in _moved() if heads is None else heads:
        number += 1
        mark = _mark(mark, bare := Line(number, kind, at, head, b""))
        lines.append(Line(number, kind, at, bare.head, mark))
    if lines:
        _append(lines)
        AuditHead.objects.bulk_create(
            AuditHead(
                chain=x.head.chain or NO_ROOT, position=x.head.position, hash=x.head.hash, given_at=at, line=x.number
            )
            for x in lines
        )
    return len(lines)


@transaction.atomic
def declare_restore() -> int:
    """Say in the anchor file that a backup was restored now: anchors beyond the restored heads no longer hold.

    `taicho restore` calls it once, after the database is back. The declaration stays visible in every later verify.
    Returns the number of lines written.
    """
    now = {head.chain: head for head in chain_heads()}
    before = read_anchors().standing()
    return write_anchors(kind=RESTORE, heads=[now.get(c, Head(c, 0, START)) for c in now.keys() | before.keys()])


def _moved() -> list[Head]:
    """Heads that stand elsewhere than the last line of their chain says."""
    return [head for head in chain_heads() if not _stands_at(_last_told(head.chain), head)]


def _last_told(chain: UUID | None) -> AuditHead | None:
    return AuditHead.objects.filter(chain=chain or NO_ROOT, line__isnull=False).order_by("-line").first()


def _stands_at(told: AuditHead | None, head: Head) -> bool:
    return told is not None and (told.position, bytes(told.hash)) == (head.position, head.hash)


def _mark(before: bytes, line: Line) -> bytes:
    return hmac.digest(key_for("anchor"), before + line.text().encode(), "sha256")


def _parse(raw: bytes) -> Line | None:
    """A line of the file, or None when it is not one."""
    try:
        number, kind, at, chain, position, hash_, mark = raw.decode("ascii").split(" ")
        head = Head(named(UUID(chain)), int(position), bytes.fromhex(hash_))
        line = Line(int(number), kind, datetime.fromisoformat(at), head, bytes.fromhex(mark))
    except ValueError:
        return None
    return line if len(head.hash) == DIGEST and kind in (ANCHOR, RESTORE) else None


def _last_line() -> Line | None:
    """The last whole line of the file, found from its end."""
    if not anchor_path().exists():
        return None
    with anchor_path().open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 4096))
        whole = file.read().rpartition(b"\n")[0]
    return _parse(whole.rpartition(b"\n")[2])


def _append(lines: list[Line]) -> None:
    """Write lines at the end, private and synced; a torn line left by a power cut is taken away first."""
    anchor_path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(anchor_path(), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 4096))
        tail = file.read()
        file.truncate(size - (len(tail) - tail.rfind(b"\n") - 1))
        file.seek(0, os.SEEK_END)
        file.write("".join(f"{line.text()} {line.mark.hex()}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())
