"""The entrance: allauth's sign-in page, with an end for accounts that belong to nobody."""

from typing import Any

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taicho.accounts.door import account_of


class Entrance(LoginView):
    """Sign in. An account without a person in the staff list would be sent to and fro: it is told so instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **route: Any) -> HttpResponse:
        """Say what is missing, or sign in."""
        account = account_of(request)
        if account is not None and not request.actor.signed_in:  # type: ignore[attr-defined]
            return render(request, "accounts/nobody.html", {"account": account}, status=403)
        answer: HttpResponse = super().dispatch(request, *args, **route)
        return answer
