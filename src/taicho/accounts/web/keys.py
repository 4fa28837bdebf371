"""Passkeys: allauth's pages with our rules. Every key checks its person, comes back to where one was, and the last
needed one stays."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from taicho.accounts.queries.factors import removal_refusal


class AddPasskey(AddWebAuthnView):
    """Add a passkey that can be used without a name and checks finger, face or PIN."""

    def get_context_data(self, **facts: Any) -> dict[str, Any]:
        """Options for the browser: a resident key with user verification."""
        context: dict[str, Any] = super().get_context_data(**facts)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context


class EnterByPasskey(LoginWebAuthnView):
    """Sign in with a passkey, and come back to the page that was asked for."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Enter."""
        factor = form.cleaned_data["credential"]
        login = Login(user=factor.user, redirect_url=get_next_redirect_url(self.request))
        answer: HttpResponse = flows.perform_passwordless_login(self.request, factor, login)
        return answer


class ConfirmByPasskey(ReauthenticateWebAuthnView):
    """Confirm it is you by the passkey; a failure shows the same page again."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what went wrong, with fresh options."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer

    def get_context_data(self, **facts: Any) -> dict[str, Any]:
        """Keep the bound form, which allauth's page drops."""
        context: dict[str, Any] = super().get_context_data(**facts)
        return context | facts


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey, unless it is the last factor and must stay."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse with the reason, or remove."""
        if (refusal := removal_refusal(self.get_object())) is not None:
            get_adapter().add_message(request, messages.ERROR, message=refusal)
            return HttpResponseRedirect(reverse("mfa_list_webauthn"))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer
