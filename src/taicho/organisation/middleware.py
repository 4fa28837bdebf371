"""Put the actor on every request. Stands after the door of accounts, which knows how surely somebody is known."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from taicho.accounts.door import account_of, assurance_of, confirmed_at
from taicho.kernel.actor import ANONYMOUS, Actor
from taicho.organisation.queries.build_actor import build_actor
from taicho.organisation.queries.hats import wearing

HAT = "organisation.hat"
"""Where the session keeps which hat was put on last; only a default, every action still asks."""


def actor_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """`request.actor`: rights as they are at this very request, so that a transfer or an ended post counts at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _actor(request: HttpRequest) -> Actor:
    account = account_of(request)
    if account is None:
        return ANONYMOUS
    actor = build_actor(account, assurance=assurance_of(request), confirmed_at=confirmed_at(request))
    return wearing(actor, request.session.get(HAT, "")) if actor else ANONYMOUS
