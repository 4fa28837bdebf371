"""The own account: overview, devices, what happened at the door, the second factor that is needed."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from taicho.accounts.actions.sessions import end_sessions
from taicho.accounts.models import Account
from taicho.accounts.queries.door import administrator_until, devices_of, events_of
from taicho.accounts.requirements import second_factor_reason
from taicho.accounts.visits import visit_of
from taicho.kernel import clock
from taicho.kernel.pages import anyone, page, signed_in


@page(read=signed_in)
def overview(request: HttpRequest) -> HttpResponse:
    """How I sign in: password, app, passkeys, recovery codes, devices."""
    account = _own(request)
    factors = Authenticator.objects.filter(user=account).order_by("pk")
    now = clock.real_now()
    facts = {
        "account": account,
        "app": next((f for f in factors if f.type == "totp"), None),
        "keys": [f for f in factors if f.type == "webauthn"],
        "codes": next((f for f in factors if f.type == "recovery_codes"), None),
        "devices": devices_of(account, this=request.session.session_key, at=now),
        "administrator_until": administrator_until(account, now),
        "reason": second_factor_reason(account),
    }
    return render(request, "accounts/overview.html", facts)


@login_required
@page(read=anyone)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and the two ways to add one. Also for an account that has no person yet."""
    return render(request, "accounts/second_factor.html", {"reason": second_factor_reason(_own(request))})


@page(read=signed_in, write=signed_in)
def devices(request: HttpRequest) -> HttpResponse:
    """The devices that are signed in; one POST ends one of them, or all others."""
    account, this = _own(request), request.session.session_key
    if request.method != "POST":
        own = devices_of(account, this=this, at=clock.real_now())
        return render(request, "accounts/devices.html", {"devices": own})
    chosen = UserSession.objects.filter(user=account).exclude(session_key=this)
    if (one := request.POST.get("device", "")).isdecimal():
        chosen = chosen.filter(pk=int(one))
    count = end_sessions(account, list(chosen), by=request.actor, visit=visit_of(request))  # type: ignore[attr-defined]
    told = ngettext("Đã kết thúc %(count)d phiên đăng nhập.", "Đã kết thúc %(count)d phiên đăng nhập.", count)
    messages.success(request, told % {"count": count})
    return redirect("usersessions_list")


@page(read=signed_in)
def events(request: HttpRequest) -> HttpResponse:
    """What happened at the door of my account."""
    return render(request, "accounts/events.html", {"events": events_of(_own(request))})


def _own(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101 - signed_in has let through accounts only
    return request.user
