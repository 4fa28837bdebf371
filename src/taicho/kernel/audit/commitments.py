"""Commitments: the trail proves what a value was without containing it (trust.md, design rule 5; S-18).

The commitment is a hash keyed with the key file and with a salt of its own. The salt lies in `AuditSalt`; deleting it
purges the value for good and touches no chain. Without the key file a stolen database does not reveal even a
temperature, which has a hundred possible values.
"""

import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from taicho.kernel.audit.keys import key_for
from taicho.kernel.models import AuditEntry, AuditSalt

SALT = 16


def new_salt() -> bytes:
    """A random salt of 16 bytes."""
    return secrets.token_bytes(SALT)


def commit(facts: Mapping[str, Any], salt: bytes) -> bytes:
    """The commitment (32 bytes) to `facts` under `salt`: names and plain values, in any order."""
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hmac.digest(hmac.digest(key_for("commitment"), salt, "sha256"), canonical.encode(), "sha256")


def _plain(value: Any) -> str:
    """Dates, decimals, keys and codes as text."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal, Enum)):
        return str(value)
    raise TypeError(f"facts of the audit trail are plain values, not {type(value).__name__}")


def proves(entry: AuditEntry, facts: Mapping[str, Any]) -> bool:
    """Whether `facts` are exactly what `entry` committed to. False when the salt was purged: then nothing is proven."""
    salt = AuditSalt.objects.filter(entry=entry).first()
    if salt is None or entry.commitment is None:
        return False
    return hmac.compare_digest(commit(facts, bytes(salt.salt)), bytes(entry.commitment))


def forget(object_keys: Iterable[UUID]) -> int:
    """Delete the salts of every entry about these objects; returns how many. The chains stay valid (S-18)."""
    deleted, _ = AuditSalt.objects.filter(entry__object_key__in=list(object_keys)).delete()
    return deleted
