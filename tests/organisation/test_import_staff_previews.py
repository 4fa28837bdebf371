"""The pages of a staff list, read line by line: file, preview, questions, progress, result, sheets (B5; ux.md 6, 14)."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taicho.kernel import clock
from taicho.kernel.intake import Accepted, Kind, Sheet
from taicho.kernel.models import AuditEntry
from taicho.organisation.actions.background_import import write_confirmed_list
from taicho.organisation.actions.import_staff import prepare_import, purge_imports
from taicho.organisation.actions.posts import end_post
from taicho.organisation.models import Person, StaffImport, UnitAlias
from tests.organisation.land import SETUP, actor, post, staff
from tests.organisation.reading import links, read, rows, says, typed, wrong

UPLOAD = "/nhap-can-bo"
HEAD = "Họ và tên;Ngày sinh;Phòng;Chức vụ;Di động"
LAN = "Lê Thị Lan;03/9/1985;VP;Văn thư;0912.345.678"
PREVIEW = "Từng người trong danh sách"


def file_of(*lines, name="ds.csv"):
    return SimpleUploadedFile(name, "\n".join((HEAD, *lines)).encode("utf-8-sig"))


@pytest.fixture
def office(people, enter):
    """The browser of the office."""
    return enter(people.office)


@pytest.fixture
def upload(people, land):
    """A list that was given in, as intake hands it over; the address of its preview."""

    def give(*lines):
        table = Sheet("", tuple(tuple(line.split(";")) for line in (HEAD, *lines)))
        listed = Accepted("ds.csv", Kind.CSV, b"", "0" * 64, sheets=(table,))
        return f"{UPLOAD}/{prepare_import(listed, by=actor(people.office), agency=land.bureau).key}"

    return give


def row_of(page, name):
    return next(line for line in rows(page, PREVIEW) if line[0] == name)


def test_each_row_says_who_where_it_stood_what_becomes_of_it_and_where_it_goes(upload, office, land):
    staff("Lê Văn Hai", land.department, birth_year=1985)
    page = office.get(upload(LAN, "Lê Văn Hai;1985;VP;;", "Phạm Bình;31/2/1986;VP;;"))
    assert row_of(page, "Lê Thị Lan") == ["Lê Thị Lan", "2", "thêm mới", "03/9/1985", "Văn phòng", "Văn thư"]
    assert row_of(page, "Lê Văn Hai")[2] == "cập nhật Chuyển từ Phòng Tổng hợp sang Văn phòng."
    assert row_of(page, "Phạm Bình")[2] == "chưa nhận Ngày sinh: Không có ngày 31: tháng 2 năm 1986 có 28 ngày."
    assert "Sẽ nhập 2 trong 3 người" in says(page)
    assert "1 hàng chưa nhập được" in says(page)
    assert "1 người chuyển sang phòng khác." in says(page)


def test_a_row_without_a_name_is_not_called_by_its_birthday(upload, office):
    line = rows(office.get(upload(LAN, ";1980;VP;Văn thư;")), PREVIEW)[1]
    assert line[:2] == ["—", "3"]
    assert "Chưa ghi họ và tên." in line[2]


def test_on_a_phone_the_number_and_the_birthday_say_what_they_are(upload, office):
    """At 390 px a row is a small card without the head of the table: what has no word of its own gets one."""
    page = office.get(upload(LAN, "Phạm Thị Bình;;VP;;"))
    first, second = [list(line.all("td")) for line in read(page).all("tr")][1:]
    assert [cell.attrs.get("data-label") for cell in first] == ["Hàng", None, "Sinh", None, None]
    assert [cell.attrs.get("data-label") for cell in second] == ["Hàng", None, None, None, None]
    assert [one.attrs["class"] for one in read(page).all("div", class_="staff-rows")] == ["staff-rows"]


def test_what_the_preview_can_be_narrowed_to_is_counted_and_nothing_else_is_offered(upload, office):
    address = upload(LAN, "Phạm Bình;31/2/1986;VP;;", "Lê Văn Nam;1980;Phòng Máy;;")
    page = office.get(address)
    shown = {one.text: one.attrs["href"] for ul in read(page).all("ul", class_="filter") for one in ul.all("a")}
    assert set(shown) == {"Tất cả 3", "Cần chọn 1", "Chưa nhận 1", "Thêm mới 1"}
    assert [line[0] for line in rows(office.get(shown["Cần chọn 1"]), PREVIEW)] == ["Lê Văn Nam"]


@pytest.mark.parametrize("wanted", ["x", "NEW", "new' OR 1=1"])
def test_a_filter_that_is_none_shows_no_row_and_does_no_harm(wanted, upload, office):
    answer = office.get(upload(LAN), {"loc": wanted})
    assert answer.status_code == 200
    assert rows(answer, PREVIEW) == []


def test_a_list_in_which_nothing_can_be_taken_has_no_button_to_confirm_it(upload, office):
    page = office.get(upload("Phạm Bình;31/2/1986;VP;;"))
    assert "chưa có hàng nào nhập được" in says(page)
    assert "Nhập 0 người" not in says(page)


def test_an_unknown_department_is_asked_with_the_likeliest_one_chosen_beforehand(upload, office, land):
    page = office.get(upload("Lê Văn Nam;1980;Phòng Tổng hợpp;;", "Lê Văn An;1981;Phòng Tổng hợpp;;"))
    chosen = {name: value for name, value in typed(page).items() if name.startswith("unit-")}
    assert list(chosen.values()) == [str(land.department.key)]
    assert "“Phòng Tổng hợpp”" in says(page)
    assert "2 người trong danh sách ghi tên này." in says(page)


def test_a_row_that_may_be_somebody_offers_the_people_told_apart(upload, office, land):
    for unit in (land.department, land.bureau):
        staff("Lê Văn Hai", unit, birth_year=1985, position="Kế toán")
    page = office.get(upload("Lê Văn Hai;1985;VP;;"))
    [choice] = [s for s in read(page).all("select") if s.attrs["name"].startswith("row-")]
    offered = [option.text for option in choice.all("option")]
    assert sorted(offered[1:3]) == [
        "Lê Văn Hai · 1985 · Phòng Tổng hợp · Kế toán", "Lê Văn Hai · 1985 · Sở Khoa học và Công nghệ · Kế toán",
    ]  # fmt: skip
    assert offered[3:] == ["Người khác: thêm mới", "Bỏ qua hàng này"]


def test_answers_are_kept_and_the_preview_follows_them(upload, office, land):
    address = upload("Lê Văn Nam;1980;Phòng Máy;;")
    name = next(n for n in typed(office.get(address)) if n.startswith("unit-"))
    page = office.post(f"{address}/tra-loi", {name: str(land.department.key)}, follow=True)
    assert row_of(page, "Lê Văn Nam")[4] == "Phòng Tổng hợp"
    assert "Sẽ nhập 1 trong 1 người" in says(page)
    assert UnitAlias.objects.get().written == "phong may"


def test_looking_at_a_list_writes_nothing(upload, office):
    address, people = upload(LAN), Person.objects.count()
    last = AuditEntry.objects.latest("pk").pk
    for path in (address, f"{address}?page=9", f"{address}/chua-nhap", UPLOAD, f"{UPLOAD}/mau"):
        assert office.get(path).status_code == 200, path
    assert Person.objects.count() == people
    assert not AuditEntry.objects.filter(pk__gt=last).exists()


def test_lists_that_wait_are_named_on_the_page_of_the_file_until_they_are_over(upload, office):
    address = upload(LAN)
    assert links(office.get(UPLOAD))[address] == "ds.csv"
    office.post(f"{address}/bo")
    assert address not in links(office.get(UPLOAD))


@pytest.mark.parametrize("verb", ["", "/tra-loi", "/bo"])
def test_a_list_that_is_over_answers_every_press_with_what_to_do(verb, upload, office):  # ux.md 6
    address = upload(LAN)
    office.post(f"{address}/bo")
    people = Person.objects.count()
    answer = office.post(address + verb)
    assert answer.status_code == 409
    assert "Hãy tải tệp lên lại." in says(answer)
    assert Person.objects.count() == people


def test_the_day_after_the_page_of_the_list_says_that_it_was_purged_and_offers_to_upload_again(upload, office):  # L3
    address = upload(LAN)
    purge_imports(by=SETUP, at=clock.now() + timedelta(hours=25))
    page = office.get(address)
    assert "nội dung đã xóa. Không có gì được ghi vào sổ." in says(page)
    assert links(page)[UPLOAD] == "Tải tệp lên lại"
    assert "Lan" not in page.content.decode()


def test_the_result_counts_what_became_of_the_rows_and_names_those_left(upload, office, land):
    staff("Lê Văn Hai", land.office, birth_year=1985)
    address = upload(LAN, "Lê Văn Hai;1985;VP;;", "Phạm Bình;31/2/1986;VP;;")
    page = office.post(address, follow=True)
    figures = [one.text for one in read(page).all(class_="figure")]
    assert figures == ["1 thêm mới", "0 cập nhật", "1 không đổi", "1 chưa nhập"]
    [line] = rows(page, "Các hàng chưa nhập")
    assert line == ["Phạm Bình", "4", "Ngày sinh: Không có ngày 31: tháng 2 năm 1986 có 28 ngày."]


def test_a_day_after_the_import_the_rows_left_are_gone_and_the_counts_stay(upload, office):  # L3
    address = upload(LAN, "Phạm Bình;31/2/1986;VP;;")
    office.post(address)
    purge_imports(by=SETUP, at=clock.now() + timedelta(hours=25))
    page = office.get(address)
    assert "chỉ được giữ một ngày và đã xóa" in says(page)
    assert "Sổ đã có 1 trong 2 người" in says(page)
    assert "Phạm Bình" not in page.content.decode()


def test_the_sheet_of_rows_left_says_why_and_can_be_given_in_again_once_corrected(upload, office, land):
    address = upload(LAN, "Phạm Bình;31/2/1986;VP;Kế toán;")
    office.post(address)
    answer = office.get(f"{address}/chua-nhap")
    assert answer["Content-Disposition"] == 'attachment; filename="hang-chua-nhap.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    head, line = book.active.values
    assert (head[0], line[0]) == ("Vì sao chưa nhập", "Ngày sinh: Không có ngày 31: tháng 2 năm 1986 có 28 ngày.")
    book.active.cell(2, head.index("Ngày sinh") + 1).value = "28/2/1986"
    out = io.BytesIO()
    book.save(out)
    again = office.post(
        UPLOAD, {"agency": str(land.bureau.key), "file": SimpleUploadedFile("sua.xlsx", out.getvalue())}
    )
    office.post(again["Location"])
    assert Person.objects.get(full_name="Phạm Bình").birth_date.isoformat() == "1986-02-28"


def test_a_long_list_tells_how_far_it_is_and_can_be_left_alone(upload, office, monkeypatch):
    monkeypatch.setattr("taicho.organisation.actions.import_staff.WRITTEN_AT_ONCE", 0)
    address = upload(LAN)
    page = office.post(address, follow=True)
    assert "Đồng chí có thể rời trang này; việc nhập vẫn chạy." in says(page)
    [bar] = read(page).all(id="progress")
    assert bar.attrs["hx-get"] == f"{address}/tien-do"
    assert office.post(address).status_code == 302
    assert StaffImport.objects.get().is_under_way


def test_when_the_confirmer_lost_the_right_meanwhile_the_preview_says_why_nothing_was_written(
    upload, office, people, land, enter, monkeypatch
):
    monkeypatch.setattr("taicho.organisation.actions.import_staff.WRITTEN_AT_ONCE", 0)
    address = upload(LAN)
    office.post(address)
    end_post(people.office.posts.get(), by=SETUP)
    write_confirmed_list(str(StaffImport.objects.get().key))
    page = enter(people.administrator).get(address)
    assert "Lần nhập trước không xong, sổ chưa thay đổi." in says(page)
    assert "Chỉ Văn phòng và người quản trị của cơ quan" in says(page)
    assert "Sẽ nhập 1 trong 1 người" in says(page)


def test_who_keeps_two_registers_chooses_one_and_who_keeps_one_is_not_asked(people, land, enter):
    post(people.office, land.institute, "office")
    page = enter(people.office).get(UPLOAD)
    [choice] = read(page).all("select", name="agency")
    assert [option.text for option in choice.all("option")] == ["Sở Khoa học và Công nghệ", "Trung tâm Ứng dụng"]
    assert typed(page)["agency"] == str(land.bureau.key)
    end_post(people.office.posts.get(unit=land.institute), by=SETUP, at=clock.now())
    assert typed(enter(people.office).get(UPLOAD))["agency"] == str(land.bureau.key)


@pytest.mark.parametrize("agency", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_list_for_no_agency_is_asked_about_at_its_field(agency, office, land):
    answer = office.post(UPLOAD, {"agency": agency, "file": file_of(LAN)})
    assert answer.status_code == 400
    assert wrong(answer)["agency"] in (["Chọn cơ quan."], ["Chọn một cơ quan trong danh sách."])
    assert not StaffImport.objects.exists()


def test_the_preview_of_two_hundred_rows_asks_no_more_questions_than_that_of_two(
    upload, office, django_assert_max_num_queries
):
    lines = [f"Lê Văn {chr(65 + n // 26)}{chr(97 + n % 26)};{1950 + n % 40};VP;;" for n in range(200)]
    address = upload(*lines)
    office.get(address)
    with django_assert_max_num_queries(40):
        assert len(rows(office.get(address), PREVIEW)) == 50
