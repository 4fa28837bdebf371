"""Every way in which signing in fails: what is said, in both languages, and what is not. # L3, S-12, S-13"""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from taicho.accounts.actions.accounts import suspend_account
from taicho.accounts.actions.slips import issue_slip
from taicho.accounts.actions.tries import take_try
from taicho.accounts.models import SecurityEvent
from taicho.kernel import clock
from tests.accounts.conftest import OFFICE, PASSWORD
from tests.accounts.factors import add_app

WRONG = "sai mật khẩu rồi"
NOT_RIGHT = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra bộ gõ và phím Caps Lock rồi nhập lại."
EMPTY = {"login": "Nhập tên đăng nhập, ví dụ an.nv.", "password": "Nhập mật khẩu."}


def mistakes(page):
    """The sentences of the summary above the form."""
    summary = re.search(r'role="alert".*?</div>', page.content.decode(), re.DOTALL)
    return re.findall(r"<(?:p|a [^>]*)>([^<]+)</", summary[0]) if summary else []


def tried(times, name="an.nv"):
    """So many wrong passwords were typed for the name, from where these tests come."""
    for _ in range(times):
        assert take_try(name, "127.0.0.1", at=clock.real_now()) is None


@pytest.fixture
def people(an, make_account):
    """Somebody of every kind that cannot enter with the usual password."""
    make_account("moi.nv", password=None)
    make_account("van-phong", is_demo=True)
    suspend_account(make_account("cu.nv"), by=OFFICE, reason="Chuyển công tác")
    issue_slip(make_account("phieu.nv", password=None), by=OFFICE)


CASES = {
    "a wrong password": ("an.nv", WRONG),
    "a password without its accents": ("an.nv", "con trau di cay ruong"),
    "a password in capitals": ("an.nv", PASSWORD.upper()),
    "a password with a space before": ("an.nv", " " + PASSWORD),
    "the hash itself": ("an.nv", "argon2$argon2id$v=19$m=32768,t=2,p=1$"),
    "an unknown name": ("khong.ai", PASSWORD),
    "a newcomer without a password": ("moi.nv", ""),
    "a newcomer and any password": ("moi.nv", "!"),
    "somebody with a slip in hand": ("phieu.nv", PASSWORD),
    "a suspended person": ("cu.nv", PASSWORD),
    "a demo role outside a drill": ("van-phong", PASSWORD),
    "a full name": ("Nguyễn Văn An", PASSWORD),
}


@pytest.mark.parametrize(("name", "password"), CASES.values(), ids=CASES)
def test_one_sentence_for_every_reason(people, clean_cache, sign_in, client, name, password):
    page = sign_in(name, password)
    assert mistakes(page) == ([NOT_RIGHT] if password else [EMPTY["password"]])
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("name", ["an.nv", "khong.ai", "cu.nv"])
def test_in_english_it_is_one_sentence_too(people, clean_cache, sign_in, client, name):
    client.cookies["django_language"] = "en"
    (said,) = mistakes(sign_in(name, WRONG))
    assert said.startswith("The account name or the password is wrong. Check the input method")


@pytest.mark.parametrize("left_out", [["login"], ["password"], ["login", "password"]])
def test_what_is_missing_is_named_and_nothing_else(people, client, left_out):
    typed = {"login": "an.nv", "password": WRONG}
    page = client.post("/dang-nhap", {key: value for key, value in typed.items() if key not in left_out})
    assert mistakes(page) == [EMPTY[key] for key in left_out]
    assert not SecurityEvent.objects.filter(kind="sign_in_failed").exists(), "an empty form is no try"


def test_a_password_of_a_page_length_is_told_its_limit(people, clean_cache, sign_in):
    assert mistakes(sign_in(password="x" * 257)) == ["Tối đa 256 ký tự."]
    assert mistakes(sign_in(password="x" * 256)) == [NOT_RIGHT]


def test_the_page_of_a_failure_is_not_kept_and_shows_no_password(people, clean_cache, sign_in):
    page = sign_in(password=WRONG)
    assert "no-store" in page["Cache-Control"]
    assert WRONG not in page.content.decode()
    assert 'autocomplete="current-password"' in page.content.decode()


def test_known_and_unknown_wait_with_one_sentence(people, clean_cache, sign_in):
    said = []
    for name in ("an.nv", "khong.ai"):
        cache.clear()
        tried(10, name)
        said.append(re.sub(r"\d+h\d+", "", mistakes(sign_in(name, PASSWORD))[0]))
    assert said[0] == said[1]
    assert said[0].startswith("Nhập sai nhiều lần. Đồng chí có thể thử lại sau 1")


def test_a_try_while_waiting_is_no_further_failure_in_the_log(people, clean_cache, sign_in, an):
    tried(9)
    for _ in range(4):
        sign_in(password=WRONG)
    assert SecurityEvent.objects.filter(account=an, kind="sign_in_failed").count() == 1


@pytest.mark.parametrize("spelling", ["AN.NV", " an.nv", "Ân.nv", "an.NV "])
def test_another_spelling_of_the_name_gives_no_fresh_tries(people, clean_cache, sign_in, spelling):
    tried(10)
    assert mistakes(sign_in(spelling))[0].startswith("Nhập sai nhiều lần")


def test_failures_of_a_colleague_are_forgiven_to_the_colleague_only(people, make_account, clean_cache, sign_in):
    make_account("binh.tt")
    tried(9)
    sign_in("binh.tt", using=Client())
    sign_in(password=WRONG)
    assert mistakes(sign_in())[0].startswith("Nhập sai nhiều lần")


ELSEWHERE = [
    "https://evil.example", "http://evil.example/dang-nhap", "//evil.example", "///evil.example", "/\\evil.example",
    "\\\\evil.example", "https:evil.example", "https:/evil.example", "javascript:alert(1)", "data:text/html,x",
    "http://testserver@evil.example", "http://testserver.evil.example", "https://evil.example\\@testserver",
    "\x08https://evil.example", "ftp://testserver/", "//testserver:81/",
]  # fmt: skip


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_after_signing_in_nobody_is_led_out_of_the_house(an, clean_cache, client, elsewhere):
    sent = {"login": "an.nv", "password": PASSWORD, "next": elsewhere}
    assert client.post("/dang-nhap", sent)["Location"] == "/"
    assert client.get("/dang-nhap", {"next": elsewhere})["Location"] == "/", "somebody who is in already"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_after_a_confirmation_or_signing_out_neither(an, clean_cache, client, sign_in, elsewhere):
    sign_in()
    confirmed = client.post("/xac-nhan", {"password": PASSWORD, "next": elsewhere})
    assert confirmed["Location"].startswith("/")
    assert "evil" not in confirmed["Location"]
    assert client.post("/dang-xuat", {"next": elsewhere})["Location"] == "/dang-nhap"


@pytest.mark.parametrize("elsewhere", ELSEWHERE[:6])
def test_after_the_second_step_neither(an, clean_cache, client, sign_in, elsewhere):
    from tests.accounts.factors import app_code

    sign_in()
    secret = add_app(client)
    client.post("/dang-xuat")
    client.post("/dang-nhap", {"login": "an.nv", "password": PASSWORD, "next": elsewhere})
    assert client.post("/dang-nhap/ma-xac-thuc", {"code": app_code(secret), "next": elsewhere})["Location"] == "/"


def test_who_is_not_let_in_keeps_the_page_one_wanted(an, clean_cache, client):
    sent = {"login": "an.nv", "password": WRONG, "next": "/tai-khoan/thiet-bi"}
    assert 'value="/tai-khoan/thiet-bi"' in client.post("/dang-nhap", sent).content.decode()
    sent |= {"password": PASSWORD}
    assert client.post("/dang-nhap", sent)["Location"] == "/tai-khoan/thiet-bi"


def test_a_page_wanted_cannot_break_out_of_the_form(an, clean_cache, client):
    page = client.get("/dang-nhap", {"next": '/"><script>x</script>'}).content.decode()
    assert "<script>x" not in page
