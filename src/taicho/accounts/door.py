"""What a request proves: how surely we know who sits there, and when they last confirmed it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from taicho.accounts.models import Account
from taicho.accounts.rules.sessions import assurance
from taicho.kernel import clock
from taicho.kernel.actor import Assurance

SIGNED_IN_AT = "accounts.signed_in_at"
SEEN_AT = "accounts.seen_at"


def account_of(request: HttpRequest) -> Account | None:
    """The account signed in on this request, or None."""
    return request.user if isinstance(request.user, Account) else None


def assurance_of(request: HttpRequest) -> Assurance:
    """How surely we know who sits there, for the Actor of this request.

    A demo role in a drill plays a person with both factors.
    """
    account = account_of(request)
    if account is None:
        return Assurance.NONE
    if account.is_demo and settings.TAICHO_DRILL:
        return Assurance.TWO_FACTORS
    proven = assurance(_records(request), at=clock.real_now(), fresh=settings.TAICHO_SENSITIVE_LONGEST)
    return max(proven, Assurance.ONE_FACTOR)


def confirmed_at(request: HttpRequest) -> datetime | None:
    """When the person last proved to be the one: typed the password, gave a code or used the passkey. UTC.

    Signing in with them counts. A demo role in a drill has nothing to type: entering counts.
    """
    account = account_of(request)
    if account is None:
        return None
    if account.is_demo and settings.TAICHO_DRILL:
        return clock.real_now()
    confirmed = [record["at"] for record in _records(request) if record.get("reauthenticated")]
    return datetime.fromtimestamp(max(confirmed), tz=UTC) if confirmed else None


def confirmed_recently(request: HttpRequest) -> bool:
    """Whether that was within the last ten minutes (S-13: before approving, exporting, granting, purging)."""
    at = confirmed_at(request)
    longest: timedelta = settings.TAICHO_CONFIRMED_FOR
    return at is not None and clock.real_now() - at < longest


def mark(session: SessionBase, key: str, at: datetime) -> None:
    """Write an instant into the session."""
    session[key] = at.timestamp()


def marked(session: SessionBase, key: str) -> datetime | None:
    """Read an instant out of the session."""
    seconds = session.get(key)
    return datetime.fromtimestamp(seconds, tz=UTC) if isinstance(seconds, int | float) else None


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    return get_authentication_records(request, account_of(request))
