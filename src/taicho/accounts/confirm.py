"""Confirm it is you: ask for the password, a code or the passkey again before a weighty step (S-13)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from django.http import HttpRequest, HttpResponse

from taicho.accounts.door import confirmed_recently

View = Callable[..., HttpResponse]


def confirm_first(view: View) -> View:
    """Let the view run only for a person who confirmed within ten minutes; else ask, then carry on where they were.

    Stands under `@page(...)`, so the right is judged first. What was being sent is kept in the session and carried out
    after the confirmation; files are not kept, so a page that takes files asks on reading, not on sending.
    """

    @wraps(view)
    def confirmed(request: HttpRequest, *args: Any, **route: Any) -> HttpResponse:
        if confirmed_recently(request):
            return view(request, *args, **route)
        ways = get_adapter().get_reauthentication_methods(request.user)
        answer = suspend_request(request, ways[0]["url"])
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": answer.url})
        return answer

    return confirmed
