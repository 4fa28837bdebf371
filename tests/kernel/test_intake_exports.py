"""Nothing that leaves in a table can run, and everything stays readable (S-08)."""

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from taicho.kernel.intake.exports import neutral, neutral_for_csv, write_csv, write_sheet
from taicho.kernel.intake.liveness import is_live

LIVE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1+cmd",
    "＠SUM(1)",
    "  =1+1",
    "\u200b=1+1",
    "'=1+1",
    "+84-912",
    "-1-1",
    "--1",
    "+84(912)",
    "=",
]
READABLE = [
    "+84912345678", "+84 912 345 678", "+84.912.345.678", "-", "–", "---", "-5", "-36,5", "+3", "-1.250.000", "-5%",
    "Nguyễn Văn An", "a=b", "5-3", "an@x.vn", "", "12h00",
]  # fmt: skip


@pytest.mark.parametrize("text", LIVE)
def test_what_could_run_gets_an_apostrophe(text: str) -> None:
    assert is_live(text)
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", READABLE)
def test_phones_dashes_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize("text", ["a;=1+1", "a,=cmd|'!A0", 'x\t"=1', "a\n=1+1", "a; -cmd|x", "x|@SUM(1)"])
def test_a_formula_behind_a_delimiter_inside_the_text_is_broken_too(text: str) -> None:
    broken = neutral_for_csv(text)
    for delimiter in ",;\t|\n":
        for piece in broken.split(delimiter):
            assert piece.strip(' "')[:1] not in tuple("=@+-"), (broken, delimiter)


def test_ordinary_lists_inside_a_text_are_not_touched() -> None:
    for text in ("Hà Nội; Huế", "từ 5 đến 7; -5 độ", "a, b, c"):
        assert neutral_for_csv(text) == text


def test_a_sheet_holds_strings_as_strings_and_no_formula_and_no_link() -> None:
    rows = [[text, "https://x.vn", "0912345678", "007"] for text in LIVE]
    data = write_sheet(rows, header=["=Cột", "Trang", "ĐT", "Mã"], title="Danh sách [1]/2?")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
        assert not [name for name in package.namelist() if "sheet1.xml.rels" in name]
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    read = openpyxl.load_workbook(io.BytesIO(data)).active
    assert read is not None
    assert {cell.data_type for row in read.iter_rows() for cell in row} == {"s"}
    assert [cell.value for cell in read[2]][2:] == ["0912345678", "007"]
    assert not any(is_live(str(cell.value)[1:]) and not str(cell.value).startswith("'") for cell in read["A"])


def test_a_sheet_keeps_numbers_days_and_times_as_such() -> None:
    moment = dt.datetime(2021, 9, 3, 5, 30)
    data = write_sheet([[36.5, moment, moment.date(), moment.time(), True, None]], header=list("abcdef"))
    read = openpyxl.load_workbook(io.BytesIO(data)).active
    assert read is not None
    assert [cell.value for cell in read[2]] == [36.5, moment, dt.datetime(2021, 9, 3), moment.time(), "Có", None]


def test_a_text_longer_than_a_cell_is_cut_and_not_lost_altogether() -> None:
    read = openpyxl.load_workbook(io.BytesIO(write_sheet([["a" * 40_000]], header=["a"]))).active
    assert read is not None
    assert len(read["A2"].value) == 32_767


def test_a_csv_opens_in_vietnamese_and_quotes_every_field() -> None:
    data = write_csv([["Đội Cấn", -5, dt.date(2021, 9, 3), None, False], ["=1+1", "+84 912 345 678", "-", "", ""]],
                     header=["Phường", "a", "b", "c", "d"])  # fmt: skip
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1] == ["Đội Cấn", "-5", "03/09/2021", "", "Không"]
    assert rows[2][:3] == ["'=1+1", "+84 912 345 678", "-"]


def test_what_we_write_comes_in_again_through_our_own_door() -> None:
    from taicho.kernel.intake import Kind, Read, take_in

    data = write_sheet([["Nguyễn Văn An", 1985]], header=["Họ tên", "Năm sinh"])
    (sheet,) = take_in(data, name="ds.xlsx", accept={Kind.XLSX}, read=Read.ROWS).sheets
    assert sheet.rows == (("Họ tên", "Năm sinh"), ("Nguyễn Văn An", 1985))


def sheet_of(rows, **options):
    return openpyxl.load_workbook(io.BytesIO(write_sheet(rows, **options))).active


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Danh sách", "Danh sách"),
        ("Phòng [1]: A/B?", "Phòng  1   A B"),
        ("a" * 40, "a" * 31),
        ("[]:*?/\\'", "Danh sách"),
        ("", "Danh sách"),
    ],
)
def test_a_sheet_has_a_name_that_a_sheet_program_takes(title: str, shown: str) -> None:
    assert sheet_of([], header=["a"], title=title).title == shown


def test_columns_are_as_wide_as_asked_and_else_as_their_headers_within_reason() -> None:
    sheet = sheet_of([], header=["Họ tên", "n", "Ghi chú " * 10, "x" * 20], widths={0: 33})
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABCD"] == [34, 11, 41, 25]


def test_the_header_stays_in_sight_and_is_bold_and_the_first_row_follows_it() -> None:
    sheet = sheet_of([["Lê An"]], header=["Họ tên"])
    assert sheet.freeze_panes == "A2"
    assert (sheet["A1"].font.b, sheet["A2"].font.b) == (True, False)
    assert (sheet["A1"].value, sheet["A2"].value) == ("Họ tên", "Lê An")


def test_nothing_and_an_empty_text_leave_the_cell_empty_and_nought_does_not() -> None:
    row = sheet_of([[None, "", 0, 0.0, False, "cuối"]], header=list("abcdef"))[2]
    assert [cell.value for cell in row] == [None, None, 0, 0, "Không", "cuối"]


def test_days_and_moments_are_shown_day_first() -> None:
    moment = dt.datetime(2021, 9, 3, 5, 30)
    row = sheet_of([[moment, moment.date(), moment.time(), "chữ"]], header=list("abcd"))[2]
    assert [cell.number_format for cell in row] == ["hh:mm dd/mm/yyyy", "dd/mm/yyyy", "hh:mm", "@"]


def test_a_text_of_exactly_one_full_cell_is_kept_whole() -> None:
    assert sheet_of([["a" * 32_767]], header=["a"])["A2"].value == "a" * 32_767


def test_a_header_cannot_run_either() -> None:
    assert sheet_of([], header=["=1+1"])["A1"].value == "'=1+1"
    assert write_csv([], header=["=1+1", "a;=1+1"]).decode("utf-8-sig") == '"\'=1+1","a;\'=1+1"\r\n'


def test_a_csv_says_times_and_truths_as_an_official_writes_them() -> None:
    moment = dt.datetime(2021, 9, 3, 5, 30)
    data = write_csv([[moment, moment.time(), True, 1234, 36.5, 'có "ngoặc"']], header=list("abcdef"))
    row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1]
    assert row == ["05:30 03/09/2021", "05:30", "Có", "1234", "36.5", 'có "ngoặc"']


@pytest.mark.parametrize("text", ["-1.234", "+1.234,5", "-5 %", "-1234,5%", "+84 24 3825 1234", "— —", " -5 "])
def test_signed_figures_and_dashes_are_read_as_such(text: str) -> None:
    assert not is_live(text)


@pytest.mark.parametrize(
    "text", ["- 5", "-1.2345.6", "+84 912 345 678 ext", "-5-", "+1 2 3 4 5 6 7 8", "-5%%", "\u3000=1", "\ufeff@x"]
)
def test_what_is_nearly_a_figure_is_not_trusted(text: str) -> None:
    assert is_live(text)


@pytest.mark.parametrize("text", ["\t", "\n \r", "'", "  "])
def test_blanks_alone_do_not_run(text: str) -> None:
    assert neutral(text) == text
