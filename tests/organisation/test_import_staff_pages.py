"""The pages of the staff list import: file, preview, answers, confirmation, result, sheets (ux.md 6, 14)."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from taicho.organisation.actions.background_import import write_confirmed_list
from taicho.organisation.models import Person, StaffImport, UnitAlias
from taicho.organisation.rules.staff_sheet.papers import TEMPLATE
from tests.organisation.land import actor

HEAD = ["Họ và tên", "Ngày sinh", "Phòng", "SĐT"]
LAN = ["Lê Thị Lan", "03/9/1985", "Văn phòng", "0912.345.678"]
UPLOAD = "/nhap-can-bo"


def workbook(*rows, name="ds.xlsx"):
    book = openpyxl.Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def office(people, settings):
    """The browser of the office, both factors given."""
    settings.TAICHO_DRILL = True
    people.office.account.is_demo = True
    people.office.account.save()
    browser = Client()
    browser.force_login(people.office.account)
    return browser


def uploaded(office, land, *rows):
    response = office.post(UPLOAD, {"agency": str(land.bureau.key), "file": workbook(*rows)})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_file_becomes_a_preview_and_nothing_is_written(office, land):
    address = uploaded(office, land, LAN, ["Lê Văn Nam", "31/02/1985", "Văn phòng", ""])
    page = words(office.get(address))
    assert "Sẽ nhập 1 trong 2 người" in page
    assert "Không có ngày 31: tháng 2 năm 1985 có 28 ngày." in page
    assert not Person.objects.filter(full_name="Lê Thị Lan").exists()


def test_the_confirmation_imports_and_shows_what_became_of_each_row(office, land):
    address = uploaded(office, land, LAN, ["Lê Văn Nam", "31/02/1985", "Văn phòng", ""])
    assert office.post(address)["Location"] == address
    page = words(office.get(address))
    assert "Sổ đã có 1 trong 2 người" in page
    assert "Không có ngày 31" in page
    assert Person.objects.filter(full_name="Lê Thị Lan").count() == 1
    office.post(address)
    assert Person.objects.filter(full_name="Lê Thị Lan").count() == 1


def test_an_unknown_department_is_chosen_in_the_preview(office, land):
    address = uploaded(office, land, ["Lê Thị Lan", "1985", "Phòng Máy", ""])
    field = re.search(r'name="(unit-[0-9a-f]+)"', office.get(address).content.decode())[1]
    office.post(f"{address}/tra-loi", {field: str(land.department.key)})
    assert UnitAlias.objects.get().unit == land.department
    assert "Sẽ nhập 1 trong 1 người" in words(office.get(address))


def test_a_choice_that_was_not_offered_is_not_taken(office, land):
    address = uploaded(office, land, ["Lê Thị Lan", "1985", "Phòng Máy", ""])
    field = re.search(r'name="(unit-[0-9a-f]+)"', office.get(address).content.decode())[1]
    response = office.post(f"{address}/tra-loi", {field: str(land.elsewhere.key)}, follow=True)
    assert "Có lựa chọn không hợp lệ" in words(response)
    assert not UnitAlias.objects.exists()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Chọn tệp danh sách"),
        (SimpleUploadedFile("ds.xlsx", b""), "Tệp trống"),
        (SimpleUploadedFile("ds.xlsx", b"MZ\x90\x00 program"), ""),
        (SimpleUploadedFile("ds.csv", "Số liệu;Tháng\n1;2\n".encode()), "Không thấy danh sách trong tệp"),
    ],
)
def test_a_file_that_cannot_be_read_comes_back_with_a_sentence(office, land, file, sentence):
    given = {"agency": str(land.bureau.key)} | ({"file": file} if file else {})
    response = office.post(UPLOAD, given)
    assert response.status_code == 400
    assert sentence in words(response)
    assert not StaffImport.objects.exists()


def test_a_list_cannot_be_put_into_another_agency(office, land):
    response = office.post(UPLOAD, {"agency": str(land.institute.key), "file": workbook(LAN)})
    assert response.status_code == 400
    assert not StaffImport.objects.exists()


def test_a_long_list_shows_how_far_it_is_and_then_the_result(office, land, people, monkeypatch):
    monkeypatch.setattr("taicho.organisation.actions.import_staff.WRITTEN_AT_ONCE", 0)
    address = uploaded(office, land, LAN)
    office.post(address)
    page = office.get(address).content.decode()
    assert "Đã xong 0 trong 1 người" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "HX-Refresh" not in office.get(f"{address}/tien-do")
    write_confirmed_list(str(StaffImport.objects.get().key))
    assert office.get(f"{address}/tien-do")["HX-Refresh"] == "true"
    assert "Sổ đã có 1 trong 1 người" in words(office.get(address))


def test_a_dropped_list_is_gone_and_says_so(office, land):
    address = uploaded(office, land, LAN)
    office.post(f"{address}/bo")
    assert "Không có gì được ghi vào sổ" in words(office.get(address))


def test_the_sheet_of_errors_can_be_downloaded_before_and_after(office, land):
    address = uploaded(office, land, LAN, ["Lê Văn Nam", "31/02/1985", "Văn phòng", "=1+1"])
    for _ in range(2):
        response = office.get(f"{address}/chua-nhap")
        rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
        assert len(rows) == 2
        assert "công thức" in rows[1][0]
        assert response["Cache-Control"] == "no-store"
        office.post(address)


def test_the_template_has_our_columns_and_no_people(office):
    rows = list(openpyxl.load_workbook(io.BytesIO(office.get(f"{UPLOAD}/mau").content)).active.values)
    assert rows == [tuple(TEMPLATE)]


def test_the_preview_can_be_narrowed_and_turned_page_by_page(office, land):
    people = [[f"Lê Văn {chr(65 + n // 26)}{chr(97 + n % 26)}", 1950 + n % 40, "Văn phòng", ""] for n in range(60)]
    address = uploaded(office, land, *people, ["", "1985", "Văn phòng", ""])
    assert "1–50 trong 61" in words(office.get(address))
    assert "51–61 trong 61" in words(office.get(f"{address}?page=2"))
    assert "1–1 trong 1" in words(office.get(f"{address}?loc=refused"))


def test_a_member_of_staff_and_a_stranger_see_nothing_of_a_list(office, land, people):
    address = uploaded(office, land, LAN)
    for person, answer in ((people.staff, 404), (people.stranger, 404)):
        browser = Client()
        browser.force_login(person.account)
        assert browser.get(address).status_code == answer
        assert browser.get(UPLOAD).status_code == 403
    assert actor(people.office).signed_in
    assert reverse("organisation:staff-imports") == UPLOAD
