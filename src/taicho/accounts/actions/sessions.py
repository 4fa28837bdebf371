"""End sessions: at once, because a session is a row and every request reads it."""

from collections.abc import Iterable
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from taicho.accounts.actions.events import note_event
from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.models import Account
from taicho.accounts.rules.devices import device_name
from taicho.accounts.visits import NOWHERE, Visit
from taicho.kernel.actor import Actor


@transaction.atomic
def end_sessions(
    account: Account, sessions: Iterable[UserSession], *, by: Actor | None = None, visit: Visit = NOWHERE
) -> int:
    """End these sessions of the account; their next request is refused. Returns how many there were. Source: S-13."""
    count = 0
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in sessions:
        store.delete(session.session_key)
        session.delete()
        detail = f"{device_name(session.user_agent)} · {session.ip}".strip(" ·")
        note_event(SecurityEventKind.SESSION_REVOKED, account, by=by, visit=visit, detail=detail)
        count += 1
    return count


def end_all_sessions(account: Account, *, by: Actor, but: str = "") -> int:
    """End every session of the account, except the one with the session key `but`."""
    return end_sessions(account, UserSession.objects.filter(user=account).exclude(session_key=but), by=by)
