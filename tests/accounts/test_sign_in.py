"""Signing in by account name and password: who gets in, who does not, and what a stranger learns. # L3, S-12, S-13"""

import re
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse

from taicho.accounts.actions.accounts import resume_account, suspend_account
from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.hashers import TunedArgon2Hasher
from taicho.accounts.models import SecurityEvent
from taicho.kernel.actor import system
from taicho.kernel.models import AuditEntry
from tests.accounts.conftest import PASSWORD

OFFICE = system("test")


def words(page):
    """What a person reads, without what differs from page to page anyhow."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
    return re.sub(r' ?value="[a-z.-]+"', "", text)


def test_name_and_password_open_the_door(client, an, sign_in):
    answer = sign_in()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Trang của tôi: an.nv" in client.get("/").content.decode()


@pytest.mark.parametrize("typed", ["AN.NV", " an.nv ", "Ấn.nv"])
def test_capitals_spaces_and_accents_in_the_name_do_not_matter(client, an, sign_in, typed):
    assert sign_in(typed).status_code == 302


def test_one_comes_back_to_the_page_one_wanted(client, an):
    asked = client.get("/tai-khoan")
    assert asked["Location"] == "/dang-nhap?next=%2Ftai-khoan"
    answer = client.post("/dang-nhap", {"login": "an.nv", "password": PASSWORD, "next": "/tai-khoan"})
    assert answer["Location"] == "/tai-khoan"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_house(client, an, elsewhere):
    answer = client.post("/dang-nhap", {"login": "an.nv", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_wrong_password_is_refused_with_a_sentence_and_the_name_stays(client, an, sign_in):
    page = sign_in(password="sai mật khẩu rồi")
    text = page.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in text
    assert 'value="an.nv"' in text
    assert "sai mật khẩu rồi" not in text
    assert client.get("/").status_code == 302


def test_known_unknown_suspended_and_demo_names_get_one_answer(client, an, make_account, sign_in):
    suspend_account(make_account("cu.nv"), by=OFFICE, reason="Chuyển công tác")
    make_account("van-phong", is_demo=True)
    known = sign_in(password="sai mật khẩu rồi")
    for name, password in [("khong.ai", PASSWORD), ("cu.nv", PASSWORD), ("van-phong", PASSWORD), ("cu.nv", "sai")]:
        stranger = sign_in(name, password, using=Client())
        assert stranger.status_code == known.status_code
        assert words(stranger) == words(known)


@pytest.mark.parametrize("name", ["an.nv", "khong.ai", "moi.nv", "cu.nv"])
def test_the_password_is_hashed_once_for_every_name(an, make_account, sign_in, name):
    make_account("moi.nv", password=None)
    suspend_account(make_account("cu.nv"), by=OFFICE, reason="Chuyển công tác")
    with patch.object(TunedArgon2Hasher, "encode", autospec=True, side_effect=TunedArgon2Hasher.encode) as encode, \
         patch.object(TunedArgon2Hasher, "verify", autospec=True, side_effect=TunedArgon2Hasher.verify) as verify:  # fmt: skip
        sign_in(name, "sai mật khẩu rồi")
    assert encode.call_count + verify.call_count == 1


def test_a_failure_is_written_down_with_equal_work_for_every_name(an, sign_in):
    sign_in(password="sai mật khẩu rồi")
    sign_in("khong.ai")
    events = SecurityEvent.objects.filter(kind=SecurityEventKind.SIGN_IN_FAILED).order_by("pk")
    assert [event.account for event in events] == [an, None]
    assert AuditEntry.objects.filter(verb="accounts.sign_in_failed").count() == 2
    assert not SecurityEvent.objects.filter(detail__contains="khong").exists()


def test_empty_fields_are_named_each(client, db):
    text = client.post("/dang-nhap", {"login": "", "password": ""}).content.decode()
    assert "Nhập tên đăng nhập, ví dụ an.nv." in text
    assert "Nhập mật khẩu." in text


@pytest.mark.parametrize(
    "name", ["'; drop table accounts_account; --", "<script>x</script>", "a\0b", "a" * 5000, "\ud800"]
)
def test_hostile_names_are_refused_like_wrong_ones(client, an, sign_in, name):
    page = client.post("/dang-nhap", {"login": name.encode("utf-8", "replace").decode(), "password": "x"})
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()


def test_a_book_is_not_hashed(client, an, sign_in):
    with patch.object(TunedArgon2Hasher, "verify") as verify:
        assert sign_in(password="x" * 10_000).status_code == 200
    verify.assert_not_called()


def test_the_session_gets_a_new_key_so_a_planted_one_is_worthless(client, an, sign_in):
    client.get("/phieu-vao")
    client.session["planted"] = True
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["taicho"] = planted = session.session_key
    sign_in()
    assert client.cookies["taicho"].value != planted
    thief = Client()
    thief.cookies["taicho"] = planted
    assert thief.get("/").status_code == 302


def test_signing_out_really_ends_the_session(client, an, sign_in):
    sign_in()
    stolen = client.cookies["taicho"].value
    assert client.get("/dang-xuat").status_code == 200
    assert client.get("/").status_code == 200, "reading the page of signing out does nothing yet"
    assert client.post("/dang-xuat")["Location"] == "/dang-nhap"
    thief = Client()
    thief.cookies["taicho"] = stolen
    assert thief.get("/").status_code == 302
    assert not Session.objects.filter(session_key=stolen).exists()


def test_a_suspended_account_is_out_at_its_next_request(client, an, sign_in):
    sign_in()
    suspend_account(an, by=OFFICE, reason="Chuyển công tác")
    assert client.get("/").status_code == 302
    resume_account(an, by=OFFICE, reason="Về lại cơ quan")
    assert sign_in().status_code == 302


def test_a_demo_role_enters_in_a_drill_only(client, make_account, sign_in, settings):
    make_account("van-phong", is_demo=True)
    settings.TAICHO_DRILL = True
    assert sign_in("van-phong").status_code == 302
    assert client.get("/").status_code == 200
    settings.TAICHO_DRILL = False
    assert client.get("/").status_code == 302, "outside a drill the session of a demo role is worth nothing"
    assert sign_in("van-phong", using=Client()).status_code == 200


@pytest.mark.parametrize(
    "address", ["/signup", "/signup/", "/dang-ky", "/accounts/signup/", "/password/reset/", "/email/", "/login/code/"]
)
def test_nobody_signs_up_and_no_mail_page_exists(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_inactive"])
def test_allauth_pages_that_are_not_ours_are_not_routed(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_in_needs_a_token_against_forgery(an, clean_cache):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/dang-nhap", {"login": "an.nv", "password": PASSWORD}).status_code == 403


def test_reading_the_pages_of_the_door_writes_no_event(client, db):
    for address in ("/dang-nhap", "/phieu-vao", "/dang-xuat", "/vao/khong-co-ma-nay"):
        client.get(address)
    assert not SecurityEvent.objects.exists()


def test_the_page_of_signing_in_is_not_kept_by_the_browser(client, db):
    assert "no-store" in client.get("/dang-nhap")["Cache-Control"]


def test_signing_in_and_out_is_told_to_the_person_and_to_the_trail(client, an, sign_in):
    sign_in(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile")
    client.post("/dang-xuat")
    told = list(SecurityEvent.objects.of(an).values_list("kind", "device", "address"))
    assert [kind for kind, _, _ in told] == ["signed_out", "signed_in"]
    assert told[1][1:] == ("Chrome · Android", "127.0.0.1")
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"accounts.signed_in", "accounts.signed_out"}
