"""Walk along one chain in the order of positions and gather what is wrong with it. Pure; rows come from `copied`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from taicho.kernel.audit.diagnosis import Row, Suspects
from taicho.kernel.audit.encoding import START


@dataclass(slots=True)
class Walk:
    """What a walk along a chain found: where it ends, the hashes at the wanted positions, the suspects."""

    suspects: Suspects
    end: int = 0
    hashes: dict[int, list[bytes]] = field(default_factory=dict)


def walk(rows: Iterable[bytes], *, root: UUID | None, chain: bytes, key: bytes, wanted: Collection[int] = ()) -> Walk:
    """Check the rows of one chain one by one; `wanted` are the positions whose hashes are kept."""
    walked = Walk(Suspects(root, chain, key))
    expected, last = 1, START
    for encoded in rows:
        row = Row.read(encoded)
        if not row.follows(chain, key, expected, last):
            walked.suspects.inspect(row, expected, last)
        expected, last = max(expected, row.position + 1), row.hash
        if row.position in wanted:
            walked.hashes.setdefault(row.position, []).append(last)
    walked.end = expected - 1
    return walked
