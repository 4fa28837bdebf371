"""Tries are counted in one place for all processes, also when two people press at once. # L3, S-13"""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache, caches
from django.db import connections
from django.test import Client

from taicho.accounts.actions.accounts import open_account
from taicho.accounts.actions.tries import forget_tries, take_try
from taicho.accounts.models import SecurityEvent
from taicho.accounts.rules.waiting import FREE_TRIES, FREE_TRIES_ANYWHERE
from tests.accounts.conftest import OFFICE, PASSWORD

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
HOME = "203.0.113.7"


def at_once(number, work):
    """Run `work(n)` in so many threads that begin together, each with connections of its own."""
    outcomes, start = [None] * number, Barrier(number)

    def one(place):
        start.wait()
        try:
            outcomes[place] = work(place)
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=(place,)) for place in range(number)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return outcomes


@pytest.fixture
def committed(transactional_db):
    """The database with real commits, and no tries counted yet."""
    cache.clear()


def test_of_twelve_tries_at_once_ten_are_let_in(committed):
    outcomes = at_once(12, lambda _: take_try("an.nv", HOME, at=NOON))
    assert outcomes.count(None) == FREE_TRIES


def test_two_browsers_at_once_share_the_ten_tries(committed):
    account = open_account("an.nv", by=OFFICE)
    account.set_password(PASSWORD)
    account.save()
    wrong = {"login": "an.nv", "password": "sai mật khẩu rồi"}

    def knock(_):
        browser = Client()
        return [b"Nh\xe1\xba\xadp sai nhi\xe1\xbb\x81u" in browser.post("/dang-nhap", wrong).content for _ in range(6)]

    waits = [waited for browser in at_once(2, knock) for waited in browser]
    assert waits.count(False) == FREE_TRIES
    assert SecurityEvent.objects.filter(account=account, kind="sign_in_failed").count() == FREE_TRIES


def test_the_count_lies_in_no_process(committed):
    for _ in range(FREE_TRIES):
        take_try("an.nv", HOME, at=NOON)
    seen = at_once(1, lambda _: take_try("an.nv", HOME, at=NOON))
    assert seen == [NOON + timedelta(minutes=15)], "another thread, another connection, the same count"
    assert type(caches["default"]).__name__ == "DatabaseCache"


def test_a_try_refused_because_of_strangers_costs_the_person_none_of_the_own(an):
    for number in range(FREE_TRIES_ANYWHERE):
        assert take_try("an.nv", f"198.51.100.{number}", at=NOON) is None, number
    for _ in range(FREE_TRIES + 2):
        assert take_try("an.nv", HOME, at=NOON) == NOON + timedelta(minutes=15)
    UserSession.objects.create(user=an, ip=HOME, session_key="s", user_agent="", last_seen_at=NOON)
    assert [take_try("an.nv", HOME, at=NOON) for _ in range(FREE_TRIES)] == [None] * FREE_TRIES


def test_a_right_password_gives_back_the_try_of_the_address_too(clean_cache, monkeypatch):
    monkeypatch.setattr("taicho.accounts.actions.tries.FREE_TRIES_OF_ADDRESS", 20)
    for number in range(19):
        take_try(f"nv{number}", HOME, at=NOON)
    for _ in range(5):
        assert take_try("an.nv", HOME, at=NOON) is None
        forget_tries("an.nv", HOME, at=NOON)
    assert take_try("binh.tt", HOME, at=NOON) is None
    assert take_try("chi.lt", HOME, at=NOON) is not None


def test_a_day_later_everything_is_forgotten(clean_cache, time_machine):
    time_machine.move_to(NOON, tick=False)
    for _ in range(FREE_TRIES):
        take_try("an.nv", HOME, at=NOON)
    assert take_try("an.nv", HOME, at=NOON) is not None
    time_machine.move_to(NOON + timedelta(hours=24, seconds=1), tick=False)
    assert [take_try("an.nv", HOME, at=NOON + timedelta(days=1)) for _ in range(FREE_TRIES)] == [None] * FREE_TRIES


def test_without_an_address_tries_are_counted_all_the_same(clean_cache):
    outcomes = [take_try("an.nv", None, at=NOON) for _ in range(FREE_TRIES + 1)]
    assert outcomes == [None] * FREE_TRIES + [NOON + timedelta(minutes=15)]


def test_what_is_kept_of_a_try_names_nobody(clean_cache):
    from django.db import connection

    take_try("nguyen.van.an", HOME, at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("select cache_key, value from kernel_shared_cache")
        kept = str(cursor.fetchall())
    assert "nguyen" not in kept
    assert HOME not in kept
