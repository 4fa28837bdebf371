"""What allauth and Django signal at the door, handed on to our actions."""

from copy import copy
from dataclasses import replace
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.account.signals import (
    authentication_step_completed,
    password_changed,
    password_set,
    user_logged_in,
    user_logged_out,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in as session_begun
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest

from taicho.accounts.actions.events import note_event
from taicho.accounts.actions.secrets import forget_secrets
from taicho.accounts.actions.sessions import end_all_sessions
from taicho.accounts.door import SEEN_AT, SIGNED_IN_AT, mark
from taicho.accounts.enums import SecurityEventKind as Kind
from taicho.accounts.models import Account
from taicho.accounts.requirements import actor_of
from taicho.accounts.rules.ways import named
from taicho.accounts.visits import visit_of
from taicho.kernel import clock
from taicho.kernel.actor import ANONYMOUS

PROVING = ("password", "mfa")
"""Steps that prove the person; a slip or a link proves only that somebody holds a paper."""


@receiver(session_begun)
def on_session_begun(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """Start the session's clock."""
    now = clock.real_now()
    mark(request.session, SIGNED_IN_AT, now)
    mark(request.session, SEEN_AT, now)


@receiver(user_logged_in)
def on_signed_in(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """Typing the password or using the passkey just now counts as a confirmation."""
    records = get_authentication_records(request, user)
    for record in records:
        if record["method"] in PROVING:
            record["reauthenticated"] = True
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    how = named([str(record.get("type", record["method"])) for record in records])
    note_event(Kind.SIGNED_IN, user, visit=visit_of(request), detail=how)


@receiver(user_logged_out)
def on_signed_out(sender: Any, request: HttpRequest, user: Account | None, **_: Any) -> None:
    """The person signed out; the session is gone from the list of devices too."""
    if isinstance(user, Account):
        UserSession.objects.filter(user=user, session_key=request.session.session_key or "").delete()
        note_event(Kind.SIGNED_OUT, user, visit=visit_of(request))


@receiver(authentication_step_completed)
def on_confirmed(sender: Any, request: HttpRequest, user: Account, method: str, **facts: Any) -> None:
    """The person confirmed who they are; the actor of this very request, perhaps a lazy one, knows it too."""
    if not facts.get("reauthenticated"):
        return
    note_event(Kind.CONFIRMED, user, visit=visit_of(request), detail=named([str(facts.get("type", method))]))
    actor = getattr(request, "actor", ANONYMOUS)
    if actor.signed_in:
        request.actor = replace(copy(actor), confirmed_at=clock.real_now())  # type: ignore[attr-defined]


@receiver([password_changed, password_set])
def on_password_changed(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """A new password ends every other session."""
    note_event(Kind.PASSWORD_CHANGED, user, visit=visit_of(request))
    end_all_sessions(user, by=actor_of(user), but=request.session.session_key or "")


@receiver(authenticator_added)
def on_factor_added(sender: Any, request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Adding a factor has just proven it: the session counts as one with two factors."""
    note_event(Kind.FACTOR_ADDED, user, visit=visit_of(request), detail=_name(authenticator))
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))


@receiver(authenticator_removed)
def on_factor_removed(sender: Any, request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """A factor is gone."""
    note_event(Kind.FACTOR_REMOVED, user, visit=visit_of(request), detail=_name(authenticator))


@receiver(authenticator_reset)
def on_codes_made(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """New recovery codes; the old ones are void."""
    note_event(Kind.CODES_MADE, user, visit=visit_of(request))


@receiver(authentication_failed)
def on_second_factor_failed(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """A wrong code."""
    note_event(Kind.SECOND_FACTOR_FAILED, user, visit=visit_of(request))


@receiver(post_delete, sender=Authenticator)
def on_factor_gone(sender: Any, instance: Authenticator, **_: Any) -> None:
    """A factor that is gone leaves no secret behind."""
    forget_secrets(instance)


def _name(factor: Authenticator) -> str:
    """A passkey by its own name, the others by their kind."""
    own = f": {factor}" if factor.type == Authenticator.Type.WEBAUTHN else ""
    return (named([str(factor.type)]) + own)[:300]
