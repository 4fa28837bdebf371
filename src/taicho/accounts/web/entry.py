"""First entry: with the code on a printed slip, or with a one-time link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from taicho.accounts.actions.slips import over_sentence, use_slip
from taicho.accounts.models import Account, EntrySlip
from taicho.accounts.queries.door import usable_link
from taicho.accounts.visits import visit_of
from taicho.accounts.web.forms import FirstPasswordForm, SlipForm
from taicho.kernel import clock
from taicho.kernel.pages import anyone, page
from taicho.kernel.refusals import Refusal

View = Callable[..., HttpResponse]
SLIP = "accounts.slip"
LIMITS = {"slip": "30/m/ip", "link": "60/m/ip"}
"""Tries a minute from one address; with 100 random bits that is for the log's sake, not for safety."""


def limited(action: str) -> Callable[[View], View]:
    """Bound what one address sends a minute. Stands over `@page`, so that the count survives a refused page."""

    def bound(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **route: Any) -> HttpResponse:
            if ratelimit.consume(request, app="accounts", action=action, config=LIMITS):
                return view(request, *args, **route)
            return render(request, "429.html", status=429)

        return counted

    return bound


@never_cache
@limited("slip")
@page(read=anyone, write=anyone)
def slip(request: HttpRequest) -> HttpResponse:
    """Type the code of a printed slip; it is not used up before the own password is set."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _choose_password(request, form.slip)
    return render(request, "accounts/slip.html", {"form": form}, status=_status(form))


@never_cache
@limited("link")
@page(read=anyone, write=anyone)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a one-time link. Reading it uses nothing up, so a preview in a chat does no harm; its button does."""
    found = usable_link(token, at=clock.real_now())
    if found is None:
        return render(request, "accounts/link_over.html", {"sentence": over_sentence()}, status=404)
    if request.method != "POST":
        return render(request, "accounts/link.html", {"account": found.account})
    if not found.account.is_demo:
        return _choose_password(request, found)
    account = use_slip(found, at=clock.real_now(), visit=visit_of(request))
    return _enter(request, account, "link")


@never_cache
@sensitive_post_parameters("password1", "password2")
@page(read=anyone, write=anyone)
def first_password(request: HttpRequest) -> HttpResponse:
    """Choose the own password; with it the slip is used up and the person is in, or asked for the second factor."""
    found = _slip_at_hand(request)
    if found is None:
        return redirect("accounts-slip")
    form = FirstPasswordForm(request.POST or None, account=found.account)
    if request.method != "POST" or not form.is_valid():
        facts = {"form": form, "account": found.account}
        return render(request, "accounts/first_password.html", facts, status=_status(form))
    try:
        password = form.cleaned_data["password1"]
        account = use_slip(found, at=clock.real_now(), password=password, visit=visit_of(request))
    except Refusal as refusal:
        return render(request, "accounts/link_over.html", {"sentence": refusal.sentence}, status=refusal.status)
    return _enter(request, account, "password")


def _choose_password(request: HttpRequest, found: EntrySlip) -> HttpResponse:
    """Remember the slip in a fresh session, and ask for the password."""
    request.session.flush()
    request.session[SLIP] = str(found.key)
    request.session.set_expiry(900)
    return redirect("accounts-first-password")


def _slip_at_hand(request: HttpRequest) -> EntrySlip | None:
    key: Any = request.session.get(SLIP)
    usable = EntrySlip.objects.usable(clock.real_now()).select_related("account")
    return usable.filter(key=key).first() if key else None


def _enter(request: HttpRequest, account: Account, method: str) -> HttpResponse:
    """Sign in; an account with a second factor is asked for it as always."""
    request.session.flush()
    record_authentication(request, account, method=method)
    answer: HttpResponse = perform_login(request, Login(user=account))
    request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    return answer


def _status(form: SlipForm | FirstPasswordForm) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
