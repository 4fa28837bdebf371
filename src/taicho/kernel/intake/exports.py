"""Tables that leave the house: text stays text, nothing in a cell can run (S-08)."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from .liveness import is_live

_LONGEST_CELL = 32_767  # what a sheet can hold; the rest of a longer text is cut

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | None

_INNER = re.compile(r"([;,\t\r\n|][ ]*[\"']?)(?=[=@＝＠]|[+\-＋－][^\s\d])")


def neutral(text: str) -> str:
    """The text with an apostrophe before it when a sheet program would run it; otherwise unchanged."""
    return "'" + text if is_live(text) else text


def neutral_for_csv(text: str) -> str:
    """Also breaks formulas behind a delimiter inside the text: a sheet program may cut the line elsewhere."""
    return _INNER.sub(r"\1'", neutral(text))


def write_sheet(
    rows: Iterable[Sequence[Cell]],
    *,
    header: Sequence[str],
    title: str = "Danh sách",
    widths: Mapping[int, float] | None = None,
) -> bytes:
    """A .xlsx of one sheet, made in memory. Strings are written as strings always: no formula, no link, no number.

    `widths` are column widths in characters. Dates show as dd/mm/yyyy; a moment must already be local (naive).
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(_sheet_title(title))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    shapes = {
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "moment": book.add_format({"num_format": "hh:mm dd/mm/yyyy"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "time": book.add_format({"num_format": "hh:mm"}),
    }
    for column, label in enumerate(header):
        sheet.write_string(0, column, neutral(label), bold)
        sheet.set_column(column, column, (widths or {}).get(column, max(10, min(40, len(label) + 4))))
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(sheet, place, column, cell, shapes)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def write_csv(rows: Iterable[Sequence[Cell]], *, header: Sequence[str]) -> bytes:
    """A .csv that Excel opens in Vietnamese (UTF-8 with its mark), every field quoted and neutral."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([neutral_for_csv(label) for label in header])
    writer.writerows([neutral_for_csv(_words(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _write_cell(sheet, row: int, column: int, cell: Cell, shapes: Mapping) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool | str):
        sheet.write_string(row, column, neutral(_words(cell))[:_LONGEST_CELL], shapes["text"])
    elif isinstance(cell, dt.datetime):
        sheet.write_datetime(row, column, cell, shapes["moment"])
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, shapes["day"])
    elif isinstance(cell, dt.time):
        sheet.write_datetime(row, column, cell, shapes["time"])
    else:
        sheet.write_number(row, column, cell)


def _words(cell: Cell) -> str:
    """A cell as an official writes it: dates day first, truths Có / Không."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(_("Có") if cell else _("Không"))
    if isinstance(cell, dt.datetime):
        return cell.strftime("%H:%M %d/%m/%Y")
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, dt.time):
        return cell.strftime("%H:%M")
    return str(cell)


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "Danh sách"
