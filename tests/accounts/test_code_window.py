"""Codes of the app: thirty seconds early or late, once each, on every page that asks for one. # L3, S-13 (TOTP replay)"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from taicho.accounts.models import SecurityEvent
from tests.accounts.factors import app_code

NOON = datetime(2026, 11, 23, 5, 0, 15, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECOND_STEP, CONFIRM = "/dang-nhap/ma-xac-thuc", "/xac-nhan/ma-xac-thuc"


@pytest.fixture(autouse=True)
def office_clock():
    """Fifteen seconds into a step of thirty."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def half_way(an, sign_in):
    """Browsers of An that have given the right password and owe a code."""
    TOTP.activate(an, SECRET)

    def go():
        browser = Client()
        assert sign_in(using=browser)["Location"] == SECOND_STEP
        return browser

    return go


def gets_in(browser, code):
    return browser.post(SECOND_STEP, {"code": code}).status_code == 302 and browser.get("/").status_code == 200


@pytest.mark.parametrize(("steps", "let_in"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_go_thirty_seconds_wrong_and_no_more(half_way, steps, let_in):
    assert gets_in(half_way(), app_code(SECRET, later=steps)) == let_in


def test_a_code_read_at_the_last_moment_still_counts_one_step_later(half_way, office_clock):
    code, browser = app_code(SECRET), half_way()
    office_clock.shift(timedelta(seconds=44))
    assert gets_in(browser, code)


def test_a_code_is_over_after_its_next_step(half_way, office_clock):
    code, browser = app_code(SECRET), half_way()
    office_clock.shift(timedelta(seconds=46))
    assert not gets_in(browser, code)


@pytest.mark.parametrize("wait", [0, 29, 31, 44])
def test_a_code_seen_over_the_shoulder_is_worth_nothing_as_long_as_it_would_count(half_way, office_clock, wait):
    code = app_code(SECRET, later=1)
    first, thief = half_way(), half_way()
    assert gets_in(first, code)
    office_clock.shift(timedelta(seconds=wait))
    assert not gets_in(thief, code)


def test_the_code_that_signed_in_confirms_nothing(half_way):
    browser, code = half_way(), app_code(SECRET)
    assert gets_in(browser, code)
    page = browser.post(CONFIRM, {"code": code})
    assert "Mã chưa đúng hoặc đã dùng" in page.content.decode()


def test_the_code_that_confirmed_does_not_sign_in(half_way):
    browser, thief = half_way(), half_way()
    assert gets_in(browser, app_code(SECRET))
    assert browser.post(CONFIRM, {"code": app_code(SECRET, later=1)}).status_code == 302
    assert not gets_in(thief, app_code(SECRET, later=1))


def test_a_used_code_is_used_for_one_person_only(half_way, make_account, sign_in):
    TOTP.activate(make_account("binh.tt"), SECRET)
    assert gets_in(half_way(), app_code(SECRET))
    binh = Client()
    sign_in("binh.tt", using=binh)
    assert gets_in(binh, app_code(SECRET)), "two apps may happen to show the same digits"


def test_what_was_used_is_kept_where_all_processes_see_it(half_way, an, settings):
    gets_in(half_way(), app_code(SECRET))
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert cache.get(f"accounts:used:{an.pk}:{app_code(SECRET)}")


@pytest.mark.parametrize("typed", ["{0}{1}{2} {3}{4}{5}", " {0}{1}{2}{3}{4}{5} ", "{0} {1} {2} {3} {4} {5}"])
def test_spaces_that_a_person_types_do_not_matter(half_way, typed):
    assert gets_in(half_way(), typed.format(*app_code(SECRET)))


@pytest.mark.parametrize(
    "typed",
    ["", "12345", "1234567", "abcdef", "'; --", "<script>", "0" * 10_000, "١٢٣٤٥٦", "-1", "1e5", "\u202e123456"],
)
def test_what_is_no_code_is_refused_with_a_sentence_and_opens_nothing(half_way, typed):
    browser = half_way()
    page = browser.post(SECOND_STEP, {"code": typed})
    assert page.status_code == 200
    assert "field-error" in page.content.decode()
    assert browser.get("/").status_code == 302


def test_a_wrong_code_is_told_to_the_person_with_address_and_device(half_way, an):
    browser = half_way()
    browser.post(SECOND_STEP, {"code": "000000"}, HTTP_USER_AGENT="Firefox/130 Linux", REMOTE_ADDR="203.0.113.9")
    event = SecurityEvent.objects.get(account=an, kind="second_factor_failed")
    assert (event.address, event.device) == ("203.0.113.9", "Firefox · Linux")


def test_wrong_codes_are_counted_for_the_person_and_not_for_the_browser(half_way):
    for browser in (half_way(), half_way()):
        for _ in range(5):
            browser.post(SECOND_STEP, {"code": "000000"})
    page = half_way().post(SECOND_STEP, {"code": app_code(SECRET)})
    assert "Chờ mười lăm phút" in page.content.decode()


def test_a_quarter_of_an_hour_later_one_may_try_again(half_way, office_clock):
    browser = half_way()
    for _ in range(11):
        browser.post(SECOND_STEP, {"code": "000000"})
    office_clock.shift(timedelta(minutes=15, seconds=1))
    assert gets_in(half_way(), app_code(SECRET))


def test_the_second_step_alone_is_no_way_in(client, half_way):
    assert client.get(SECOND_STEP)["Location"] == "/dang-nhap"
    assert client.post(SECOND_STEP, {"code": app_code(SECRET)})["Location"] == "/dang-nhap"
    assert client.get("/").status_code == 302


def test_the_key_of_the_session_changes_at_the_second_step_too(half_way):
    browser = half_way()
    before = browser.cookies["taicho"].value
    assert gets_in(browser, app_code(SECRET))
    assert browser.cookies["taicho"].value != before


def test_an_account_suspended_between_the_two_steps_stays_out(half_way, an):
    from taicho.accounts.actions.accounts import suspend_account
    from tests.accounts.conftest import OFFICE

    browser = half_way()
    suspend_account(an, by=OFFICE, reason="Thôi việc")
    browser.post(SECOND_STEP, {"code": app_code(SECRET)})
    assert browser.get("/").status_code == 302
