"""Name the damage in one chain. Walks only over rows that failed the quick check of `verifying`. Pure; no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from taicho.kernel.audit.damage import Damage, Finding
from taicho.kernel.audit.encoding import FIELDS, STAMP, checksum, digest, link_hash, sized, stamp, take_apart

LIMIT = 2_000
"""Suspect rows of one chain that are looked at closely; further ones are only counted."""
NEAR = 50
"""How far around its place a moved link is looked for, beside the places of other suspects."""

TIMES = {"happened_at", "shown_at"}


@dataclass(slots=True)
class Row:
    """One position of a chain as read: the link's columns and the encoded entry (None when the entry is gone)."""

    position: int
    entry_id: int
    previous: bytes
    digest: bytes
    fingerprint: bytes
    hash: bytes
    body: bytes
    entry: bytes | None

    @classmethod
    def read(cls, encoded: bytes) -> "Row":
        """Take apart a row: six columns of the link, then the columns of the entry."""
        columns = list(take_apart(encoded))
        link = [column or b"" for column in columns[:6]]
        body = b"".join(map(sized, columns[:5]))
        entry = columns[6:]
        return cls(
            int.from_bytes(link[0], "big"),
            int.from_bytes(link[1], "big", signed=True),
            previous=link[2],
            digest=link[3],
            fingerprint=link[4],
            hash=link[5],
            body=body,
            entry=b"".join(map(sized, entry)) if any(column is not None for column in entry) else None,
        )

    def fits(self, chain: bytes, *, position: int | None = None, entry_id: int | None = None) -> bool:
        """Whether the link's hash is right, as it stands or as if it stood elsewhere or named another entry."""
        here, there = self.body[:12], self.body[12:24]
        if position is not None:
            here = sized(position.to_bytes(8, "big"))
        if entry_id is not None:
            there = sized(entry_id.to_bytes(8, "big", signed=True))
        return link_hash(chain, here + there + self.body[24:]) == self.hash

    def stamped(self, key: bytes) -> bool:
        """Whether the entry carries the mark made with the application's key; what is gone has none to check."""
        return self.entry is None or self.entry[-STAMP:] == stamp(key, self.entry[: -STAMP - 4])

    def follows(self, chain: bytes, key: bytes, expected: int, last: bytes) -> bool:
        """Whether nothing is wrong with this row at place `expected`, `last` being the hash before it."""
        whole = self.entry is not None and digest(self.entry) == self.digest and self.stamped(key)
        return whole and self.position == expected and self.previous == last and self.fits(chain)


@dataclass(slots=True)
class Suspects:
    """What looks wrong in one chain, gathered in its order and named at its end."""

    root: UUID | None
    chain: bytes
    key: bytes
    gaps: list[range] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    torn: list[Row] = field(default_factory=list)
    forked: set[int] = field(default_factory=set)
    gone: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    unstamped: list[Row] = field(default_factory=list)
    seen: int = 0
    bad_stamps: int = 0
    _unsound: int = -1

    def inspect(self, row: Row, expected: int, last: bytes) -> None:
        """Look at a row that failed the quick check, `expected` being its place and `last` the hash before it."""
        self.seen += 1
        stamped = row.stamped(self.key)
        self.bad_stamps += not stamped
        if row.position > expected:
            self.gaps.append(range(expected, row.position))
        elif row.position < expected:
            self.forked.add(row.position)
        if self.seen > LIMIT:
            return
        if not self._sound(row, expected, last):
            self._unsound = row.position
        if row.entry is None:
            self.gone.append(row)
        elif digest(row.entry) != row.digest:
            self.changed.append(row)
        elif not stamped:
            self.unstamped.append(row)

    def _sound(self, row: Row, expected: int, last: bytes) -> bool:
        """Note a link that does not fit its hash, or does not follow the link before it although that one is sound."""
        if not row.fits(self.chain):
            self.broken.append(row)
            return False
        if row.position == expected and row.previous != last and self._unsound != expected - 1:
            self.torn.append(row)
        return row.position >= expected

    def findings(self) -> Iterator[Finding]:
        """The damage by name, entries that are gone apart (`gone` is named over all chains)."""
        moved = {id(row): self._original(row) for row in self.broken}
        yield from self._misplaced(moved)
        yield from (self._found(Damage.FORKED, position=p) for p in sorted(self.forked))
        yield from (self._found(Damage.CHAIN_TORN, row) for row in self.torn)
        yield from self._contents([row for row in self.changed if moved.get(id(row)) is None])
        yield from (self._found(Damage.INSERTED, row) for row in self.unstamped)

    def _original(self, row: Row) -> int | None:
        """The position at which a broken link was sealed; None when its hash fits nowhere near."""
        others = [other.position for other in self.broken[:200]]
        near = sorted(range(max(1, row.position - NEAR), row.position + NEAR + 1), key=lambda p: abs(p - row.position))
        for position in (*near, *others):
            if row.fits(self.chain, position=position):
                return position
        for other in self.broken[:200]:
            if row.fits(self.chain, entry_id=other.entry_id):
                return other.position
        return None

    def _misplaced(self, moved: dict[int, int | None]) -> Iterator[Finding]:
        """Tell removed, moved, made-up and edited links apart by the positions at which they were sealed."""
        broken = [row for row in self.broken if row.position not in self.forked]
        homes = {home for row in broken if (home := moved[id(row)]) is not None}
        top = max(homes, default=0)
        places = {row.position for row in broken}
        made_up = {row.position for row in broken if moved[id(row)] is None}
        missing = {p for p in places - homes - made_up if p < top}
        for position in sorted(missing):
            yield self._found(Damage.DELETED, position=position, entry=None)
        for gap in self.gaps:
            yield from (self._found(Damage.DELETED, position=p, entry=None) for p in gap[:LIMIT] if p not in homes)
        highest = 0
        for row in broken:
            home = moved[id(row)]
            if home is None:
                yield self._found(Damage.INSERTED if row.position in homes else Damage.LINK_EDITED, row)
            elif home < highest or (home in places and _exchanged(row, home, moved, broken)):
                yield self._found(Damage.REORDERED, row, original=home)
            highest = max(highest, home or 0)

    def _contents(self, rows: list[Row]) -> Iterator[Finding]:
        """Entries that are not what was sealed: exchanged with one another, or changed in named columns."""
        sealed = {row.digest: row for row in rows}
        for row in rows:
            other = sealed.get(digest(row.entry or b""))
            if other is not None:
                yield self._found(Damage.REORDERED, row, original=other.position)
                continue
            damage, columns = named_change(row)
            yield self._found(damage, row, fields=columns)

    def _found(self, damage: Damage, row: Row | None = None, **facts: object) -> Finding:
        place = {"position": row.position, "entry": row.entry_id} if row else {}
        return Finding(damage, {"chain": self.root, **place, **facts})


def _exchanged(row: Row, home: int, moved: dict[int, int | None], broken: Iterable[Row]) -> bool:
    """Whether the link that stands where `row` was sealed was itself sealed where `row` stands."""
    return any(other.position == home and moved[id(other)] == row.position for other in broken)


def named_change(row: Row) -> tuple[Damage, list[str]]:
    """The kind of change in an entry and the columns concerned, from the checksums in its link."""
    now = list(take_apart(row.entry or b""))
    sealed = [row.fingerprint[i : i + 4] for i in range(0, len(row.fingerprint), 4)]
    changed = {name: value for name, value, was in zip(FIELDS, now, sealed, strict=False) if checksum(value) != was}
    columns = list(changed)
    if changed and all(value in (None, b"") for value in changed.values()):
        return Damage.BLANKED, columns
    if columns == ["actor"]:
        return Damage.ACTOR_SWAPPED, columns
    if columns and set(columns) <= TIMES:
        return Damage.TIME_SWAPPED, columns
    return (Damage.COMMITMENT_EDITED if columns == ["commitment"] else Damage.EDITED), columns
