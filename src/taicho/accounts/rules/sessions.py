"""How long a session lives and how much it proves (S-13; trust.md 4.3: the stricter pair for sensitive accounts)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from taicho.kernel.actor import Assurance


class Over(Enum):
    """Why a session ended."""

    IDLE = "idle"
    LONGEST = "longest"


def session_over(
    *, signed_in: datetime, seen: datetime, at: datetime, idle: timedelta, longest: timedelta
) -> Over | None:
    """Why the session of a sensitive account is over at `at`, or None: unused for `idle`, or as old as `longest`."""
    if at - signed_in >= longest:
        return Over.LONGEST
    return Over.IDLE if at - seen >= idle else None


def assurance(records: Iterable[Mapping[str, Any]], *, at: datetime, fresh: timedelta) -> Assurance:
    """How surely the steps taken in a session tell who sits there.

    `records` are allauth's: method, type, passwordless, and `at` as seconds since 1970. A passkey that checked a
    finger, face or PIN is two factors by itself. A second factor older than `fresh` counts no more, so a remembered
    phone is one factor (A15).
    """
    steps = list(records)
    if not steps:
        return Assurance.NONE
    second = [s for s in steps if s.get("method") == "mfa" and at.timestamp() - float(s["at"]) < fresh.total_seconds()]
    first = any(s.get("method") != "mfa" for s in steps)
    if second and (first or any(s.get("passwordless") for s in second)):
        return Assurance.TWO_FACTORS
    return Assurance.ONE_FACTOR
