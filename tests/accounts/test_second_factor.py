"""The second factor: who must have one has it before anything else; a code counts once; the secret is sealed. # L3, S-13"""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from taicho.accounts import requirements
from taicho.accounts.actions.accounts import remove_second_factors
from taicho.accounts.models import Account, FactorSecret, SecurityEvent
from taicho.kernel.actor import system
from taicho.kernel.models import AuditEntry
from tests.accounts.conftest import PASSWORD
from tests.accounts.factors import add_app, app_code

OFFICE = system("test")
pytestmark = pytest.mark.usefixtures("an")


@pytest.fixture
def app(client, sign_in):
    """The secret of An's app, added by An; then An signs out."""
    sign_in()
    secret = add_app(client)
    client.post("/dang-xuat")
    return secret


def test_who_needs_none_goes_straight_in(client, sign_in):
    sign_in()
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("everyone_needs_a_second_factor")
def test_who_needs_one_reaches_only_the_pages_to_add_it(client, sign_in):
    sign_in()
    for address in ("/", "/tai-khoan", "/tai-khoan/thiet-bi", "/viec-quan-trong", "/tim"):
        assert client.get(address)["Location"] == "/tai-khoan/lop-xac-thuc", address
    assert client.get("/tro-giup").status_code == 200
    assert client.post("/ngon-ngu", {"language": "en", "next": "/"})["Location"] == "/"
    client.post("/ngon-ngu", {"language": "vi"})
    page = client.get("/tai-khoan/lop-xac-thuc").content.decode()
    assert "Văn phòng xem dữ liệu của cả cơ quan." in page
    add_app(client)
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("everyone_needs_a_second_factor")
def test_a_fragment_leads_the_whole_page_to_the_second_factor(client, sign_in):
    sign_in()
    answer = client.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/tai-khoan/lop-xac-thuc")


@pytest.mark.usefixtures("everyone_needs_a_second_factor")
def test_the_need_counts_at_the_next_request_and_ends_with_the_post(client, sign_in):
    sign_in()
    assert client.get("/").status_code == 302
    requirements.clear()
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("everyone_needs_a_second_factor")
def test_a_stolen_password_is_not_enough_to_add_another_app(client, sign_in):
    sign_in()
    thief = Client()
    sign_in(using=thief)
    add_app(client)
    assert thief.get("/tai-khoan/ung-dung")["Location"].startswith("/xac-nhan/ma-xac-thuc")
    assert thief.get("/")["Location"].startswith("/xac-nhan/ma-xac-thuc")
    assert thief.get("/tai-khoan/khoa/them")["Location"].startswith("/xac-nhan/ma-xac-thuc")


@pytest.mark.usefixtures("everyone_needs_a_second_factor")
def test_an_older_session_shows_the_code_and_goes_on_where_it_was(client, sign_in):
    older = Client()
    sign_in(using=older)
    sign_in()
    secret = add_app(client)
    asked = older.get("/hai-lop")
    assert asked["Location"] == "/xac-nhan/ma-xac-thuc?next=%2Fhai-lop"
    answer = older.post(asked["Location"], {"code": app_code(secret)})
    assert answer["Location"] == "/hai-lop"
    assert older.get("/hai-lop").status_code == 200


def test_with_an_app_the_password_is_half_the_way(client, app, sign_in):
    assert sign_in()["Location"] == "/dang-nhap/ma-xac-thuc"
    assert client.get("/").status_code == 302
    assert client.post("/dang-nhap/ma-xac-thuc", {"code": app_code(app)})["Location"] == "/"
    assert client.get("/hai-lop").status_code == 200


def test_a_code_counts_once_also_within_the_seconds_of_tolerance(app, sign_in):
    code = app_code(app, later=1)
    first, second = Client(), Client()
    sign_in(using=first)
    sign_in(using=second)
    assert first.post("/dang-nhap/ma-xac-thuc", {"code": code}).status_code == 302
    page = second.post("/dang-nhap/ma-xac-thuc", {"code": f"{code[:3]} {code[3:]}"})
    assert "Mã chưa đúng hoặc đã dùng" in page.content.decode()
    assert second.get("/").status_code == 302


def test_the_code_that_added_the_app_does_not_sign_in(client, sign_in):
    sign_in()
    secret = add_app(client)
    code = app_code(secret, later=-1)
    other = Client()
    sign_in(using=other)
    assert other.post("/dang-nhap/ma-xac-thuc", {"code": code}).status_code == 200


def test_a_wrong_code_is_refused_written_down_and_bounded(an, app, sign_in, client):
    sign_in()
    for _ in range(10):
        page = client.post("/dang-nhap/ma-xac-thuc", {"code": "000000"})
    assert "Mã chưa đúng" in page.content.decode()
    page = client.post("/dang-nhap/ma-xac-thuc", {"code": app_code(app)})
    assert "Chờ mười lăm phút" in page.content.decode()
    assert SecurityEvent.objects.filter(account=an, kind="second_factor_failed").count() == 10


def test_the_secret_is_sealed_outside_allauth(an, app):
    factor = Authenticator.objects.get(user=an, type="totp")
    assert app not in str(factor.data)
    kept = FactorSecret.objects.get(key=factor.data["secret"])
    assert kept.secret == app
    assert bytes(FactorSecret.objects.values_list("secret", flat=True)[0].stored).find(app.encode()) == -1


def codes_shown(page):
    return re.findall(r"<li>(\d{8})</li>", page.content.decode())


def test_recovery_codes_are_shown_once_and_replace_the_phone_once_each(client, sign_in):
    sign_in()
    add_app(client)
    codes = codes_shown(client.get("/tai-khoan/ma-du-phong"))
    assert len(codes) == 10
    again = client.get("/tai-khoan/ma-du-phong")
    assert codes_shown(again) == []
    assert "Còn 10 mã chưa dùng" in again.content.decode()
    for expected in (302, 200):
        phone_lost = Client()
        sign_in(using=phone_lost)
        assert phone_lost.post("/dang-nhap/ma-xac-thuc", {"code": codes[0]}).status_code == expected


def test_new_recovery_codes_void_the_old_ones(client, sign_in):
    sign_in()
    add_app(client)
    old = codes_shown(client.get("/tai-khoan/ma-du-phong"))
    assert client.post("/tai-khoan/ma-du-phong/tao")["Location"] == "/tai-khoan/ma-du-phong"
    assert set(codes_shown(client.get("/tai-khoan/ma-du-phong"))).isdisjoint(old)
    assert FactorSecret.objects.count() == 2, "one of the app, one of the codes; the old codes' secret is gone"


def test_an_app_can_be_removed_when_the_post_needs_none(client, an, sign_in):
    sign_in()
    add_app(client)
    assert client.post("/tai-khoan/ung-dung/go")["Location"] == "/tai-khoan"
    assert not Authenticator.objects.filter(user=an).exists()
    assert not FactorSecret.objects.exists()
    kinds = set(SecurityEvent.objects.of(an).values_list("kind", flat=True))
    assert kinds >= {"factor_added", "factor_removed"}


@pytest.mark.usefixtures("everyone_needs_a_second_factor")
def test_the_last_factor_stays_while_the_post_needs_one(client, an, sign_in):
    sign_in()
    add_app(client)
    page = client.post("/tai-khoan/ung-dung/go")
    assert "Thêm cách xác thực khác trước khi gỡ" in page.content.decode()
    assert Authenticator.objects.filter(user=an, type="totp").exists()


def test_the_last_factor_stays_beside_a_short_password(client, an, sign_in):
    sign_in()
    add_app(client)
    changed = {"oldpassword": PASSWORD, "password1": "vịt bơi ao", "password2": "vịt bơi ao"}
    assert client.post("/tai-khoan/mat-khau", changed).status_code == 302
    assert "ngắn hơn 15 ký tự" in client.post("/tai-khoan/ung-dung/go").content.decode()
    assert Authenticator.objects.filter(user=an, type="totp").exists()


def test_without_a_factor_a_short_password_is_refused(client, sign_in):
    sign_in()
    changed = {"oldpassword": PASSWORD, "password1": "vịt bơi ao", "password2": "vịt bơi ao"}
    page = client.post("/tai-khoan/mat-khau", changed)
    assert "ít nhất 15 ký tự" in page.content.decode()


def test_who_lost_the_phone_gets_the_factors_removed_and_every_session_ended(client, an, app, sign_in):
    sign_in()
    client.post("/dang-nhap/ma-xac-thuc", {"code": app_code(app)})
    assert remove_second_factors(an, by=OFFICE, reason="Mất điện thoại") == 2
    assert client.get("/").status_code == 302
    assert sign_in(using=Client())["Location"] == "/"
    assert AuditEntry.objects.filter(verb="accounts.factor_removed", object_key=an.key).count() == 2
    assert not FactorSecret.objects.exists()


def test_a_demo_role_in_a_drill_needs_no_second_factor(client, settings, make_account, everyone_needs_a_second_factor):
    settings.TAICHO_DRILL = True
    role = make_account("van-phong", is_demo=True, password=None)
    client.force_login(role)
    assert client.get("/").status_code == 200
    assert client.get("/hai-lop").status_code == 200, "the role plays a person with both factors"


def test_one_factor_is_not_enough_for_a_page_that_asks_for_two(client, sign_in):
    sign_in()
    page = client.get("/hai-lop")
    assert page.status_code == 403
    assert "lớp xác thực thứ hai" in page.content.decode()


def test_accounts_with_a_second_factor_can_be_listed(an, app, make_account):
    make_account("binh.tt")
    assert list(Account.objects.all().with_second_factor()) == [an]
