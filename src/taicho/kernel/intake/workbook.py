"""Rows of a .xlsx: values by calamine, and what calamine does not tell by one own pass over each sheet's XML."""

import io
import re
from dataclasses import dataclass, field
from typing import Any

from .grids import Grid, check_size, plain_cell
from .limits import MAX_SHEETS
from .packages import Package
from .verdicts import Fault, Unfit
from .xmlparts import Attributes, walk

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_LIVE = re.compile(
    r"\|[^|!]*!|\b(WEBSERVICE|FILTERXML|RTD|CALL|REGISTER|EXEC|IMPORT\w+|IMAGE|HYPERLINK|STOCKHISTORY)\s*\(|\[[^\]]+\][^(]*!",
    re.IGNORECASE,
)


@dataclass
class Marks:
    """What one sheet's XML says besides its values; places are (row, column) from 0."""

    formulas: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    page_heads: list[str] = field(default_factory=list)
    last_row: int = -1
    last_column: int = -1


@dataclass
class _Scan:
    """One pass over a sheet: formulas, hidden rows and columns, printed headers, the last filled cell."""

    title: str
    marks: Marks = field(default_factory=Marks)
    row: int = -1
    column: int = -1
    inside: str = ""
    formula: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self.row = _number(attributes.get("r")) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            if attributes.get("hidden") in {"1", "true"}:
                self.marks.hidden_rows.append(self.row)
        elif name == "c":
            self.row, self.column = self._place(attributes.get("r"))
        elif name in {"v", "is"}:
            self.marks.last_row = max(self.marks.last_row, self.row)
            self.marks.last_column = max(self.marks.last_column, self.column)
        elif name == "f":
            self.formula = ""
            self.marks.formulas.append((self.row, self.column))
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self.marks.hidden_columns += range(first - 1, min(last, first + 255))
        if name in {"f", "oddHeader", "oddFooter", "firstHeader", "evenHeader"}:
            self.inside = name

    def end(self, name: str) -> None:
        if name == "f" and _LIVE.search(self.formula):
            raise Unfit(Fault.LIVE_FORMULA, where=self.title, number=self.row + 1)
        self.inside = ""

    def words(self, text: str) -> None:
        if self.inside == "f":
            self.formula += text
        elif self.inside:
            self.marks.page_heads += [
                part for part in re.split(r"&[LCRBIUSXYEPNDTGFAZ]|&\"[^\"]*\"|&\d+", text) if part
            ]

    def _place(self, reference: str | None) -> tuple[int, int]:
        found = _REFERENCE.match(reference or "")
        if found is None:
            return self.row, self.column + 1
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        return int(found[2]) - 1, column - 1


def scan_sheets(package: Package) -> dict[str, Marks]:
    """The marks of every sheet part, by part name. Refuses live formulas (DDE, web) with sheet part and row."""
    marks = {}
    for name in package.names:
        if re.match(r"/?xl/worksheets/[^/]+\.xml$", name, re.IGNORECASE):
            scan = _Scan(name.rpartition("/")[2].removesuffix(".xml"))
            walk(package.read(name), scan.start, scan.end, scan.words)
            marks[name.lower()] = scan.marks
    return marks


def read_grids(data: bytes, package: Package, marks: dict[str, Marks]) -> list[Grid]:
    """Every worksheet as a grid. Formula cells come back empty and listed: a cached result is nobody's word."""
    import python_calamine

    places = _sheet_parts(package)
    if len(places) > MAX_SHEETS:
        raise Unfit(Fault.TOO_MANY_CELLS)
    for known in marks.values():
        check_size(known.last_row + 1, known.last_column + 1)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _grid(book.get_sheet_by_name(sheet.name), sheet, marks.get(places.get(sheet.name, ""), Marks()))
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.CalamineError as error:
        raise Unfit(Fault.BROKEN) from error


def _grid(sheet: Any, about: Any, marks: Marks) -> Grid:
    rows = [[plain_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for row, column in marks.formulas:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = None
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
    return Grid(
        name=about.name,
        rows=rows,
        hidden=str(about.visible).rpartition(".")[2] != "Visible",
        merged=merged,
        formulas=[list(place) for place in marks.formulas],
        hidden_rows=marks.hidden_rows,
        hidden_columns=marks.hidden_columns,
    )


def _sheet_parts(package: Package) -> dict[str, str]:
    """Sheet title → part name, through the workbook's own relations."""
    targets: dict[str, str] = {}
    parts: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else "xl/" + target
            ).lower()

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            key = next((value for label, value in attributes.items() if label.endswith(":id")), "")
            parts[attributes.get("name", "")] = targets.get(key, "")

    for name in package.names:
        if name.lower() == "xl/_rels/workbook.xml.rels":
            walk(package.read(name), relation)
    for name in package.names:
        if name.lower() == "xl/workbook.xml":
            walk(package.read(name), sheet)
    return parts


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 7 else 0
