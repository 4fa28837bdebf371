"""The key of the audit trail: one private file outside the database (A12: an operator has the tables, not the key)."""

import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NAME = "audit-key"


def key_for(purpose: str) -> bytes:
    """A 32-byte key for `purpose` (`stamp`, `commitment`, `anchor`), derived from the key file, made on first use."""
    return _derived(settings.TAICHO_KEYS / NAME, purpose)


@lru_cache(maxsize=16)
def _derived(file: Path, purpose: str) -> bytes:
    return hmac.digest(_read_or_make(file), f"taicho audit {purpose} 1".encode(), "sha256")


def _read_or_make(file: Path) -> bytes:
    """The secret in `file`; a new one is linked into place complete, so no other process reads half a key."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_name(f".{NAME}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writer:
            writer.write(secrets.token_hex(32))
            writer.flush()
            os.fsync(writer.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return bytes.fromhex(file.read_text(encoding="ascii").strip())
