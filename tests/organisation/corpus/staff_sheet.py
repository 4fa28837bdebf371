"""A sheet that is written row by row together with the truth of each row."""

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from tests.organisation.corpus.staff_forms import Cell
from tests.organisation.corpus.staff_truth import Outcome, Row

MOMENT = (2021, 9, 3, 8, 0, 0)


class Ledger:
    """Writes cells downwards and keeps the truth of every row, also of those nobody should import."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet, self.rows, self.results = sheet, list[Row](), dict[str, Cell]()

    @property
    def next_row(self) -> int:
        """The number of the row that comes next."""
        return len(self.rows) + 1

    def put(self, cells: Mapping[int, Cell] | Sequence[Cell]) -> int:
        """Write one row; a mapping names its columns, counted from 1."""
        number = self.next_row
        places = cells if isinstance(cells, Mapping) else dict(enumerate(cells, start=1))
        for column, content in places.items():
            if content is None:
                continue
            cell = self.sheet.cell(number, column, content)
            if isinstance(content, datetime.datetime):
                cell.number_format = "dd/mm/yyyy"
        return number

    def skip(self, why: str, cells: Mapping[int, Cell] | Sequence[Cell] = (), *, merge: str = "") -> None:
        """A row that holds no person: title, heading, section, blank, footer. `merge` such as "A:L"."""
        number = self.put(cells)
        self.rows.append(Row(self.sheet.title, number, Outcome.SKIPPED, why=why))
        if merge:
            first, last = merge.split(":")
            self.sheet.merge_cells(f"{first}{number}:{last}{number}")

    def person(self, cells: Mapping[int, Cell] | Sequence[Cell], **truth: Any) -> None:
        """A row that holds, or should hold, a person."""
        number = self.put(cells)
        self.rows.append(Row(self.sheet.title, number, truth.pop("outcome", Outcome.IMPORTED), **truth))

    def formula(self, column: int, text: str, result: Cell) -> str:
        """A formula for a cell of the coming row; its result is stored beside it, as Excel does."""
        self.results[f"{get_column_letter(column)}{self.next_row}"] = result
        return text


def saved(book: openpyxl.Workbook, results: Mapping[str, Cell] | None = None, sheet: int = 1) -> bytes:
    """The bytes of the book with a fixed date and, behind each formula, the result that Excel would store."""
    book.properties.created = book.properties.modified = datetime.datetime(*MOMENT)
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    target = f"xl/worksheets/sheet{sheet}.xml"
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as copy:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == target:
                content = with_results(content.decode(), results or {}).encode()
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2021-09-03T08:00:00Z", content)
            fixed = zipfile.ZipInfo(part.filename, date_time=MOMENT)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(fixed, content)
    return out.getvalue()


def with_results(xml: str, results: Mapping[str, Cell]) -> str:
    """The sheet's XML with a stored result behind the formulas at these places."""
    for place, result in results.items():
        kind = ' t="str"' if isinstance(result, str) else ""
        pattern = rf'<c r="{place}"([^>]*)><f>(.*?)</f><v ?/?>(</v>)?</c>'
        xml, count = re.subn(pattern, rf'<c r="{place}"\1{kind}><f>\2</f><v>{result}</v></c>', xml)
        if count != 1:
            raise ValueError(f"no formula at {place}")
    return xml
