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
