"""A chain made in memory exactly as the sealer makes it, so that one place of it can be changed and looked at."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from taicho.kernel.audit.encoding import FIELDS, START, digest, encode, fingerprint, link_body, link_hash, sized, stamp

KEY = b"k" * 32
ROOT = uuid.UUID(int=7)
NOON = datetime(2021, 9, 4, 5, 0, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "chain": ROOT, "writer": 1, "number": 1, "happened_at": NOON, "shown_at": NOON, "actor": uuid.UUID(int=8),
    "machine": "", "verb": "gate.let_in", "object_kind": "gate.visit", "object_key": uuid.UUID(int=9),
    "unit": uuid.UUID(int=10), "commitment": b"c" * 32,
}  # fmt: skip


def entry_of(*, key: bytes = KEY, **changes: Any) -> bytes:
    """An encoded entry with a genuine stamp."""
    unstamped = encode(FACTS | changes)
    return unstamped + sized(stamp(key, unstamped))


@dataclass(frozen=True)
class Link:
    """One link with its entry; `replace` forges one, `row` and `full_row` are what verify reads."""

    position: int
    entry_id: int
    previous: bytes
    entry: bytes | None
    hash: bytes = b""
    chain: uuid.UUID = ROOT
    sealed: bytes = field(default=b"", repr=False)

    @property
    def body(self) -> bytes:
        sealed = self.sealed or self.entry or b""
        return link_body(self.position, self.entry_id, self.previous, digest(sealed), fingerprint(sealed))

    def hashed(self) -> "Link":
        """With the hash that belongs to what the link says now."""
        return replace(self, hash=link_hash(self.chain.bytes, self.body), sealed=self.sealed or self.entry or b"")

    @property
    def row(self) -> bytes:
        entry = b"\xff\xff\xff\xff" * len(FIELDS) if self.entry is None else self.entry
        return self.body + sized(self.hash) + entry

    @property
    def full_row(self) -> bytes:
        return sized(self.chain.bytes) + self.row


def chain_of(count: int, *, chain: uuid.UUID = ROOT, first_id: int = 101) -> list[Link]:
    """A sound chain of `count` links."""
    links: list[Link] = []
    for position in range(1, count + 1):
        previous = links[-1].hash if links else START
        entry = entry_of(chain=chain, number=position, object_key=uuid.UUID(int=1000 + position))
        links.append(Link(position, first_id + position - 1, previous, entry, chain=chain).hashed())
    return links
