"""A staff list as a whole: headers, titles, sections, sums, feet, merged cells (B5; ux.md 14)."""

import time
from datetime import date

import pytest

from taicho.kernel.intake import Sheet
from taicho.organisation.rules.staff_sheet import NoHeader, TooManyRows, read_sheets
from taicho.organisation.rules.staff_sheet.papers import TEMPLATE, UNIT, WHY, errors_as_table

TODAY = date(2026, 11, 20)


def sheet(*rows, name="DS", **more):
    """A sheet as intake hands it over."""
    return Sheet(name, tuple(map(tuple, rows)), **more)


def read(*sheets):
    return list(read_sheets(sheets, TODAY, most=100).rows)


def names(rows):
    return [row.name for row in rows]


HEAD = ("STT", "Họ và tên", "Năm sinh", "Phòng", "SĐT")


def test_national_heading_title_and_foot_are_no_people():
    rows = read(sheet(
        ("ỦY BAN NHÂN DÂN TỈNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (None,),
        ("DANH SÁCH CÁN BỘ",), ("(Kèm theo Công văn số 58/VP ngày 03/9/2021)",), HEAD, ("(1)", "(2)", "(3)", "(4)", "(5)"),
        (1, "Lê Thị Lan", 1985, "Văn phòng", "0912345678"), ("", "Tổng cộng: 1 người"),
        (None, None, None, "Hà Nội, ngày 03 tháng 9 năm 2021"), (None, "Người lập biểu", None, "GIÁM ĐỐC"),
        (None, "(Ký, ghi rõ họ tên)"), (None, "Trần Văn Ký", None, "Lê Văn Đóng Dấu"),
    ))  # fmt: skip
    assert names(rows) == ["Lê Thị Lan"]
    assert rows[0].number == 7
    assert rows[0].facts == {"full_name": "Lê Thị Lan", "birth_year": 1985, "personal_phone": "0912345678"}


def test_a_section_names_the_department_and_its_number_and_count_do_not_belong_to_it():
    rows = read(sheet(
        ("STT", "Họ và tên", "Chức vụ"), ("I", "VĂN PHÒNG"), (1, "Lê Thị Lan", "Văn thư"),
        ("II. PHÒNG TỔNG HỢP (02 người)",), (2, "Lê Văn Nam", "Chuyên viên"), (None, "Cộng: 01 người"), (3, "Lê Thị Mai", "Chuyên viên"),
    ))  # fmt: skip
    assert [row.unit for row in rows] == ["VĂN PHÒNG", "PHÒNG TỔNG HỢP", "PHÒNG TỔNG HỢP"]


def test_a_person_named_like_a_department_is_still_a_person():
    rows = read(sheet(("STT", "Họ và tên", "Chức vụ"), (1, "Đoàn Văn Ban", None), (2, "Tô Thị Phòng", None)))
    assert names(rows) == ["Đoàn Văn Ban", "Tô Thị Phòng"]


def test_a_department_merged_over_several_rows_holds_for_each_of_them():
    rows = read(sheet(
        HEAD, (1, "Lê Thị Lan", 1985, "Văn phòng"), (2, "Lê Văn Nam", 1986), (3, "Lê Văn An", 1987, "Thanh tra"),
        merged=((1, 3, 2, 3),),
    ))  # fmt: skip
    assert [row.unit for row in rows] == ["Văn phòng", "Văn phòng", "Thanh tra"]


def test_as_above_means_the_department_above():
    rows = read(
        sheet(
            HEAD,
            (1, "Lê Thị Lan", 1985, "Văn phòng"),
            (2, "Lê Văn Nam", 1986, "nt"),
            (3, "Lê Văn An", 1987, "Như trên"),
        )
    )
    assert {row.unit for row in rows} == {"Văn phòng"}


def test_a_department_written_once_for_a_block_holds_until_the_next_one():
    people = [(n, f"Lê Văn {word}", 1985) for n, word in enumerate("An Bình Chi Dũng".split(), 1)]
    people[0] += ("Văn phòng",)
    rows = read(sheet(HEAD, *people))
    assert [row.unit for row in rows] == ["Văn phòng"] * 4


def test_a_department_left_empty_in_a_full_column_is_not_guessed():
    people = [(n, f"Lê Văn {word}", 1985, "Văn phòng") for n, word in enumerate("An Bình Chi".split(), 1)]
    rows = read(sheet(HEAD, *people, (4, "Lê Văn Dũng", 1985)))
    assert (rows[-1].unit, rows[-1].unit_missing) == ("", True)


def test_a_header_of_two_lines_with_merged_cells_is_read():
    rows = read(sheet(
        ("TT", "Họ và tên", "Năm sinh", None, "Điện thoại", None), (None, None, "Nam", "Nữ", "Cơ quan", "Di động"),
        (1, "Lê Thị Lan", None, 1985, "024 3825 1234", "0912345678"), (2, "Lê Văn Nam", 1984),
        merged=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)),
    ))  # fmt: skip
    assert [row.facts["birth_year"] for row in rows] == [1985, 1984]
    assert rows[0].facts["official_phone"] == "02438251234"
    assert rows[0].facts["personal_phone"] == "0912345678"


def test_the_same_two_lines_without_merging_as_a_csv_has_them():
    rows = read(sheet(
        ("TT", "Họ và tên", "Năm sinh", "", "Phòng"), ("", "", "Nam", "Nữ", ""),
        ("1", "Lê Thị Lan", "", "1985", "Văn phòng"), ("2", "Lê Văn Nam", "1984", "", "Văn phòng"),
    ))  # fmt: skip
    assert [row.facts.get("birth_year") for row in rows] == [1985, 1984]


def test_the_header_repeated_on_the_next_page_is_no_person():
    rows = read(sheet(HEAD, (1, "Lê Thị Lan", 1985, "Văn phòng"), HEAD, (2, "Lê Văn Nam", 1986, "Văn phòng")))
    assert names(rows) == ["Lê Thị Lan", "Lê Văn Nam"]


def test_every_visible_sheet_with_a_list_is_read_and_the_others_are_named():
    cover = sheet(("HỒ SƠ NHÂN SỰ",), name="Bìa")
    kept = sheet(("Họ và tên", "Năm sinh"), ("Lê Văn Cũ", 1960), name="Cũ", hidden=True)
    one = sheet(("Họ và tên", "Năm sinh"), ("Lê Thị Lan", 1985), name="Văn phòng")
    two = sheet(("Họ và tên", "Năm sinh"), ("Lê Văn Nam", 1986), name="P. Tổng hợp")
    reading = read_sheets((cover, kept, one, two), TODAY, most=10)
    assert [(row.name, row.unit) for row in reading.rows] == [
        ("Lê Thị Lan", "Văn phòng"),
        ("Lê Văn Nam", "P. Tổng hợp"),
    ]
    assert reading.left_aside == ("Bìa", "Cũ")


def test_a_workbook_without_a_list_is_refused_as_a_whole():
    with pytest.raises(NoHeader):
        read(sheet(("Số liệu", "Tháng 9"), ("Điện", 12)))


def test_a_list_over_the_limit_is_refused_as_a_whole():
    people = [(f"Lê Văn {chr(65 + n % 26)}{chr(97 + n % 26)}", 1985) for n in range(11)]
    with pytest.raises(TooManyRows):
        read_sheets([sheet(("Họ và tên", "Năm sinh"), *people)], TODAY, most=10)


def test_a_formula_in_a_column_that_counts_refuses_the_row_with_its_number():  # trust.md S-08
    rows = read(sheet(HEAD, (None, "Lê Thị Lan", 1985, "Văn phòng"), (2, None, 1986, "Văn phòng"),
                      formulas=frozenset({(1, 0), (2, 1)})))  # fmt: skip
    assert [[fault.code for fault in row.faults] for row in rows] == [[], ["formula"]]
    assert "Hàng 3" in rows[1].faults[0].sentence


def test_a_hidden_row_is_read_and_the_preview_is_told():
    rows = read(sheet(HEAD, (1, "Lê Thị Lan", 1985, "Văn phòng"), hidden_rows=frozenset({1})))
    assert not rows[0].faults
    assert "ẩn" in rows[0].notes[0]


def test_every_fault_of_a_row_is_told_at_once():
    row = read(sheet(HEAD, (1, None, "31/02/1985", "Văn phòng", "123")))[0]
    assert {fault.code for fault in row.faults} == {"no-name", "bad-birth", "bad-phone"}
    assert all(fault.sentence.endswith(".") and fault.column for fault in row.faults)


def test_the_same_person_twice_is_refused_and_namesakes_of_another_year_are_two():
    rows = read(sheet(
        HEAD, (1, "Lê Thị Lan", 1985, "Văn phòng", "0912345678"), (2, "LÊ THỊ LAN", 1985, "VP", "0912.345.678"),
        (3, "Lê Thị Lan", 1990, "Văn phòng"), (4, "Lê Thị Lan", 1985, "Văn phòng", "0987654321"),
    ))  # fmt: skip
    assert [[fault.code for fault in row.faults] for row in rows] == [[], ["twin"], [], []]
    assert "hàng 2" in rows[1].faults[0].sentence


def test_two_people_with_one_mobile_number_are_both_taken_with_a_note():
    rows = read(
        sheet(
            HEAD, (1, "Lê Thị Lan", 1985, "Văn phòng", "0912345678"), (2, "Lê Văn Nam", 1986, "Văn phòng", "0912345678")
        )
    )
    assert not rows[1].faults
    assert "Lê Thị Lan" in rows[1].notes[0]


def test_the_inventory_of_working_at_home_is_read():  # C9
    rows = read(
        sheet(
            ("Họ và tên", "Phòng", "Máy tính", "Internet tại nhà"),
            ("Lê Thị Lan", "VP", "Có", "Không"),
            ("Lê Văn Nam", "VP", None, "có"),
        )
    )
    assert [row.means for row in rows] == [
        {"has_computer": True, "has_internet": False},
        {"has_internet": True},
    ]


def test_residence_and_lodging_are_two_things_and_the_commune_joins_its_address():  # B5
    row = read(
        sheet(
            ("Họ tên", "Nơi cư trú", "Nơi lưu trú", "Xã, phường nơi lưu trú"),
            ("Lê Thị Lan", "Số 1, phố A", "Ngõ 2", "Phường Láng"),
        )
    )[0]
    assert row.facts["residence"] == "Số 1, phố A"
    assert row.facts["lodging"] == "Ngõ 2, Phường Láng"


def test_our_own_template_is_understood_to_the_last_column():
    values = (1, "Lê Thị Lan", "03/9/1985", "Văn phòng", "Văn thư", "Viên chức", "x", "0912345678", "024 3825 1234",
              "lan@minhgiang.gov.vn", "Số 1", "Số 2", "Có", "Có", "Không")  # fmt: skip
    row = read(sheet(tuple(TEMPLATE), values))[0]
    assert not row.faults
    assert row.unit == "Văn phòng"
    assert row.means == {"has_computer": True, "has_phone": True, "has_internet": False}
    assert set(row.facts) == {
        "full_name", "birth_year", "birth_date", "position", "category", "party_member", "personal_phone",
        "official_phone", "email", "residence", "lodging",
    }  # fmt: skip


def test_the_sheet_of_errors_says_why_and_can_be_given_back_once_corrected():
    rows = read(
        sheet(
            ("STT", "Họ và tên", "Năm sinh", "SĐT"),
            ("I", "VĂN PHÒNG"),
            (1, "Lê Thị Lan", 1985, "123"),
            (2, "Lê Văn Nam", 85),
        )
    )
    header, table = errors_as_table(rows)
    assert header[:3] == [WHY, "Hàng trong tệp", UNIT]
    assert "chữ số" in table[0][0]
    corrected = [
        [cell.replace("123", "0912345678").replace("85", "1985") if cell in ("123", "85") else cell for cell in line]
        for line in table
    ]
    again = read(sheet(tuple(header), *map(tuple, corrected)))
    assert [(row.name, row.unit, row.faults) for row in again] == [
        ("Lê Thị Lan", "VĂN PHÒNG", []),
        ("Lê Văn Nam", "VĂN PHÒNG", []),
    ]


@pytest.mark.parametrize(
    "cell", ["a" * 10_000, "0" * 10_000, "(" * 10_000, " - " * 3_000, "1/" * 5_000, "Ông " * 2_000, "@." * 5_000]
)
def test_a_hostile_cell_is_judged_at_once(cell):  # trust.md S-09
    begun = time.perf_counter()
    rows = read(sheet(("Họ và tên", "Ngày sinh", "SĐT", "Email", "Phòng", "Đối tượng", "Đảng viên"), (cell,) * 7))
    assert time.perf_counter() - begun < 2
    assert all(row.faults for row in rows)


def test_a_sum_between_two_sections_does_not_end_the_list():
    rows = read(sheet(
        ("Họ và tên", "Chức vụ", "Năm sinh"), ("PHÒNG TỔNG HỢP",), ("Lê Thị Lan", "Kế toán", 1985), ("Tổng số: 01 người",),
        ("Lê Văn Nam", "Kế toán", None), ("VĂN PHÒNG",), ("Lê Văn An", "Thủ quỹ", 1987),
    ))  # fmt: skip
    assert names(rows) == ["Lê Thị Lan", "Lê Văn Nam", "Lê Văn An"]
