"""Single cells of a staff list: names, days of birth, telephones, choices (B5, C9; ux.md 7, 14)."""

from datetime import date, datetime

import pytest

from taicho.kernel.refusals import Refusal
from taicho.organisation.enums import StaffCategory
from taicho.organisation.rules.staff_sheet.births import Birth, join_birth, read_birth
from taicho.organisation.rules.staff_sheet.cells import is_ditto, is_small_count, says_nothing, words
from taicho.organisation.rules.staff_sheet.columns import Field, field_of, field_under
from taicho.organisation.rules.staff_sheet.kinds import only_ticks, read_category, read_party, read_yes_no
from taicho.organisation.rules.staff_sheet.names import read_name
from taicho.organisation.rules.staff_sheet.phones import Phones, read_phones

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ĐẶNG THỊ HỒNG", "Đặng Thị Hồng"),
        ("đặng thị hồng", "Đặng Thị Hồng"),
        ("Đa\u0323\u0306ng Thi\u0323 Ho\u0302\u0300ng", "Đặng Thị Hồng"),
        ("Ðặng\tThị\u00a0 Hồng\n", "Đặng Thị Hồng"),
        ("Ông Lê Minh Quân", "Lê Minh Quân"),
        ("Đ/c Lê Minh Quân", "Lê Minh Quân"),
        ("ThS. BS. Lê Minh Quân", "Lê Minh Quân"),
        ("3. Lê Minh Quân", "Lê Minh Quân"),
        ("Y Blô Niê", "Y Blô Niê"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("Lý Thị Mỹ", "Lý Thị Mỹ"),
    ],
)
def test_a_name_is_kept_composed_with_capitals_and_without_titles(written, kept):  # B5
    assert read_name(written) == (kept, "")


def test_a_remark_behind_the_name_is_told_and_not_kept():
    assert read_name("Lê Thị Lan (nghỉ thai sản)") == ("Lê Thị Lan", "(nghỉ thai sản)")


def test_family_and_given_name_in_two_cells_are_one_name():
    assert read_name("Nguyễn Thị", "Lan")[0] == "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "no-name"),
        ("Lan", "single-name"),
        ("Lê 2 Lan", "bad-name"),
        ("NguyÔn V¨n An", "old-font"),
        ("=A1", "bad-name"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_with_a_sentence(written, code):
    with pytest.raises(Refusal) as refused:
        read_name(written)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "written",
    [
        "03/09/1985", "3/9/1985", "3-9-1985", "3.9.85", "3/9/85", "1985-09-03", " 03 / 09 / 1985 ",
        "ngày 03 tháng 9 năm 1985", date(1985, 9, 3), datetime(1985, 9, 3, 0, 0), 31293, "31293", "'3/9/1985",
    ],
)  # fmt: skip
def test_a_birthday_is_read_in_every_style_of_an_office_list_and_day_comes_first(written):  # ux.md 8
    assert read_birth(written, TODAY) == Birth(1985, date(1985, 9, 3))


@pytest.mark.parametrize("written", [1985, "1985", 1985.0, "09/1985", "9-1985", "00/00/1985", "../../1985", "năm 1985"])
def test_where_only_the_year_is_certain_only_the_year_is_kept(written):
    assert read_birth(written, TODAY) == Birth(1985)


@pytest.mark.parametrize(("short", "year"), [("1/2/08", 2008), ("1/2/62", 1962), ("1/2/99", 1999)])
def test_a_year_of_two_digits_is_the_one_in_which_the_person_can_work(short, year):
    assert read_birth(short, TODAY).year == year


@pytest.mark.parametrize("written", ["31/02/1985", "03/9/2085", "2025", "15/1/1850", "không rõ", "30/13/1985"])
def test_an_impossible_birthday_is_refused(written):
    with pytest.raises(Refusal) as refused:
        read_birth(written, TODAY)
    assert refused.value.code == "bad-birth"


def test_a_month_written_first_is_asked_about_and_never_guessed():
    with pytest.raises(Refusal) as refused:
        read_birth("9/30/1985", TODAY)
    assert refused.value.code == "unclear-birth"
    assert "30/9/1985" in refused.value.sentence


def test_day_month_and_year_may_stand_in_columns_of_their_own():
    assert join_birth(3, 9, 1985, TODAY) == Birth(1985, date(1985, 9, 3))
    assert join_birth("", "", 1985, TODAY) == Birth(1985)


@pytest.mark.parametrize(
    ("written", "mobiles", "landlines"),
    [
        ("0912.345.678", ["0912345678"], []),
        (912345678, ["0912345678"], []),
        (912345678.0, ["0912345678"], []),
        ("'0912345678", ["0912345678"], []),
        ("+84 912 345 678", ["0912345678"], []),
        ("(+84)912345678", ["0912345678"], []),
        ("ĐT: 0912.345.678", ["0912345678"], []),
        ("01682345678", ["0382345678"], []),
        ("0912345678/0987654321", ["0912345678", "0987654321"], []),
        ("0912345678 - 0987654321", ["0912345678", "0987654321"], []),
        ("0912345678\n0987654321", ["0912345678", "0987654321"], []),
        ("024 3825 1234; 0912345678", ["0912345678"], ["02438251234"]),
        ("024.38251234 (máy lẻ 12)", [], ["02438251234"]),
    ],
)
def test_a_telephone_cell_gives_its_numbers(written, mobiles, landlines):  # ux.md 7
    assert read_phones(written) == Phones(tuple(mobiles), tuple(landlines))


@pytest.mark.parametrize(
    ("written", "code"), [("3825001", "bad-phone"), ("9.12E+08", "lost-digits"), ("Zalo", "bad-phone")]
)
def test_a_number_that_is_none_is_refused(written, code):
    with pytest.raises(Refusal) as refused:
        read_phones(written)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "category", "member"),
    [
        ("CC", StaffCategory.CIVIL_SERVANT, False),
        ("Công chức", StaffCategory.CIVIL_SERVANT, False),
        ("CC, đảng viên", StaffCategory.CIVIL_SERVANT, True),
        ("Viên chức", StaffCategory.PUBLIC_EMPLOYEE, False),
        ("HĐ 68", StaffCategory.WORKER, False),
        ("HĐLĐ", StaffCategory.WORKER, False),
        ("NLĐ", StaffCategory.WORKER, False),
        ("Biên chế", None, False),
    ],
)
def test_the_category_is_told_from_its_abbreviations(written, category, member):  # B5
    assert read_category(written) == (category, member)


@pytest.mark.parametrize(
    ("written", "answer"),
    [("x", True), ("Có", True), ("✓", True), ("1 máy", True), ("Không", False), ("-", False), ("0", False), ("", None), ("Viettel?", None)],
)  # fmt: skip
def test_yes_and_no_are_read_and_unknown_is_not_no(written, answer):  # C9
    assert read_yes_no(written) is answer


@pytest.mark.parametrize(
    ("written", "member"),
    [("x", True), ("Đảng viên", True), ("19/5/2010", True), ("Quần chúng", False), ("Đoàn viên", False), ("Không", False), ("", None)],
)  # fmt: skip
def test_party_membership_is_read_from_ticks_words_and_days(written, member):
    assert read_party(written) is member


def test_a_column_of_ticks_says_no_where_it_is_blank_and_a_column_with_noes_does_not():
    assert only_ticks(["x", None, "X", ""])
    assert not only_ticks(["x", "Không", None])
    assert not only_ticks([None, ""])


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Họ và tên", Field.NAME), ("HỌ TÊN", Field.NAME), ("Tên", Field.GIVEN), ("Họ và tên (chữ in hoa)", Field.NAME),
        ("Ngày, tháng, năm sinh", Field.BIRTH), ("NTNS", Field.BIRTH), ("Phòng/ban", Field.UNIT), ("Đơn vị công tác", Field.AGENCY),
        ("Chức vụ", Field.POSITION), ("SĐT", Field.PHONE), ("Di động", Field.PERSONAL_PHONE), ("ĐT cơ quan", Field.OFFICIAL_PHONE),
        ("Địa chỉ thường trú", Field.RESIDENCE), ("Nơi ở hiện nay", Field.LODGING), ("Nơi lưu trú", Field.LODGING),
        ("Ghi chú", Field.NOTHING), ("Giới tính", Field.NOTHING), ("Quê quán", Field.NOTHING), ("Đảng viên", Field.PARTY),
        ("Full name / Họ và tên", Field.NAME), ("Current address", Field.LODGING), ("Internet tại nhà", Field.INTERNET),
        ("Sở thích", None), ("", None),
    ],
)  # fmt: skip
def test_a_column_is_known_by_any_of_its_usual_labels(label, field):  # ux.md 14
    assert field_of(label) is field


@pytest.mark.parametrize(
    ("parent", "child", "field"),
    [
        ("Năm sinh", "Nam", Field.BIRTH), ("Năm sinh", "Nữ", Field.BIRTH), ("Điện thoại", "Cơ quan", Field.OFFICIAL_PHONE),
        ("Điện thoại", "Di động", Field.PERSONAL_PHONE), ("Nơi ở", "Nơi cư trú", Field.RESIDENCE), ("Nơi ở", "Nơi ở hiện nay", Field.LODGING),
        ("Đối tượng", "Viên chức", Field.PUBLIC_EMPLOYEE), ("Họ và tên", "Tên", Field.GIVEN), ("Thiết bị tại nhà", "Điện thoại", Field.SMARTPHONE),
    ],
)  # fmt: skip
def test_a_label_in_two_lines_is_read_as_one(parent, child, field):
    assert field_under(parent, child) is field


def test_marks_for_nothing_and_for_the_row_above_are_known():
    assert all(map(says_nothing, (None, "", "-", "Không có", "…")))
    assert all(map(is_ditto, ("nt", "Như trên", '"', "//")))
    assert not is_ditto("Văn phòng")


def test_running_numbers_are_told_from_words_and_years_of_text():
    assert all(map(is_small_count, (7, "07", "7.", "(7)")))
    assert not any(map(is_small_count, ("I", "0912345678", "")))


def test_a_cell_reads_as_a_person_sees_it():
    assert [words(cell) for cell in (7.0, True, date(1985, 9, 3), " a\tb ")] == ["7", "Có", "03/09/1985", "a b"]
