"""A stand-in for organisation: every account is its own person."""

from django.utils.functional import SimpleLazyObject

from taicho.accounts.door import account_of, assurance_of, confirmed_at
from taicho.kernel.actor import ANONYMOUS, Actor

NOBODYS = {"quan-tri"}
"""Accounts that belong to nobody in the staff list, as the first administrator's does at first."""


def stand_in(get_response):
    def middleware(request):
        request.actor = SimpleLazyObject(lambda: actor(request))
        return get_response(request)

    return middleware


def actor(request):
    account = account_of(request)
    if account is None or account.name in NOBODYS:
        return ANONYMOUS
    return Actor(person=account.key, assurance=assurance_of(request), confirmed_at=confirmed_at(request))
