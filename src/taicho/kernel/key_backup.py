"""Carry the key ring through a backup: all keys in one text, locked with a passphrase.

The passphrase is stretched with scrypt (64 MiB of memory), the keys are locked with AES-256-GCM; the parameters are
part of what is authenticated. Without the passphrase the text is worthless, and so is a database backup without the
keys.
"""

import base64
import hashlib
import json
import os
import unicodedata
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from taicho.kernel.keyring import PURPOSES, Key, KeyRing, ring
from taicho.kernel.refusals import Refusal

FORMAT = "taicho-keys-1"
SHORTEST_PASSPHRASE = 15
SCRYPT = {"n": 2**16, "r": 8, "p": 2}
SCRYPT_MEMORY = 128 * 1024 * 1024
LARGEST_BACKUP = 1024 * 1024


def export_keys(passphrase: str, keys: KeyRing | None = None) -> bytes:
    """All keys of the ring (this installation's, unless given), locked with `passphrase` (at least 15 characters).

    Refused: short-passphrase, and what `KeyRing.keys` refuses.
    """
    if len(_normal(passphrase)) < SHORTEST_PASSPHRASE:
        raise Refusal(
            _("Mật khẩu bảo vệ khóa cần ít nhất %(count)d ký tự. Dùng một câu dài, dễ nhớ.")
            % {"count": SHORTEST_PASSPHRASE},
            code="short-passphrase",
        )
    salt, nonce = os.urandom(16), os.urandom(12)
    envelope = {"format": FORMAT, **SCRYPT, "salt": _encode(salt), "nonce": _encode(nonce)}
    locked = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, _content(keys or ring()), _authenticated(envelope))
    return json.dumps(envelope | {"keys": _encode(locked)}, indent=1).encode("ascii") + b"\n"


def import_keys(backup: bytes, passphrase: str, keys: KeyRing | None = None) -> list[bytes]:
    """Unlock `backup` into the ring (this installation's, unless given) and return the ids of its keys.

    An empty ring takes over the active keys; a ring in use only gains keys to read with.
    Refused: bad-key-backup, wrong-passphrase. Then the ring is untouched.
    """
    envelope = _envelope(backup)
    try:
        unlocker = AESGCM(_stretched(passphrase, envelope["salt"]))
        content = unlocker.decrypt(envelope["nonce"], envelope["keys"], envelope["authenticated"])
    except InvalidTag:
        raise Refusal(
            _("Mật khẩu bảo vệ khóa không đúng, hoặc bản sao lưu khóa đã bị sửa. Kiểm tra mật khẩu rồi thử lại."),
            code="wrong-passphrase",
        ) from None
    unlocked = json.loads(content)
    taken = [Key(purpose, base64.b64decode(secret)) for purpose, secret in unlocked["keys"]]
    (keys or ring()).add(taken, {purpose: bytes.fromhex(key_id) for purpose, key_id in unlocked["active"].items()})
    return [key.id for key in taken]


def _content(keys: KeyRing) -> bytes:
    content = {
        "keys": [(purpose, _encode(key.secret)) for purpose in PURPOSES for key in keys.keys(purpose)],
        "active": {purpose: keys.active(purpose).id.hex() for purpose in PURPOSES},
    }
    return json.dumps(content).encode("ascii")


def _envelope(backup: bytes) -> dict[str, Any]:
    """The parts of a backup as bytes. Only our own parameters pass: a forged one cannot exhaust the machine."""
    try:
        if len(backup) > LARGEST_BACKUP:
            raise ValueError
        written = json.loads(backup)
        locked = _decode(written.pop("keys"))
        if {name: written[name] for name in ("format", *SCRYPT)} != {"format": FORMAT, **SCRYPT}:
            raise ValueError
        salt, nonce = _decode(written["salt"]), _decode(written["nonce"])
        if (len(salt), len(nonce)) != (16, 12):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refusal(
            _("Tệp này không phải bản sao lưu khóa của Tại Chỗ, hoặc đã hỏng. Chọn đúng tệp."), code="bad-key-backup"
        ) from None
    return {"salt": salt, "nonce": nonce, "keys": locked, "authenticated": _authenticated(written)}


def _authenticated(envelope: dict[str, Any]) -> bytes:
    return json.dumps(envelope, sort_keys=True).encode("ascii")


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(_normal(passphrase).encode(), salt=salt, **SCRYPT, maxmem=SCRYPT_MEMORY, dklen=32)


def _normal(passphrase: str) -> str:
    return unicodedata.normalize("NFC", passphrase)


def _encode(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _decode(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
