"""The quick pass of verify: all chains at once in the order of entry ids, which is how the tables lie on disk.

It only says of each chain whether it is sound. A chain that is not is walked again, slowly, by `walking`. Pure.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from taicho.kernel.audit.encoding import ENTRY_TAG, LINK_TAG, START, stamping

# In a sound row every column of the link lies at a fixed place, with four bytes of length before it.
CHAIN, POSITION, PREVIOUS, DIGEST = slice(4, 20), slice(24, 32), slice(48, 80), slice(84, 116)
BODY, HASH, ENTRY = slice(20, 172), slice(176, 208), slice(208, None)
UNSTAMPED, STAMP = slice(208, -20), slice(-16, None)

HELD = 100_000
"""Links of one chain that may wait for their predecessor: rows of long transactions took low ids and came late."""

STEP = 20_000
"""Rows between two reports of progress."""


@dataclass(slots=True)
class Strand:
    """One chain during the pass: where it stands, what waits for its turn, whether all is sound so far."""

    tag: bytes
    wanted: Collection[int]
    end: int = 0
    last: bytes = START
    sound: bool = True
    hashes: dict[int, list[bytes]] = field(default_factory=dict)
    held: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)

    def follow(self, position: int, previous: bytes, made: bytes) -> None:
        """Take a link whose own hash is right: next in its chain (nearly always), or held until its turn comes."""
        if position == self.end + 1 and previous == self.last and not self.held and position not in self.wanted:
            self.end, self.last = position, made
            return
        if position <= self.end or position in self.held or len(self.held) >= HELD:
            self.sound = False
            return
        self.held[position] = (previous, made)
        while (following := self.held.pop(self.end + 1, None)) is not None:
            self.sound &= following[0] == self.last
            self.end += 1
            self.last = following[1]
            if self.end in self.wanted:
                self.hashes[self.end] = [self.last]


def stride(
    rows: Iterable[bytes], *, key: bytes, wanted: Mapping[bytes, Collection[int]], stepped: Callable[[int], None]
) -> dict[bytes, Strand]:
    """Check the rows of all chains; returns what is known of each chain. `stepped(n)` is told of every n rows."""
    strands: dict[bytes, Strand] = {}
    marks, done = stamping(key), 0
    for row in rows:
        chain = row[CHAIN]
        strand = strands.get(chain)
        if strand is None:
            strand = strands[chain] = Strand(LINK_TAG + chain, wanted.get(chain, ()))
        mark = marks.copy()
        mark.update(row[UNSTAMPED])
        if (
            sha256(ENTRY_TAG + row[ENTRY]).digest() == row[DIGEST]
            and sha256(strand.tag + row[BODY]).digest() == row[HASH]
            and mark.digest() == row[STAMP]
        ):
            strand.follow(int.from_bytes(row[POSITION], "big"), row[PREVIOUS], row[HASH])
        else:
            strand.sound = False
        done += 1
        if done % STEP == 0:
            stepped(STEP)
    stepped(done % STEP)
    for strand in strands.values():
        strand.sound &= not strand.held
    return strands
