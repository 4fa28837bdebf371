"""Papers with a secrecy mark are known by their mark; papers that speak of secrecy are not (L1, D12, S-17)."""

import unicodedata

import pytest

from taicho.kernel.intake.secrecy import SecrecyMark, mark_in, mark_in_name, mark_in_table

HEAD = ["ỦY BAN NHÂN DÂN TỈNH X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/BC-UBND"]
BODY = ["BÁO CÁO", "Về công tác phòng, chống dịch", "Thực hiện kế hoạch năm 2021, Sở báo cáo như sau:"]

STAMPS = {
    "MẬT": SecrecyMark.MAT,
    "TỐI MẬT": SecrecyMark.TOI_MAT,
    "TUYỆT MẬT": SecrecyMark.TUYET_MAT,
    "M Ậ T": SecrecyMark.MAT,
    "T U Y Ệ T   M Ậ T": SecrecyMark.TUYET_MAT,
    "TOI MAT": SecrecyMark.TOI_MAT,
    "MAT": SecrecyMark.MAT,
    "MÂT": SecrecyMark.MAT,
    "- MẬT -": SecrecyMark.MAT,
    "| TỐI MẬT |": SecrecyMark.TOI_MAT,
    "«TUYỆT MẬT»": SecrecyMark.TUYET_MAT,
    "MẬT - HỎA TỐC": SecrecyMark.MAT,
    "TỐI MẬT (Bản số 03)": SecrecyMark.TOI_MAT,
    "MẬT/KHẨN": SecrecyMark.MAT,
    "TÀI LIỆU MẬT": SecrecyMark.MAT,
    "DẤU TUYỆT MẬT": SecrecyMark.TUYET_MAT,
    "МẬТ": SecrecyMark.MAT,  # Cyrillic М and Т
    "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ": SecrecyMark.TUYET_MAT,
    "ỦY BAN NHÂN DÂN TỈNH X      MẬT": SecrecyMark.MAT,
    "ỦY BAN NHÂN DÂN TỈNH X\tTỐI MẬT\tCỘNG HÒA": SecrecyMark.TOI_MAT,
}


@pytest.mark.parametrize(("stamp", "level"), STAMPS.items(), ids=STAMPS)
def test_a_stamp_in_the_letterhead_is_a_mark(stamp: str, level: SecrecyMark) -> None:
    assert mark_in([HEAD[0], stamp, *HEAD[1:], *BODY]) is level
    assert mark_in([*HEAD, "", unicodedata.normalize("NFD", stamp), *BODY]) is level


INNOCENT_LINES = [
    "Văn bản mật chỉ được gửi trực tiếp, không gửi qua mạng.",
    "tuyệt đối không làm lộ lọt bí mật nhà nước.",
    "mật",
    "MẶT",
    "MẤT",
    "Mật Sơn",
    "MẬT ONG",
    "Mật độ dân số: 12 người/km2",
    "MẬT ĐỘ",
    "Nguyễn Văn Mật",
    "NGUYỄN VĂN MẬT",
    "BẢO MẬT",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "Phân loại: Mật, Tối mật, Tuyệt mật theo Luật",
    "Độ mật:",
    "ĐỘ MẬT",
    "Độ mật: Không",
    "Độ mật: Thường",
    "Độ mật: Mật / Tối mật / Tuyệt mật",
    "Độ mật: Mật, Tối mật hoặc Tuyệt mật do người ký quyết định",
    "Mật khẩu: đổi 90 ngày một lần",
    "MATA",
    "TỔ MẬT MÃ",
    "Số lượng: 12 (M)",
    "Số: 15/QĐ-TM",
    "Căn cứ Công văn số 7/UBND-NC(M) của Ủy ban nhân dân tỉnh",
]


@pytest.mark.parametrize("line", INNOCENT_LINES)
def test_words_that_speak_of_secrecy_are_no_mark(line: str) -> None:
    assert mark_in([*HEAD, line, *BODY]) is None


FIELDS = {
    "Độ mật: Mật": SecrecyMark.MAT,
    "Độ mật : TỐI MẬT": SecrecyMark.TOI_MAT,
    "Mức độ mật: Tuyệt mật": SecrecyMark.TUYET_MAT,
    "DO MAT: TOI MAT": SecrecyMark.TOI_MAT,
    "Dấu chỉ độ mật: Mật. Độ khẩn: Thường": SecrecyMark.MAT,
    "Độ mật: Mật Độ khẩn: Hỏa tốc": SecrecyMark.MAT,
    "Độ mật (nếu có): Tối mật": SecrecyMark.TOI_MAT,
    "Độ khẩn: Thường\tĐộ mật: Mật": SecrecyMark.MAT,
    "Ký hiệu độ mật: C": SecrecyMark.MAT,
    "Ký hiệu độ mật: A": SecrecyMark.TUYET_MAT,
    "Độ mật\nTối mật": SecrecyMark.TOI_MAT,
    "Độ mật\tMật": SecrecyMark.MAT,
}


@pytest.mark.parametrize(("line", "level"), FIELDS.items(), ids=map(str, range(len(FIELDS))))
def test_a_field_that_names_a_level_is_a_mark(line: str, level: SecrecyMark) -> None:
    assert mark_in([*HEAD, line, *BODY]) is level


@pytest.mark.parametrize(
    ("symbol", "level"),
    [
        ("Số: 12/BC-UBND(M)", SecrecyMark.MAT),
        ("Số: 12/BC-UBND (TM)", SecrecyMark.TOI_MAT),
        ("Số 12-BC/TU (TUM)", SecrecyMark.TUYET_MAT),
        ("Số: 12/BC-UBND (Mật)", SecrecyMark.MAT),
        ("Số: 12/KH-UBND-MẬT", SecrecyMark.MAT),
        ("Số: 07/TTr-UBND-M", SecrecyMark.MAT),
        ("Số: 1597/UBND-KGVX", None),
        ("Số: /KH-KHCN", None),
        ("Số: 58/VP-HC-QT", None),
        ("Số: 12/SCT-TM", None),
    ],
)
def test_the_papers_own_symbol_can_carry_the_mark(symbol: str, level: SecrecyMark | None) -> None:
    assert mark_in([HEAD[0], symbol, *BODY]) is level


def test_a_stamp_is_looked_for_at_the_top_and_not_on_page_nine() -> None:
    far = [*HEAD, *BODY, *(f"Dòng thứ {n}" for n in range(60)), "MẬT"]
    assert mark_in(far) is None


def test_a_word_cut_by_a_narrow_column_is_no_stamp() -> None:
    assert mark_in(["QUY ĐỊNH", "BẢO", "MẬT", "THÔNG TIN"]) is None
    assert mark_in(["BẢNG", "MẬT", "ĐỘ DÂN CƯ"]) is None


def test_a_title_about_secret_papers_cut_in_two_lines_is_no_stamp() -> None:
    assert mark_in(["QUY CHẾ QUẢN LÝ", "VĂN BẢN MẬT", "Điều 1. Phạm vi"]) is None
    assert mark_in(["SỔ ĐĂNG KÝ", "TÀI LIỆU MẬT"]) is None


def test_mat_in_small_letters_counts_only_in_the_first_lines() -> None:
    assert mark_in([HEAD[0], "Mật", *BODY]) is SecrecyMark.MAT
    assert mark_in([*HEAD, *BODY, "a", "b", "c", "d", "Mật"]) is None


def test_what_stands_above_the_text_counts_as_top() -> None:
    assert mark_in(BODY, heads=["TỐI MẬT"]) is SecrecyMark.TOI_MAT
    assert mark_in(BODY, heads=["Độ mật:", "Mật"]) is SecrecyMark.MAT


def test_an_invisible_letter_does_not_hide_a_stamp() -> None:
    assert mark_in(["TUYỆT\u200b M\u00adẬT", *BODY]) is SecrecyMark.TUYET_MAT
    assert mark_in(["ＴỐＩ　ＭẬＴ", *BODY]) is SecrecyMark.TOI_MAT


MARKED_NAMES = [
    "MẬT - Báo cáo.docx",
    "Báo cáo (Mật).pdf",
    "[TUYỆT MẬT] Kế hoạch.xlsx",
    "KH 05_MAT.docx",
    "BC_TOI_MAT_2021.pdf",
    "tuyet-mat-phuong-an.docx",
    "Tối mật.docx",
    "VB_MẬT_trang1.png",
    "Tài liệu mật.txt",
    "MAT.docx",
    "KH-05-MAT.docx",
    "Phương án 2 - TOI MAT.pdf",
    "Kế hoạch diễn tập MẬT.docx",
]

INNOCENT_NAMES = [
    "mat_do_dan_cu.xlsx",
    "MAT_DO_DAN_CU.xlsx",
    "MẬT ĐỘ DÂN CƯ.xlsx",
    "Quy chế bảo mật.docx",
    "QUY CHẾ BẢO MẬT.docx",
    "BAO_MAT.docx",
    "Danh sách xã Mật Sơn.pdf",
    "nguyen-van-mat.docx",
    "NGUYỄN VĂN MẬT.docx",
    "Hướng dẫn bảo vệ bí mật nhà nước.docx",
    "Quy định quản lý văn bản mật.docx",
    "DS_co_mat_vang_mat.xlsx",
    "gap mat dau nam.txt",
    "toi mat xe.txt",
    "Mat ma co yeu.txt",
    "doi mat khau.txt",
    "Format bao cao.docx",
    "Mặt trận Tổ quốc.docx",
    "matrix.csv",
    "",
]


@pytest.mark.parametrize("name", MARKED_NAMES)
def test_a_file_name_can_announce_the_mark(name: str) -> None:
    assert mark_in_name(name) is not None
    assert mark_in_name(unicodedata.normalize("NFD", name)) is not None


@pytest.mark.parametrize("name", INNOCENT_NAMES)
def test_a_file_name_that_only_holds_the_syllable_is_innocent(name: str) -> None:
    assert mark_in_name(name) is None


def test_a_stamp_above_a_list_marks_the_sheet() -> None:
    assert mark_in_table([["MẬT"], ["STT", "Họ tên", "Phòng", "ĐT"]]) is SecrecyMark.MAT
    assert mark_in_table([["STT", "Nội dung"]], heads=["TỐI MẬT"]) is SecrecyMark.TOI_MAT


def test_a_person_named_mat_in_a_list_is_a_person() -> None:
    rows = [["STT", "Họ", "Tên", "Phòng"], [1, "Nguyễn Văn", "Mật", "VP"], [2, "LÊ", "MẬT", "VP"]]
    assert mark_in_table(rows) is None
    assert mark_in_table([["Họ", "Tên"], ["Nguyễn Văn", "Mật"]]) is None


def test_a_register_with_a_column_of_levels_is_marked() -> None:
    rows = [["Số", "Ngày", "Độ mật", "Trích yếu"], ["1", "3/9", "", "a"], ["2", "4/9", "Tối mật", "b"]]
    assert mark_in_table(rows) is SecrecyMark.TOI_MAT
    assert mark_in_table(rows[:2]) is None


def test_a_very_long_line_costs_no_time_and_is_no_mark() -> None:
    assert mark_in(["m ậ t " * 100_000, "(" * 100_000, "Số: " + "-/" * 50_000, "Độ mật: " + "mật " * 50_000]) is None
