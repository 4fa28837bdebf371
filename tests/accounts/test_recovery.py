"""Recovery: ten codes on paper, a lost phone, a forgotten password; each way used up, told and bounded. # L3, S-13, S-15"""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from taicho.accounts.actions.accounts import remove_second_factors
from taicho.accounts.actions.slips import issue_slip
from taicho.accounts.models import SecurityEvent
from taicho.accounts.queries import has_second_factor
from tests.accounts.conftest import OFFICE, PASSWORD
from tests.accounts.factors import add_app, allauth_commits

pytestmark = pytest.mark.usefixtures("an")
SECOND_STEP, CODES = "/dang-nhap/ma-xac-thuc", "/tai-khoan/ma-du-phong"
FRESH = {"password1": "hoa sen xanh lá chuối", "password2": "hoa sen xanh lá chuối"}


@pytest.fixture
def codes(client, sign_in):
    """The ten codes of An, as shown once; An stays signed in on `client`."""
    sign_in()
    add_app(client)
    return re.findall(r"<li>(\d{8})</li>", client.get(CODES).content.decode())


@pytest.fixture
def owing(codes, sign_in):
    """Browsers of An that owe the second step."""

    def go():
        browser = Client()
        sign_in(using=browser)
        return browser

    return go


def gets_in(browser, code):
    browser.post(SECOND_STEP, {"code": code})
    return browser.get("/").status_code == 200


def test_ten_codes_that_are_ten_and_all_different(codes):
    assert len(set(codes)) == 10


def test_each_of_the_ten_codes_opens_once(codes, owing):
    for code in (codes[0], codes[9]):
        assert [gets_in(owing(), code), gets_in(owing(), code)] == [True, False]


def test_the_page_counts_what_is_left_and_shows_none_again(client, codes, owing):
    gets_in(owing(), codes[3])
    page = client.get(CODES).content.decode()
    assert "Còn 9 mã chưa dùng" in page
    assert not any(code in page for code in codes)


def test_no_code_lies_in_the_database_in_clear(codes):
    with connection.cursor() as cursor:
        for table in ("mfa_authenticator", "accounts_factorsecret", "accounts_securityevent", "kernel_auditentry"):
            cursor.execute(f"select t::text from {table} t")
            rows = str(cursor.fetchall())
            assert not [code for code in codes if code in rows], table


def test_codes_of_a_colleague_open_nothing(codes, make_account, sign_in):
    make_account("binh.tt")
    binh = Client()
    sign_in("binh.tt", using=binh)
    add_app(binh)
    binh.post("/dang-xuat")
    sign_in("binh.tt", using=binh)
    assert not gets_in(binh, codes[0])


def test_a_code_confirms_it_is_you_and_is_used_up_by_it(codes, owing):
    browser = owing()
    assert gets_in(browser, codes[0])
    assert browser.post("/xac-nhan/ma-xac-thuc", {"code": codes[1]}).status_code == 302
    assert not gets_in(owing(), codes[1])


def test_codes_alone_are_no_second_factor(an):
    Authenticator.objects.create(user=an, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert not has_second_factor(an)


def test_codes_go_with_the_last_factor(client, codes, an):
    client.post("/tai-khoan/ung-dung/go")
    assert not Authenticator.objects.filter(user=an).exists()
    assert client.get(CODES).status_code in (302, 404)


def test_without_a_factor_no_codes_are_made(client, sign_in, an):
    sign_in()
    client.post(f"{CODES}/tao")
    assert not Authenticator.objects.filter(user=an).exists()


def test_making_new_codes_is_told_and_says_how_many_old_ones_go(client, codes, owing, an):
    gets_in(owing(), codes[0])
    assert "9 mã cũ chưa dùng sẽ hết hiệu lực ngay" in client.get(f"{CODES}/tao").content.decode()
    with allauth_commits():
        client.post(f"{CODES}/tao")
    assert SecurityEvent.objects.of(an)[0].kind == "codes_made"
    assert not gets_in(owing(), codes[1])


def test_reading_the_page_of_new_codes_makes_none(client, codes, owing):
    client.get(f"{CODES}/tao")
    assert gets_in(owing(), codes[0])


def test_who_lost_phone_codes_and_password_comes_back_with_a_slip(codes, an):
    remove_second_factors(an, by=OFFICE, reason="Mất điện thoại và mã dự phòng")
    browser = Client()
    browser.post("/phieu-vao", {"code": issue_slip(an, by=OFFICE).code})
    assert browser.post("/phieu-vao/mat-khau", FRESH)["Location"] == "/"
    assert browser.get("/").status_code == 200


def test_the_forgotten_password_is_gone_after_the_slip(client, an, sign_in, clean_cache):
    client.post("/phieu-vao", {"code": issue_slip(an, by=OFFICE).code})
    client.post("/phieu-vao/mat-khau", FRESH)
    assert sign_in(password=PASSWORD, using=Client()).status_code == 200
    assert sign_in(password=FRESH["password1"], using=Client()).status_code == 302


def test_a_slip_for_a_forgotten_password_ends_what_a_thief_had_open(client, an, sign_in):
    thief = Client()
    sign_in(using=thief)
    assert thief.get("/").status_code == 200
    client.post("/phieu-vao", {"code": issue_slip(an, by=OFFICE).code})
    client.post("/phieu-vao/mat-khau", FRESH)
    assert thief.get("/").status_code == 302


def test_taking_factors_away_is_told_with_the_reason(codes, an):
    remove_second_factors(an, by=OFFICE, reason="Mất điện thoại")
    told = SecurityEvent.objects.filter(account=an, kind="factor_removed", detail="Mất điện thoại")
    assert told.count() == 2


def test_taking_nothing_away_is_no_event(an, sign_in):
    before = SecurityEvent.objects.count()
    assert remove_second_factors(an, by=OFFICE, reason="Nhầm") == 0
    assert SecurityEvent.objects.count() == before
