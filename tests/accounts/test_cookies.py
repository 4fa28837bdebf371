"""What the browser keeps of a session: one key, for our server only, new at every step that proves more. # S-13, S-20"""

from datetime import timedelta

import pytest
from django.conf import settings as house
from django.test import Client

from taicho.accounts.actions.slips import issue_link, issue_slip
from tests.accounts.conftest import OFFICE, PASSWORD

OWN = {"password1": "hoa sen xanh lá chuối", "password2": "hoa sen xanh lá chuối"}


@pytest.fixture
def https(settings):
    """The cookies of an office that people reach by https, as config.settings makes them."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-taicho", "__Host-taicho-csrf"


def flags(cookie):
    return bool(cookie["httponly"]), cookie["samesite"], bool(cookie["secure"]), cookie["path"], cookie["domain"]


def test_the_session_is_kept_from_scripts_other_sites_plain_http_and_other_hosts(client, an, https):
    client.post("/dang-nhap", {"login": "an.nv", "password": PASSWORD}, secure=True)
    assert flags(client.cookies["__Host-taicho"]) == (True, "Lax", True, "/", "")


def test_the_token_against_forgery_is_for_our_host_only(client, db, https):
    client.get("/dang-nhap", secure=True)
    cookie = client.cookies["__Host-taicho-csrf"]
    assert (cookie["samesite"], bool(cookie["secure"]), cookie["path"], cookie["domain"]) == ("Lax", True, "/", "")


def test_the_cookie_lives_thirty_days_and_no_longer(client, an, sign_in):
    sign_in()
    assert int(client.cookies["taicho"]["max-age"]) == timedelta(days=30).total_seconds()


def test_reading_pages_of_the_door_begins_no_session(client, db):
    for address in ("/dang-nhap", "/phieu-vao", "/vao/khong-co", "/tro-giup"):
        client.get(address)
    assert "taicho" not in client.cookies


def test_a_slip_at_hand_is_forgotten_after_a_quarter_of_an_hour(client, make_account, clean_cache):
    client.post("/phieu-vao", {"code": issue_slip(make_account("binh.tt", password=None), by=OFFICE).code})
    assert int(client.cookies["taicho"]["max-age"]) == 900


def test_after_the_first_password_the_session_is_an_ordinary_one(client, make_account, clean_cache):
    client.post("/phieu-vao", {"code": issue_slip(make_account("binh.tt", password=None), by=OFFICE).code})
    client.post("/phieu-vao/mat-khau", OWN)
    assert int(client.cookies["taicho"]["max-age"]) == house.SESSION_COOKIE_AGE


STEPS = {
    "a printed slip": lambda client, account: client.post("/phieu-vao", {"code": issue_slip(account, by=OFFICE).code}),
    "a link": lambda client, account: client.post(f"/vao/{issue_link(account, by=OFFICE).code}"),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_planted_session_is_worthless_at_the_first_entry_too(client, make_account, clean_cache, step):
    session = client.session
    session["planted"] = "by a thief"
    session.save()
    planted = session.session_key
    step(client, make_account("binh.tt", password=None))
    at_hand = client.cookies["taicho"].value
    client.post("/phieu-vao/mat-khau", OWN)
    assert len({planted, at_hand, client.cookies["taicho"].value}) == 3, "a new key at each of the two steps"
    assert "planted" not in client.session
    thief = Client()
    thief.cookies["taicho"] = planted
    assert thief.get("/").status_code == 302


@pytest.mark.parametrize("made_up", ["x", "a" * 32, "0" * 5000, "'; --", "../../etc/passwd", "\u00e9"])
def test_a_made_up_key_is_nobodys_session(client, an, made_up):
    client.cookies["taicho"] = made_up
    answer = client.get("/")
    assert answer.status_code == 302
    assert "taicho" not in answer.cookies or answer.cookies["taicho"].value != made_up


def test_what_the_browser_keeps_names_nobody(client, an, sign_in):
    answer = sign_in()
    kept = str(answer.cookies)
    assert "an.nv" not in kept
    assert str(an.key) not in kept
    assert f"user={an.pk}" not in kept


def test_the_token_against_forgery_changes_at_signing_in(client, an, sign_in):
    client.get("/dang-nhap")
    before = client.cookies["taicho-csrf"].value
    sign_in()
    assert client.cookies["taicho-csrf"].value != before


def test_an_old_token_is_refused_with_a_sentence_and_nothing_happens(an, clean_cache):
    strict = Client(enforce_csrf_checks=True)
    strict.get("/dang-nhap")
    page = strict.post("/dang-nhap", {"login": "an.nv", "password": PASSWORD, "csrfmiddlewaretoken": "a" * 64})
    assert page.status_code == 403
    assert "Trang đã mở quá lâu" in page.content.decode()
    assert strict.get("/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/dang-xuat", "/tai-khoan/thiet-bi", "/tai-khoan/mat-khau", "/tai-khoan/ung-dung/go"]
)
def test_no_other_site_can_press_a_button_of_the_door(an, clean_cache, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(an)
    assert strict.post(address, headers={"Origin": "https://evil.example"}).status_code == 403
    assert strict.get("/").status_code == 200


def test_the_cookie_is_taken_back_at_signing_out(client, an, sign_in):
    sign_in()
    answer = client.post("/dang-xuat")
    assert answer.cookies["taicho"]["max-age"] == 0 or answer.cookies["taicho"].value == ""


def test_no_other_address_gets_what_stands_in_the_address_bar(client, an, sign_in):
    sign_in()
    for address in ("/", "/dang-nhap", "/tai-khoan"):
        assert client.get(address)["Referrer-Policy"] == "same-origin"
