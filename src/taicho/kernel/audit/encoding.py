"""The canonical bytes of an entry and of a link, and the hashes over them. Pure; no database.

An entry is encoded as PostgreSQL's binary COPY writes its columns: per column a 4-byte big-endian length (-1 for NULL)
and the bytes. No two different entries share an encoding, and a row read by COPY is hashed without being taken apart.
"""

import hashlib
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

FIELDS = (
    "chain",
    "writer",
    "number",
    "happened_at",
    "shown_at",
    "actor",
    "machine",
    "verb",
    "object_kind",
    "object_key",
    "unit",
    "commitment",
    "stamp",
)
"""Columns that are hashed, in this order. The stamp is last: it covers those before it."""

DIGEST, STAMP = 32, 16
START = b"\x00" * DIGEST
"""What the first link of every chain calls its predecessor."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NULL = b"\xff\xff\xff\xff"
ENTRY_TAG = b"taicho audit entry 1\x00"
LINK_TAG = b"taicho audit link 1\x00"


def encode(values: dict[str, Any]) -> bytes:
    """Encode the given columns in the order of `FIELDS`; those absent from `values` are left out, None is NULL."""
    return b"".join(sized(_binary(values[name])) for name in FIELDS if name in values)


def _binary(value: Any) -> bytes | None:
    """A value as PostgreSQL sends it in binary."""
    match value:
        case None:
            return None
        case bytes() | bytearray() | memoryview():
            return bytes(value)
        case str():
            return value.encode()
        case UUID():
            return value.bytes
        case datetime():
            return ((value - _EPOCH) // timedelta(microseconds=1)).to_bytes(8, "big", signed=True)
        case int():
            return value.to_bytes(8, "big", signed=True)
    raise TypeError(f"no audit encoding for {type(value).__name__}")


def sized(raw: bytes | None) -> bytes:
    """One column with its length in front; NULL is the length -1."""
    return _NULL if raw is None else len(raw).to_bytes(4, "big") + raw


def take_apart(encoded: bytes) -> Iterator[bytes | None]:
    """The columns of an encoding, one by one; None for NULL. A torn end yields what is left of it."""
    at = 0
    while at < len(encoded):
        size = int.from_bytes(encoded[at : at + 4], "big", signed=True)
        at += 4
        yield None if size < 0 else encoded[at : at + size]
        at += max(size, 0)


def instant(raw: bytes) -> datetime:
    """The time that a binary timestamp stands for, in UTC."""
    return _EPOCH + timedelta(microseconds=int.from_bytes(raw, "big", signed=True))


def stamp(key: bytes, unstamped: bytes) -> bytes:
    """The application's mark (16 bytes) on an encoded entry without its stamp: keyed BLAKE2b."""
    marking = stamping(key)
    marking.update(unstamped)
    return marking.digest()


def stamping(key: bytes) -> "hashlib.blake2b":
    """The keyed hash that makes stamps, before it has read anything; copy it to make many."""
    return hashlib.blake2b(key=key, digest_size=STAMP, person=b"taicho stamp 1")


def digest(entry: bytes) -> bytes:
    """Hash (32 bytes) of a whole encoded entry, stamp included."""
    return hashlib.sha256(ENTRY_TAG + entry).digest()


def fingerprint(entry: bytes) -> bytes:
    """One 4-byte checksum per column. It names what was changed; that something was changed is proven by `digest`."""
    return b"".join(checksum(field) for field in take_apart(entry))


def checksum(field: bytes | None) -> bytes:
    """Checksum of one column; NULL and the empty text differ."""
    return zlib.crc32(b"\x00" if field is None else b"\x01" + field).to_bytes(4, "big")


def link_body(position: int, entry_id: int, previous: bytes, digest: bytes, fingerprint: bytes) -> bytes:
    """Encode the columns of a link that its hash covers beside the chain."""
    return b"".join(sized(_binary(v)) for v in (position, entry_id, previous, digest, fingerprint))


def link_hash(chain: bytes, body: bytes) -> bytes:
    """Hash (32 bytes) of a link: the chain's key (16 bytes) and `link_body`, which names the predecessor."""
    return hashlib.sha256(LINK_TAG + chain + body).digest()
