"""A stand-in for organisation: every account is its own person."""

from django.utils.functional import SimpleLazyObject

from taicho.accounts.door import account_of, assurance_of, confirmed_at
from taicho.kernel.actor import ANONYMOUS, Actor


def stand_in(get_response):
    def middleware(request):
        request.actor = SimpleLazyObject(lambda: actor(request))
        return get_response(request)

    return middleware


def actor(request):
    account = account_of(request)
    if account is None:
        return ANONYMOUS
    return Actor(person=account.key, assurance=assurance_of(request), confirmed_at=confirmed_at(request))
