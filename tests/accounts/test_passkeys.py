"""Passkeys in a real browser with a virtual authenticator: added, used to enter, to confirm, and removed. # L3, S-13"""

import os

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from taicho.accounts.actions.accounts import suspend_account
from taicho.accounts.models import SecurityEvent
from tests.accounts.conftest import OFFICE, PASSWORD

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
"""Playwright runs an event loop in this thread; a test may still ask the database."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]


@pytest.fixture
def browser_context_args():
    """A browser of somebody in Việt Nam."""
    return {"locale": "vi-VN"}


@pytest.fixture
def house(door, transactional_db, context):
    """The address of the running house, with the routes of these tests; passkeys need a name, not an IP address."""
    server = LiveServer("localhost")
    yield server.url
    context.close()
    server.stop()


@pytest.fixture
def browser_errors(page):
    """What the browser complained about."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture
def authenticator(page):
    """A virtual device with a finger that is always right."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    cdp.device = made["authenticatorId"]
    return cdp


def sign_in(page, house, password=PASSWORD):
    page.goto(f"{house}/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("an.nv")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def add_passkey(page, house):
    page.goto(f"{house}/tai-khoan/khoa/them")
    page.get_by_label("Tên khóa").fill("Máy ở phòng")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()


def test_a_passkey_is_added_enters_without_a_name_and_counts_as_two_factors(
    page, house, an, authenticator, browser_errors
):
    sign_in(page, house)
    add_passkey(page, house)
    page.goto(f"{house}/dang-xuat")
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(f"{house}/dang-nhap?next=/hai-lop")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.get_by_text("Hai lớp xác thực")).to_be_visible()
    assert browser_errors == []
    kinds = set(SecurityEvent.objects.of(an).values_list("kind", flat=True))
    assert kinds >= {"factor_added", "signed_in", "signed_out"}


def test_after_the_password_the_passkey_is_the_second_step(page, house, an, authenticator, browser_errors):
    sign_in(page, house)
    add_passkey(page, house)
    page.context.clear_cookies()
    sign_in(page, house)
    expect(page.get_by_role("heading", name="Bước xác thực thứ hai")).to_be_visible()
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.get_by_text("Trang của tôi: an.nv")).to_be_visible()
    assert browser_errors == []


def test_the_passkey_confirms_it_is_you_and_the_work_goes_on(page, house, an, authenticator, browser_errors):
    sign_in(page, house)
    add_passkey(page, house)
    page.goto(f"{house}/xac-nhan/khoa?next=/viec-quan-trong")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.get_by_text("Đã làm việc quan trọng: GET")).to_be_visible()
    assert SecurityEvent.objects.of(an)[0].kind == "confirmed"
    assert browser_errors == []


def test_a_wrong_finger_is_told_in_words_and_the_page_stays(page, house, an, authenticator):
    sign_in(page, house)
    authenticator.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator.device, "isUserVerified": False})
    page.goto(f"{house}/tai-khoan/khoa/them")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.get_by_text("Chưa tạo được khóa.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_a_suspended_person_is_kept_out_on_the_passkey_way_too(page, house, an, authenticator):
    sign_in(page, house)
    add_passkey(page, house)
    suspend_account(an, by=OFFICE, reason="Chuyển công tác")
    page.goto(f"{house}/dang-nhap")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.get_by_text("Tài khoản này đang ngừng.")).to_be_visible()


def test_a_passkey_is_renamed_and_removed(page, house, an, authenticator):
    sign_in(page, house)
    add_passkey(page, house)
    page.goto(f"{house}/tai-khoan/khoa")
    page.get_by_role("link", name="Máy ở phòng").first.click()
    page.get_by_label("Tên khóa").fill("Máy cũ")
    page.get_by_role("button", name="Lưu tên").click()
    page.get_by_role("link", name="Gỡ Máy cũ").click()
    page.get_by_role("button", name="Gỡ khóa").click()
    expect(page.get_by_text("Chưa có khóa truy cập.")).to_be_visible()
    assert not Authenticator.objects.filter(user=an).exists()


@pytest.mark.usefixtures("everyone_needs_a_second_factor")
def test_the_last_passkey_stays_while_the_post_needs_one(page, house, an, authenticator):
    sign_in(page, house)
    add_passkey(page, house)
    page.goto(f"{house}/tai-khoan/khoa/{Authenticator.objects.get(type='webauthn').pk}/go")
    page.get_by_role("button", name="Gỡ khóa").click()
    expect(page.get_by_text("Thêm cách xác thực khác trước khi gỡ")).to_be_visible()
    assert Authenticator.objects.filter(user=an, type="webauthn").exists()


def test_a_made_up_answer_of_a_passkey_is_refused(an, clean_cache):
    client = Client()
    for credential in (
        "",
        "{}",
        "[]",
        "null",
        '{"id": "x", "rawId": "x", "response": {}, "type": "public-key"}',
        "x" * 9999,
    ):
        assert client.post("/dang-nhap/khoa", {"credential": credential})["Location"] == "/dang-nhap", credential
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("browser_context_args", [{"java_script_enabled": False, "locale": "vi-VN"}])
def test_without_javascript_the_password_still_opens_the_door(page, house, an):
    sign_in(page, house)
    expect(page.get_by_text("Trang của tôi: an.nv")).to_be_visible()
    page.goto(f"{house}/tai-khoan/ung-dung")
    expect(page.get_by_label("Mã xác thực")).to_be_visible()
    page.goto(f"{house}/tai-khoan/khoa/them")
    expect(page.get_by_text("Khóa truy cập cần JavaScript.")).to_be_visible()
