"""Seal bytes to one place, and make blind indexes (docs/decisions/0004-encrypted-fields.md).

A sealed value is: version (1 byte), key id (4), nonce (12), AES-256-GCM ciphertext with its tag. The place (table,
column, row key) is authenticated with it: moved to another row or column, or changed by one bit, it does not open.
Before sealing a value is padded to whole blocks of 32 bytes, so that its length does not tell "có" from "không".
"""

import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from taicho.kernel.keyring import FIELD, ID_BYTES, INDEX, Key, ring
from taicho.kernel.refusals import Refusal

VERSION = b"\x01"
PREFIX_BYTES = len(VERSION) + ID_BYTES
NONCE_BYTES = 12
TAG_BYTES = 16
BLOCK = 32
SHORTEST_SEALED = PREFIX_BYTES + NONCE_BYTES + BLOCK + TAG_BYTES
MAC_BYTES = 16
INDEX_BYTES = ID_BYTES + MAC_BYTES


class BrokenSeal(Refusal):
    """A stored value does not open: it was changed, or it belongs to another row or column."""

    status = 500


@dataclass(frozen=True)
class Place:
    """Where a value is at home. `column` is `table.column`, `row` the row's own key."""

    column: str
    row: UUID

    def bound(self, prefix: bytes) -> bytes:
        return prefix + self.column.encode() + b"\0" + self.row.bytes


@dataclass(frozen=True, repr=False)
class Sealed:
    """A value as the database holds it. It opens only at its own place."""

    stored: bytes

    def __repr__(self) -> str:
        return "<sealed>"

    @property
    def is_current(self) -> bool:
        """Whether the active key sealed it."""
        return self.stored.startswith(current_prefix())

    def open(self, place: Place) -> bytes:
        """The plain bytes. Refused: broken-seal, and key-missing when the ring has lost the key."""
        if len(self.stored) < SHORTEST_SEALED or not self.stored.startswith(VERSION):
            raise _broken(place)
        prefix, nonce = self.stored[:PREFIX_BYTES], self.stored[PREFIX_BYTES : PREFIX_BYTES + NONCE_BYTES]
        key = ring().key(FIELD, prefix[len(VERSION) :])
        try:
            padded = _cipher(key).decrypt(nonce, self.stored[PREFIX_BYTES + NONCE_BYTES :], place.bound(prefix))
        except InvalidTag:
            raise _broken(place) from None
        return padded[: padded.rindex(b"\x80")]


def seal(plain: bytes, place: Place) -> Sealed:
    """Seal `plain` to `place` with the active key. Refused: key-missing."""
    key = ring().active(FIELD)
    prefix, nonce = VERSION + key.id, os.urandom(NONCE_BYTES)
    padded = plain + b"\x80" + bytes(-(len(plain) + 1) % BLOCK)
    return Sealed(prefix + nonce + _cipher(key).encrypt(nonce, padded, place.bound(prefix)))


def current_prefix() -> bytes:
    """What every value sealed now begins with: version and id of the active key."""
    return VERSION + ring().active(FIELD).id


def blind_index(text: str, domain: str, key: Key | None = None) -> bytes:
    """Twenty bytes that are equal for equal texts of one domain and tell nothing to who lacks the key.

    Id of the index key (4 bytes) and HMAC-SHA-256 truncated to 128 bits. With the active index key, unless another is
    given.
    """
    key = key or ring().active(INDEX)
    return key.id + hmac.digest(key.secret, f"{domain}\0{text}".encode("utf-8", "surrogatepass"), "sha256")[:MAC_BYTES]


def possible_indexes(text: str, domain: str) -> list[bytes]:
    """The indexes of a text under every index key of the ring: all must be looked for until a rotation is complete."""
    return [blind_index(text, domain, key) for key in ring().keys(INDEX)]


@lru_cache(maxsize=64)
def _cipher(key: Key) -> AESGCM:
    return AESGCM(key.secret)


def _broken(place: Place) -> BrokenSeal:
    sentence = _("Dữ liệu mã hóa (%(column)s, bản ghi %(row)s) đã bị sửa hoặc bị chuyển chỗ. Báo quản trị hệ thống.")
    return BrokenSeal(sentence % {"column": place.column, "row": place.row}, code="broken-seal")
