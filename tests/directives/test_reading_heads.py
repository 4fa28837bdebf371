"""The head of a document is read in the arrangements in which offices really send it (A1; NĐ 30/2020, Phụ lục I)."""

from datetime import date

import pytest

from taicho.directives.rules.reading import read_structure
from taicho.directives.rules.reading.lines import is_heading, lines_of
from taicho.directives.rules.reading.numbers import kind_of
from taicho.directives.rules.reading.values import Doubt
from tests.directives.letters import LETTER

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


@pytest.mark.parametrize(
    ("above", "superior", "issuer"),
    [
        ("BỘ Y TẾ", None, "BỘ Y TẾ"),
        ("ỦY BAN NHÂN DÂN\nTỈNH HÒA AN", None, "ỦY BAN NHÂN DÂN TỈNH HÒA AN"),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG BẾN ĐÒ", None, "ỦY BAN NHÂN DÂN PHƯỜNG BẾN ĐÒ"),
        ("ỦY BAN NHÂN DÂN TỈNH HÒA AN\nSỞ Y TẾ", "ỦY BAN NHÂN DÂN TỈNH HÒA AN", "SỞ Y TẾ"),
        ("ỦY BAN NHÂN DÂN\nTỈNH HÒA AN\nSỞ Y TẾ", "ỦY BAN NHÂN DÂN TỈNH HÒA AN", "SỞ Y TẾ"),
        ("SỞ Y TẾ\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT", "SỞ Y TẾ", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT"),
        (NATION + "ỦY BAN NHÂN DÂN\nQUẬN BA ĐÌNH", None, "ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM\nTHÀNH ỦY MINH GIANG", None, "THÀNH ỦY MINH GIANG"),
    ],
)  # fmt: skip
def test_issuer_and_superior_are_told_apart_by_their_place(above, superior, issuer):
    read = read_structure(f"{above}\n\nSố: 5/TB-VP\n\nTHÔNG BÁO\nVề việc họp")
    assert (read.superior, read.issuer) == (superior, issuer)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Hà Nội, ngày 04 tháng 9 năm 2021", date(2021, 9, 4)),
        ("Hà Nội, ngày 4 tháng 09 năm 2021", date(2021, 9, 4)),
        ("Hà Nội ngày 04 tháng 9 năm 2021", date(2021, 9, 4)),
        ("Hà Nội, Ngày 29 tháng 02 năm 2020", date(2020, 2, 29)),
        ("**Hà Nội, ngày 26 tháng 5 năm 2021**", date(2021, 5, 26)),
    ],
)
def test_the_day_is_read_in_the_forms_it_is_typed(line, day):
    read = read_structure(f"Số: 5/TB-VP\n{line}")
    assert (read.place, read.day) == ("Hà Nội", day)


@pytest.mark.parametrize(
    "line", ["Hà Nội, ngày   tháng 7 năm 2021", "Hà Nội, ngày … tháng … năm 2021", "Hà Nội, ngày tháng năm"]
)
def test_a_day_with_a_blank_is_no_day(line):
    read = read_structure(f"Số: 5/TB-VP\n{line}")
    assert read.day is None
    assert read.place == "Hà Nội"
    assert read.doubts["day"] == Doubt.BLANK


@pytest.mark.parametrize(
    "line",
    ["Hà Nội, ngày 31 tháng 4 năm 2021", "Hà Nội, ngày 29 tháng 02 năm 2021", "Hà Nội, ngày 05 tháng 13 năm 2021"],
)
def test_a_day_that_no_calendar_has_is_said_to_be_impossible(line):
    read = read_structure(f"Số: 5/TB-VP\n{line}")
    assert (read.day, read.doubts["day"]) == (None, Doubt.IMPOSSIBLE_DATE)


def test_a_subject_under_the_kind_of_document_ends_with_its_paragraph():
    read = read_structure(
        "Số: 9/KH-VP\n\nKẾ HOẠCH\n\nPhòng, chống dịch\nnăm 2026\n\nCăn cứ tình hình, Sở ban hành kế hoạch như sau:"
    )
    assert read.subject == "Phòng, chống dịch năm 2026"
    assert read.kind == "Kế hoạch"


@pytest.mark.parametrize(
    "following", ["Hà Nội, ngày 04 tháng 9 năm 2021", "Kính gửi: Các phòng", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
)
def test_a_subject_ends_where_another_part_of_the_head_begins(following):
    assert read_structure(f"Số: 9/SYT-VP\nV/v đo thân nhiệt\nở cổng\n{following}").subject == "V/v đo thân nhiệt ở cổng"


@pytest.mark.parametrize(
    ("printed", "addressees"),
    [
        ("Kính gửi: Sở Y tế.", ("Sở Y tế",)),
        ("Kính gửi:\n- Sở Y tế;\n- Sở Nội vụ.", ("Sở Y tế", "Sở Nội vụ")),
        ("Kính gửi các đồng chí:\n\n- Trưởng phòng;\n\n- Phó trưởng phòng.", ("Trưởng phòng", "Phó trưởng phòng")),
        ("Kính gửi:\n- Giám đốc các sở, ban, ngành\nthuộc tỉnh;\n- Chủ tịch UBND xã.", ("Giám đốc các sở, ban, ngành thuộc tỉnh", "Chủ tịch UBND xã")),
        ("Không gửi ai", ()),
    ],
)  # fmt: skip
def test_addressees_are_read_on_one_line_or_as_a_list(printed, addressees):
    read = read_structure(f"Số: 9/SYT-VP\nV/v họp\n\n{printed}\n\nThực hiện nội dung sau:\n1. Một")
    assert read.addressees == addressees
    assert [clause.path for clause in read.clauses] == ["1"]


def test_the_place_of_each_field_leads_to_its_lines_in_the_original():
    read, lines = read_structure(LETTER), lines_of(LETTER)
    first, last = read.places["subject"]
    assert lines[first].startswith("V/v thực hiện")
    assert lines[last] == "tại cơ quan Ban Dân tộc"
    assert lines[read.places["day"][0]].startswith("Minh Giang, ngày")
    assert lines[read.places["recipients"][0]] == "Nơi nhận:"
    assert lines[read.places["signer"][1]] == "Phạm Thị Ngọc Ánh"


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("KH-UBND", "Kế hoạch"), ("CT-TTg", "Chỉ thị"), ("QĐ-BYT", "Quyết định"), ("PA-BDT", "Phương án"), ("KL/TW", "Kết luận"),
        ("TB-VP", "Thông báo"), ("CTr-UBND", "Chương trình"), ("VP-HC-QT", "Công văn"), ("", None),
    ],
)  # fmt: skip
def test_the_first_part_of_a_symbol_is_the_kind_or_else_it_is_a_letter(symbol, kind):
    assert kind_of(symbol) == kind


def test_a_letter_is_no_doubtful_kind_but_a_kind_only_its_symbol_tells_is():
    assert "kind" not in read_structure("Số: 5/UBND-VP\nV/v họp").doubts
    assert read_structure("Số: 5/KH-UBND\nV/v họp").doubts["kind"] == Doubt.FROM_SYMBOL


@pytest.mark.parametrize(
    ("block", "signed"),
    [
        ("TRƯỞNG BAN\n\nNguyễn Hữu Thịnh", (None, "TRƯỞNG BAN", "Nguyễn Hữu Thịnh")),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTạ Văn Bình", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Tạ Văn Bình")),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLê Thị Ánh", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Ánh")),
        ("TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG", ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", None)),
        ("", (None, None, None)),
    ],
)  # fmt: skip
def test_the_block_of_the_signature_gives_capacity_title_and_name(block, signed):
    read = read_structure(
        f"Số: 5/TB-VP\n\nTHÔNG BÁO\nHọp\n\nNội dung sau:\n1. Một./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{block}"
    )
    assert (read.capacity, read.title, read.signer) == signed
    assert read.recipients == ("Như trên", "Lưu: VT")


@pytest.mark.parametrize("heading", ["ỦY BAN NHÂN DÂN", "KẾ HOẠCH 2026", "TM. BAN"])
def test_a_heading_is_written_in_capitals(heading):
    assert is_heading(heading)


@pytest.mark.parametrize("line", ["Ủy ban nhân dân", "", "2021", "Số: 5/KH-UBND"])
def test_anything_else_is_no_heading(line):
    assert not is_heading(line)


def test_old_fonts_marks_and_bars_are_read_as_the_letters_they_stand_for():
    assert lines_of("| **\u01a2U TIÊN**\t| _{KGVX}") == ["ƯU TIÊN KGVX"]
    assert lines_of("Ti\u0302nh\u00a0hình") == ["Tînh hình"]


@pytest.mark.parametrize("first", ["1. Bố trí trực.", "I. MỤC ĐÍCH", "Điều 1. Ban hành", "a) Bố trí trực"])
def test_a_subject_ends_at_the_first_clause_where_no_blank_line_parts_them(first):  # A1: text of a PDF
    read = read_structure(f"Số: 9/SYT-VP\nV/v trực cơ quan\ntrong dịp Tết\n{first}")
    assert read.subject == "V/v trực cơ quan trong dịp Tết"
    assert len(read.clauses) == 1


@pytest.mark.parametrize("second", ["19 - đợt 2", "2. đợt hai", "- Lần 2", "trong 03 ngày"])
def test_a_subject_goes_on_in_a_line_that_begins_with_a_figure_of_its_own(second):  # A1
    assert read_structure(f"Số: 9/SYT-VP\nV/v phòng, chống dịch Covid-\n{second}").subject.endswith(second)
