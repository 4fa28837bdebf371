"""Walk along one chain, hashing every link and entry: the hot loop of verify. Pure; rows come from `rows.copied`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from taicho.kernel.audit.diagnosis import Row, Suspects
from taicho.kernel.audit.encoding import ENTRY_TAG, LINK_TAG, START, stamping

# A sound row has its columns at fixed places: every column of the link is preceded by four bytes of length.
POSITION, PREVIOUS, DIGEST = slice(4, 12), slice(28, 60), slice(64, 96)
BODY, HASH, ENTRY = slice(0, 152), slice(156, 188), slice(188, None)
UNSTAMPED, STAMP = slice(188, -20), slice(-16, None)

STEP = 20_000
"""Rows between two reports of progress."""


@dataclass(slots=True)
class Walk:
    """What a walk along a chain found: where it ends, the hashes at the wanted positions, the suspects."""

    suspects: Suspects
    end: int = 0
    hashes: dict[int, list[bytes]] = field(default_factory=dict)


def walk(
    rows: Iterable[bytes],
    *,
    root: UUID | None,
    chain: bytes,
    key: bytes,
    wanted: Collection[int] = (),
    stepped: Callable[[int], None] = lambda rows: None,
) -> Walk:
    """Check the rows of one chain in order of position. `stepped(n)` is told of every n rows done."""
    walked = Walk(Suspects(root, chain, key))
    link_tag, marks, expected, last, done = LINK_TAG + chain, stamping(key), 1, START, 0
    for row in rows:
        mark = marks.copy()
        mark.update(row[UNSTAMPED])
        if (
            row[PREVIOUS] == last
            and row[POSITION] == expected.to_bytes(8, "big")
            and sha256(ENTRY_TAG + row[ENTRY]).digest() == row[DIGEST]
            and sha256(link_tag + row[BODY]).digest() == row[HASH]
            and mark.digest() == row[STAMP]
        ):
            position, last = expected, row[HASH]
        else:
            suspect = Row.read(row)
            walked.suspects.inspect(suspect, expected, last)
            position, last = suspect.position, suspect.hash
        expected = max(expected, position + 1)
        if position in wanted:
            walked.hashes.setdefault(position, []).append(last)
        done += 1
        if done % STEP == 0:
            stepped(STEP)
    walked.end = expected - 1
    stepped(done % STEP)
    return walked
