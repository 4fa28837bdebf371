"""Count wrong passwords in the cache all processes share, so that the limits survive a restart (S-13)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from allauth.core.internal.ratelimit import cache_lock, truncate_ip
from allauth.usersessions.models import UserSession
from django.core.cache import cache

from taicho.accounts.models import Account
from taicho.accounts.rules.waiting import (
    FORGOTTEN_AFTER,
    FREE_TRIES,
    FREE_TRIES_ANYWHERE,
    FREE_TRIES_OF_ADDRESS,
    LONGEST_WAIT,
    may_try_at,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted together, and how many tries are free."""

    key: str
    free: int


def take_try(name: str, address: str | None, *, at: datetime) -> datetime | None:
    """Take one try for the account name from the address before the password is looked at.

    Returns None when the try is let in; else the instant from which one may try again, and nothing is counted. The
    same is counted and answered for names that do not exist (S-12). Tries at once wait for each other.
    """
    tallies = _tallies(name, address, at)
    for number, tally in enumerate(tallies):
        if (until := _take(tally, at)) is not None:
            _give_back(tallies[:number])
            return until
    return None


def forget_tries(name: str, address: str | None, *, at: datetime) -> None:
    """The password was right: forget the failures of this account from this address; give back what else was taken."""
    own, *others = _tallies(name, address, at)
    cache.delete(own.key)
    _give_back(others)


def _tallies(name: str, address: str | None, at: datetime) -> list[Tally]:
    """Account and address together; the address; and the account from anywhere, unless the address is known to it.

    A stranger can so never keep people out of the office they always come from.
    """
    place = truncate_ip(address) if address else "-"
    tallies = [
        Tally(_key("both", name, place), FREE_TRIES),
        Tally(_key("address", place), FREE_TRIES_OF_ADDRESS),
    ]
    if not _is_known_place(name, address, at):
        tallies.append(Tally(_key("account", name), FREE_TRIES_ANYWHERE))
    return tallies


def _is_known_place(name: str, address: str | None, at: datetime) -> bool:
    accounts = Account.objects.filter(name=name)
    seen = UserSession.objects.filter(user__in=accounts, ip=address, last_seen_at__gt=at - 30 * FORGOTTEN_AFTER)
    return address is not None and seen.exists()


def _take(tally: Tally, at: datetime) -> datetime | None:
    with cache_lock(tally.key) as locked:
        if not locked:
            return at + LONGEST_WAIT / 60
        failures, last = cache.get(tally.key, (0, None))
        until = may_try_at(failures, last, tally.free)
        if until is not None and at < until:
            return until
        cache.set(tally.key, (failures + 1, at), FORGOTTEN_AFTER.total_seconds())
        return None


def _give_back(tallies: list[Tally]) -> None:
    for tally in tallies:
        with cache_lock(tally.key) as locked:
            failures, last = cache.get(tally.key, (0, None))
            if locked and failures:
                cache.set(tally.key, (failures - 1, last), FORGOTTEN_AFTER.total_seconds())


def _key(*parts: str) -> str:
    return "accounts:tries:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()
