"""After ten wrong tries one waits, longer each time, never for ever; a restart forgives nothing. # L3, S-13"""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from taicho.accounts.actions.tries import forget_tries, take_try
from taicho.accounts.rules.waiting import FREE_TRIES, LONGEST_WAIT, may_try_at, wait_after

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOME, OTHER = "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (9, 0), (10, 15), (11, 30), (12, 60), (13, 60), (40, 60), (100_000, 60)]
)
def test_ten_tries_are_free_then_the_wait_grows_up_to_an_hour(failures, minutes):
    assert wait_after(failures) == minutes * MINUTE


@given(st.integers(min_value=0, max_value=10**9))
def test_no_lock_is_endless(failures):
    assert wait_after(failures) <= LONGEST_WAIT


def test_who_never_failed_may_try():
    assert may_try_at(0, None) is None
    assert may_try_at(FREE_TRIES, NOON) == NOON + 15 * MINUTE


def fail(times, name="an.nv", address=HOME, at=NOON):
    return [take_try(name, address, at=at) for _ in range(times)]


def test_at_most_ten_tries_are_let_in_within_fifteen_minutes(an):
    assert fail(10) == [None] * 10
    assert fail(5) == [NOON + 15 * MINUTE] * 5
    assert fail(1, at=NOON + 14 * MINUTE) == [NOON + 15 * MINUTE]
    assert fail(1, at=NOON + 15 * MINUTE) == [None]
    later = NOON + 15 * MINUTE
    assert fail(1, at=later + 29 * MINUTE) == [later + 30 * MINUTE], "asking while waiting does not lengthen the wait"


def test_a_right_password_forgives_what_came_before(an):
    fail(9)
    forget_tries("an.nv", HOME, at=NOON)
    assert fail(10) == [None] * 10


def test_names_that_do_not_exist_wait_as_long(clean_cache):
    assert fail(11, name="khong.ai") == [None] * 10 + [NOON + 15 * MINUTE]


def test_colleagues_behind_one_address_do_not_lock_each_other_out(an):
    fail(11)
    assert fail(1, name="binh.tt") == [None]


def test_a_stranger_elsewhere_does_not_lock_a_person_out_of_the_usual_office(an):
    UserSession.objects.create(user=an, ip=HOME, session_key="s", user_agent="", last_seen_at=NOON - timedelta(days=3))
    for number in range(60):
        take_try("an.nv", f"198.51.100.{number}", at=NOON)
    assert fail(1, address="198.51.100.250") != [None], "many strange addresses together have fifty tries"
    assert fail(1, address=HOME) == [None]


def test_one_address_may_not_try_all_names(clean_cache):
    answers = [take_try(f"nv{number}", HOME, at=NOON) for number in range(301)]
    assert answers[:300] == [None] * 300
    assert answers[300] == NOON + 15 * MINUTE


def test_neighbours_of_one_ipv6_network_count_as_one(an):
    tries = [take_try("an.nv", f"2001:db8::{number:x}", at=NOON) for number in range(11)]
    assert tries[10] == NOON + 15 * MINUTE


def test_the_count_lies_in_the_database_so_a_restart_forgives_nothing(an):
    fail(10)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from kernel_shared_cache")
        assert cursor.fetchone()[0] >= 3
    cache.close()
    assert fail(1) == [NOON + 15 * MINUTE]


def test_a_flood_of_other_names_does_not_wash_the_count_away(an, settings):
    fail(10)
    for number in range(350):
        cache.set(f"flood:{number}", number, 900)
    assert fail(1) == [NOON + 15 * MINUTE]
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


def test_a_forged_forwarding_header_does_not_give_fresh_tries(client, an, sign_in):
    for number in range(11):
        page = sign_in(password="sai mật khẩu rồi", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert "Nhập sai nhiều lần" in page.content.decode()


def test_the_page_says_until_when_one_waits_and_lets_even_the_right_password_wait(client, an, sign_in):
    for _ in range(10):
        sign_in(password="sai mật khẩu rồi")
    text = sign_in().content.decode()
    assert "Nhập sai nhiều lần. Đồng chí có thể thử lại sau 1" in text
    assert client.get("/").status_code == 302


def test_confirming_it_is_you_takes_from_the_same_tries(client, an, sign_in):
    sign_in()
    for _ in range(10):
        client.post("/xac-nhan", {"password": "sai"})
    assert take_try("an.nv", "127.0.0.1", at=datetime.now(UTC)) is not None
