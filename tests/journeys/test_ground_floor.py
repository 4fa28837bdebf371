"""From an empty installation to a colleague at work and, once transferred, without access at once (ux.md 14; B3, L3, L4)."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys.visit import visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]
PASSWORDS = {"first": "núi cao thì cũng có đường trèo", "office": "đường dài mới biết ngựa hay nhé"}
LIST = """STT;Họ và tên;Năm sinh;Phòng;Chức vụ;Điện thoại
1;Nguyễn Thị Sáu;1988;Phòng Hành chính;Chuyên viên;0912.345.678
2;Trần Văn Bảy;1990;Phòng Quản lý khoa học;Chuyên viên;0912345679
"""


def press(page, words):
    """Press the button or link with these words, and wait for the next page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words, exact=True).or_(
            page.locator("main").get_by_role("link", name=words, exact=True)
        ).first.click()


def press_in_menu(page, words):
    """Open "Việc khác" and press an entry of it."""
    page.get_by_text("Việc khác", exact=True).click()
    press(page, words)


def fill(page, **answers):
    """Fill fields by their names."""
    for name, value in answers.items():
        field = page.locator(f"main [name='{name}']")
        if field.evaluate("el => el.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def choose_password(page, password):
    """Set the own password on the page that a slip or a first link leads to."""
    fill(page, password1=password, password2=password)
    press(page, "Đặt mật khẩu và vào")


def add_second_factor(page):
    """Add an app as the page says, and put the backup codes away."""
    press(page, "Thêm ứng dụng")
    secret = page.locator(".door-secret").text_content().strip()
    fill(page, code=format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    press(page, "Thêm ứng dụng")
    press(page, "Đã cất mã, vào hệ thống")


def add_unit(page, name, kind):
    """Fill the form of a new unit."""
    fill(page, name=name, kind=kind, valid_from="01/01/2021")
    press(page, "Thêm đơn vị")
    assert page.locator("h1").text_content() == name


def found_agency(page, house):
    """The top unit with its two departments."""
    page.goto(f"{house.url}/co-cau")
    press(page, "Thêm đơn vị cấp cao nhất")
    add_unit(page, "Sở Khoa học và Công nghệ", "agency")
    agency = page.url
    for name in ("Phòng Hành chính", "Phòng Quản lý khoa học"):
        page.goto(agency)
        press_in_menu(page, "Thêm đơn vị cấp dưới")
        add_unit(page, name, "department")


def import_staff(page, house):
    """Give in the office's own list, look at the preview, confirm."""
    page.goto(f"{house.url}/nhap-can-bo")
    file = {"name": "can-bo.csv", "mimeType": "text/csv", "buffer": LIST.encode("utf-8-sig")}
    page.locator("input[type=file]").set_input_files(file)
    if page.locator("main select[name=agency]").count():
        page.locator("main select[name=agency]").select_option(index=1)
    press(page, "Đọc tệp và xem trước")
    assert "Sẽ nhập 2 trong 2 người" in page.locator("main").text_content()
    press(page, "Nhập 2 người")


def open_person(page, house, name):
    """Find a person in the directory."""
    page.goto(f"{house.url}/danh-ba")
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).click()
    return page.url


def test_an_office_is_founded_a_colleague_enters_and_loses_access_with_the_transfer(browser, empty_house):
    house = empty_house
    link = house.run("taicho.cli", "first-administrator", "--base", house.url).splitlines()[-1]
    with visiting(browser, house, expected={200, 403}) as first, visiting(browser, house, expected={200, 403}) as other:
        page = first.page
        page.goto(link)
        press(page, "Vào hệ thống")
        choose_password(page, PASSWORDS["first"])
        add_second_factor(page)
        found_agency(page, house)
        import_staff(page, house)
        person = open_person(page, house, "Nguyễn Thị Sáu")
        press_in_menu(page, "Giao chức vụ")
        fill(page, role="office", title="Chuyên viên Văn phòng")
        press(page, "Giao chức vụ")
        assert "Chuyên viên Văn phòng" in page.locator("main").text_content()
        press(page, "Cấp phiếu vào")
        code = page.locator(".door-code").text_content().strip()

        theirs = other.page
        theirs.goto(f"{house.url}/phieu-vao")
        fill(theirs, code=code)
        press(theirs, "Tiếp tục")
        choose_password(theirs, PASSWORDS["office"])
        add_second_factor(theirs)
        assert "Nguyễn Thị Sáu" in theirs.locator("main").text_content()
        theirs.goto(f"{house.url}/nhap-can-bo")
        assert theirs.locator("h1").text_content() == "Nhập danh sách cán bộ"

        page.goto(person)
        press_in_menu(page, "Điều chuyển")
        there = page.locator("main [name=to] option", has_text="Phòng Quản lý khoa học").get_attribute("value")
        fill(page, to=there, decision="15/QĐ-SKHCN")
        press(page, "Điều chuyển")

        refused = theirs.goto(f"{house.url}/nhap-can-bo")
        assert refused.status == 403
        theirs.goto(house.url)
        assert "Phòng Quản lý khoa học" in theirs.locator("main").text_content()
        assert "Chuyên viên Văn phòng" not in theirs.locator("main").text_content()
    assert first.faults + other.faults == []
