"""Read the sheets of a workbook: every person as a row with facts, faults and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from taicho.kernel.intake.answers import Sheet
from taicho.organisation.rules.staff_sheet.columns import Field
from taicho.organisation.rules.staff_sheet.fill_down import UnitReader
from taicho.organisation.rules.staff_sheet.grid import Grid
from taicho.organisation.rules.staff_sheet.layout import Placed, RowKind, placed_rows
from taicho.organisation.rules.staff_sheet.person_row import read_person, ticked_columns
from taicho.organisation.rules.staff_sheet.rows import ReadRow
from taicho.organisation.rules.staff_sheet.twins import mark_twins

LONGEST_UNIT = 200


class NoHeader(Exception):
    """No sheet has a row that names the columns of a list of people."""


class TooManyRows(Exception):
    """The list is longer than the limit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook holds: people in order, and the sheets that were left aside (hidden, or not a list)."""

    rows: tuple[ReadRow, ...]
    read: tuple[str, ...]
    left_aside: tuple[str, ...]


def read_sheets(sheets: Sequence[Sheet], today: date, *, most: int) -> Reading:
    """Read every visible sheet that is a list of people. Raises NoHeader, TooManyRows (more than `most` people)."""
    rows: list[ReadRow] = []
    read, aside = [], []
    for sheet in sheets:
        placed = [] if sheet.hidden else list(placed_rows(Grid(sheet)))
        people = [one for one in placed if one.kind is RowKind.PERSON]
        if len(rows) + len(people) > most:
            raise TooManyRows
        if people:
            rows += _read_sheet(Grid(sheet), placed, people, today)
            read.append(sheet.name)
        elif any(any(cell is not None for cell in row) for row in sheet.rows):
            aside.append(sheet.name)
    if not rows:
        raise NoHeader
    mark_twins(rows)
    return Reading(tuple(rows), tuple(read), tuple(aside))


def _read_sheet(grid: Grid, placed: list[Placed], people: list[Placed], today: date) -> list[ReadRow]:
    places = [(one.row, one.header) for one in people]
    units, ticked = UnitReader(grid, places), ticked_columns(grid, places)
    rows: list[ReadRow] = []
    for one in placed:
        if one.kind is RowKind.SECTION:
            units.begin_section(one.title)
            continue
        row = read_person(grid, one.row, one.header, today, above=rows[-1] if rows else None, ticked=ticked)
        row.unit = units.unit_of(one.row, one.header)
        if len(row.unit) > LONGEST_UNIT:
            row.refuse("too-long", _("Tên phòng, đơn vị dài hơn %(most)d chữ.") % {"most": LONGEST_UNIT})
            row.unit = row.unit[:LONGEST_UNIT]
        row.unit_missing = not row.unit and bool(one.header.places(Field.UNIT, Field.AGENCY))
        rows.append(row)
    if not any(one.header.places(Field.UNIT, Field.AGENCY) for one in people):
        for row in rows:
            row.unit = row.unit or units.title_of_sheet
    return rows
