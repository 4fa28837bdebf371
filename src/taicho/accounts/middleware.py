"""The door on every request: sessions end in time, and who needs a second factor reaches only the pages to add one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.accounts.door import SEEN_AT, SIGNED_IN_AT, account_of, assurance_of, mark, marked
from taicho.accounts.models import Account
from taicho.accounts.queries.door import has_second_factor
from taicho.accounts.requirements import second_factor_reason
from taicho.accounts.rules.sessions import Over, session_over
from taicho.kernel import clock
from taicho.kernel.actor import Assurance

SEEN_EVERY = timedelta(minutes=1)
"""How often the time of last use is written, so that reading pages does not write each time."""
ALWAYS_OPEN = frozenset({
    "account_login", "account_logout", "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "ui:language", "ui:help", "healthz", "readyz",
})  # fmt: skip
"""Names of the pages open to everybody who is still on the way in."""
ENROLMENT = frozenset({
    "accounts-second-factor", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "account_change_password",
})  # fmt: skip
"""Names of the pages that stay open to somebody who needs a second factor and has none yet. Who has one elsewhere must
show it first: a stolen password must not be enough to add another."""


class Door:
    """Order: after allauth's AccountMiddleware, before organisation's actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = account_of(request)
        request.second_factor_reason = second_factor_reason(account) if account else None  # type: ignore[attr-defined]
        if account is not None and (over := self._over(request)) is not None:
            return self._end(request, over)
        if account is not None:
            self._note_use(request, account)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send somebody who lacks a needed second factor, in the account or in this session, to the page for it."""
        account = account_of(request)
        page = request.resolver_match.view_name if request.resolver_match else None
        if account is None or request.second_factor_reason is None or page in ALWAYS_OPEN:  # type: ignore[attr-defined]
            return None
        if not has_second_factor(account):
            return None if page in ENROLMENT else self._lead(request, reverse("accounts-second-factor"))
        if assurance_of(request) < Assurance.TWO_FACTORS:
            return self._lead(request, _with_return(request, _first_way(account)))
        return None

    @staticmethod
    def _over(request: HttpRequest) -> Over | None:
        signed_in, seen = marked(request.session, SIGNED_IN_AT), marked(request.session, SEEN_AT)
        if signed_in is None or seen is None:
            return Over.LONGEST
        if request.second_factor_reason is None:  # type: ignore[attr-defined]
            return Over.LONGEST if clock.real_now() - signed_in >= _longest_of_all() else None
        return session_over(
            signed_in=signed_in,
            seen=seen,
            at=clock.real_now(),
            idle=settings.TAICHO_SENSITIVE_IDLE,
            longest=settings.TAICHO_SENSITIVE_LONGEST,
        )

    @staticmethod
    def _note_use(request: HttpRequest, account: Account) -> None:
        now, seen = clock.real_now(), marked(request.session, SEEN_AT)
        if seen is None or now - seen >= SEEN_EVERY:
            mark(request.session, SEEN_AT, now)
            UserSession.objects.filter(user=account, session_key=request.session.session_key).update(
                last_seen_at=now,
                ip=get_client_ip(request) or "0.0.0.0",  # noqa: S104
            )

    def _end(self, request: HttpRequest, over: Over) -> HttpResponse:
        entrance = _with_return(request, reverse("account_login"))
        logout(request)
        sentence = {
            Over.IDLE: _("Phiên làm việc đã kết thúc vì lâu không dùng. Mời đồng chí đăng nhập lại."),
            Over.LONGEST: _("Phiên làm việc đã hết thời hạn. Mời đồng chí đăng nhập lại."),
        }[over]
        messages.info(request, sentence)
        return self._lead(request, entrance)

    @staticmethod
    def _lead(request: HttpRequest, address: str) -> HttpResponse:
        """Lead a whole page there, also when only a fragment was asked for."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)


def _with_return(request: HttpRequest, address: str) -> str:
    """The address, coming back afterwards to the page that was read; what was being sent is not repeated."""
    return f"{address}?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else address


def _first_way(account: Account) -> str:
    by_app = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if by_app else "mfa_reauthenticate_webauthn")


def _longest_of_all() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)
