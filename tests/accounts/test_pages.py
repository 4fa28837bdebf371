"""Every page of the door: reached by whom it is meant for, in Vietnamese, strict, and without a fault for a reader. # L3"""

import os
import re

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django.live_server_helper import LiveServer

from taicho.accounts.actions.slips import issue_link, issue_slip
from taicho.accounts.middleware import ALWAYS_OPEN, ENROLMENT
from taicho.accounts.web.urls import urlpatterns
from tests.accounts.conftest import OFFICE, PASSWORD
from tests.accounts.factors import add_app

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
"""Playwright runs an event loop in this thread; a test may still ask the database."""

OPEN = ["/dang-nhap", "/phieu-vao"]
OWN = [
    "/tai-khoan", "/tai-khoan/lop-xac-thuc", "/tai-khoan/thiet-bi", "/tai-khoan/hoat-dong", "/tai-khoan/mat-khau",
    "/tai-khoan/ung-dung", "/tai-khoan/khoa", "/tai-khoan/khoa/them", "/xac-nhan", "/dang-xuat",
]  # fmt: skip
WITH_APP = ["/tai-khoan/ung-dung/go", "/tai-khoan/ma-du-phong", "/tai-khoan/ma-du-phong/tao", "/xac-nhan/ma-xac-thuc"]
ENGLISH = re.compile(
    r"\b(password|username|sign in|sign out|log ?in|log ?out|authenticat\w+|security key|recovery|session|code|email)\b",
    re.IGNORECASE,
)


def read(page):
    """What a person reads of a page, the names of foreign apps and the language switch apart."""
    body = page.content.decode().split('<main class="', 1)[1].split("</main>")[0]
    text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", body, flags=re.DOTALL)
    return re.sub(r"(Google|Microsoft) Authenticator", "", text)


@pytest.mark.parametrize("address", OPEN)
def test_the_pages_of_the_way_in_are_open_and_in_vietnamese(client, db, address):
    page = client.get(address)
    assert page.status_code == 200
    assert not ENGLISH.search(read(page))


@pytest.mark.parametrize("address", [a for a in OWN + WITH_APP if a != "/dang-xuat"])
def test_the_own_pages_ask_a_stranger_to_sign_in_first(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap?next=")


@pytest.mark.parametrize("address", OWN)
def test_the_own_pages_open_and_speak_vietnamese(client, an, sign_in, address):
    sign_in()
    page = client.get(address)
    assert page.status_code == 200
    assert not ENGLISH.search(read(page)), ENGLISH.search(read(page))


@pytest.mark.parametrize("address", WITH_APP)
def test_the_pages_of_the_app_open_and_speak_vietnamese(client, an, sign_in, address):
    sign_in()
    add_app(client)
    page = client.get(address)
    assert page.status_code == 200
    assert not ENGLISH.search(read(page)), ENGLISH.search(read(page))


def test_the_second_step_speaks_vietnamese_and_offers_the_way_back(client, an, sign_in):
    sign_in()
    add_app(client)
    client.post("/dang-xuat")
    sign_in()
    page = client.get("/dang-nhap/ma-xac-thuc")
    assert not ENGLISH.search(read(page)), ENGLISH.search(read(page))
    assert client.post("/dang-xuat", {"next": "/dang-nhap"})["Location"] == "/dang-nhap"
    assert client.get("/dang-nhap/ma-xac-thuc")["Location"] == "/dang-nhap"


@pytest.mark.parametrize("address", [*OPEN, *OWN])
def test_every_page_is_under_the_strict_content_policy(client, an, sign_in, address):
    if address not in OPEN:
        sign_in()
    page = client.get(address)
    policy = page["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:", page.content.decode())


def test_the_pages_to_add_a_factor_are_not_found_by_a_stranger_in_the_middle_of_signing_in(client, an, sign_in):
    sign_in()
    add_app(client)
    half = Client()
    sign_in(using=half)
    for address in OWN[:-1]:
        assert half.get(address).status_code == 302, address
    assert Authenticator.objects.filter(user=an, type="totp").count() == 1


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/tai-khoan", "/tai-khoan/thiet-bi", "/tai-khoan/hoat-dong", "/phieu-vao"])
def test_other_methods_are_not_taken(client, an, sign_in, address, method):
    sign_in()
    assert getattr(client, method)(address).status_code == 405


def test_the_overview_and_the_events_only_read(client, an, sign_in):
    sign_in()
    assert client.post("/tai-khoan").status_code == 405
    assert client.post("/tai-khoan/hoat-dong").status_code == 405


def test_every_route_of_the_door_has_a_name_and_an_unaccented_address():
    for route in urlpatterns:
        assert route.name
        assert re.fullmatch(r"[a-z/<>:-]+", str(route.pattern)), route.pattern


def test_the_lists_of_open_pages_name_pages_that_exist():
    names = set(get_resolver("tests.accounts.urls").reverse_dict)
    for name in (ALWAYS_OPEN | ENROLMENT) - {"healthz", "readyz"}:
        assert name in names or reverse(name), name


@pytest.mark.parametrize("pk", [0, 1, 10**12])
def test_another_persons_or_no_ones_passkey_is_not_found(client, an, make_account, sign_in, pk):
    other = make_account("binh.tt")
    theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Khóa của Bình", "credential": {}})
    sign_in()
    for step in ("sua", "go"):
        for number in (pk, theirs.pk):
            assert client.get(f"/tai-khoan/khoa/{number}/{step}").status_code == 404
            assert client.post(f"/tai-khoan/khoa/{number}/{step}", {"name": "x"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Khóa của Bình"


@pytest.fixture
def browser_context_args():
    """A browser of somebody in Việt Nam."""
    return {"locale": "vi-VN"}


@pytest.fixture
def house(door, transactional_db, context):
    """The address of the running house, with the routes of these tests."""
    server = LiveServer("localhost")
    yield server.url
    context.close()
    server.stop()


def faults(page, house, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(house + address)
    sideways = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = Axe().run(page, context="main").response["violations"]
    return [fault["id"] for fault in found] + (["sideways"] if sideways > 0 else [])


@pytest.mark.browser
@pytest.mark.trial
@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")
@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, house, an, make_account, width):
    newcomer = make_account("binh.tt", password=None)
    link = f"/vao/{issue_link(make_account('chi.lt', password=None), by=OFFICE).code}"
    found = {address: faults(page, house, address, width) for address in [*OPEN, link, "/vao/khong-co"]}
    page.goto(f"{house}/phieu-vao")
    page.get_by_label("Mã trên phiếu").fill(issue_slip(newcomer, by=OFFICE).code)
    page.get_by_role("button", name="Tiếp tục").click()
    found |= {"/phieu-vao/mat-khau": faults(page, house, "/phieu-vao/mat-khau", width)}
    page.goto(f"{house}/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("an.nv")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    found |= {address: faults(page, house, address, width) for address in OWN}
    assert {address: faulty for address, faulty in found.items() if faulty} == {}
