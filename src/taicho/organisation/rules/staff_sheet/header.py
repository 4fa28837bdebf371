"""Find the header of a list: under title rows, in one or two lines, anywhere in the sheet, repeated on every page."""

from dataclasses import dataclass, field

from taicho.kernel.vietnamese import fold
from taicho.organisation.rules.staff_sheet.cells import is_small_count, plain, words
from taicho.organisation.rules.staff_sheet.columns import NAMES, Column, Field, field_of, field_under
from taicho.organisation.rules.staff_sheet.grid import Grid

LONGEST_LABEL = 90
NAME_SIGNS = ("ten", "name", "can bo", "nhan su")
FEWEST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Header:
    """Rows `top` to `bottom` of a sheet name the columns."""

    top: int
    bottom: int
    columns: tuple[Column, ...] = field(default=())

    def places(self, *fields: Field) -> list[int]:
        """The columns that hold one of the fields, from left to right."""
        return [column.place for column in self.columns if column.field in fields]

    def label(self, place: int) -> str:
        """The label of a column."""
        return next((column.label for column in self.columns if column.place == place), "")

    @property
    def names_people(self) -> bool:
        """A list of people has a column of names and at least one other known column."""
        known = {column.field for column in self.columns if column.field is not Field.NOTHING}
        return bool(known & {*NAMES} - {Field.FAMILY}) and len(known) >= FEWEST_COLUMNS


def header_at(grid: Grid, row: int) -> Header | None:
    """The header whose first line is `row`; None when that row names no columns of a list of people."""
    labels = {column: words(grid.at(row, column)) for column in range(grid.width)}
    if not _may_be_header(labels):
        return None
    one = Header(row, row, _columns(labels, {}))
    below = {column: words(grid.at(row + 1, column)) for column in range(grid.width)}
    if _has_second_line(grid, row, labels, below):
        two = Header(row, row + 1, _columns(_spread(grid, row, labels, below), below))
        return two if two.names_people else None
    return one if one.names_people else None


def is_count_row(grid: Grid, row: int) -> bool:
    """The row under a header that numbers its columns: 1, 2, 3 … or (1), (2), (3) …, also A, B, 1, 2."""
    cells = [words(grid.raw(row, column)) for column in grid.filled(row)]
    counts = [cell for cell in cells if is_small_count(cell)]
    return len(cells) > FEWEST_COLUMNS and len(counts) >= len(cells) - 2 and all(len(cell) <= 4 for cell in cells)


def _may_be_header(labels: dict[int, str]) -> bool:
    """Cheap look before the real one: two known labels, one of them a name, none of them long prose."""
    if not any(sign in fold(label) for label in labels.values() for sign in NAME_SIGNS):
        return False
    found = {field_of(label) for label in labels.values() if label and len(label) <= LONGEST_LABEL}
    return bool(found & {Field.NAME, Field.GIVEN}) and len(found - {None, Field.NOTHING}) >= FEWEST_COLUMNS


def _has_second_line(grid: Grid, row: int, labels: dict[int, str], below: dict[int, str]) -> bool:
    """Whether the next row belongs to the header: merged into it, or only short labels under labels that spread."""
    own = [column for column in grid.filled(row + 1)] if row + 1 < grid.height else []
    if any(grid.goes_down(row, column) for column, label in labels.items() if label):
        return True
    if not own or any(field_of(label) in NAMES for label in labels.values()) is False:
        return False
    name_places = [column for column, label in labels.items() if field_of(label) in (Field.NAME, Field.GIVEN)]
    known = [field_under(labels.get(column, ""), below[column]) for column in own if plain(below[column])]
    return (
        not any(place in own and field_of(below[place]) is None for place in name_places)
        and not any(is_small_count(below[column]) for column in own)
        and all(known) and all(field_of(below[column]) for column in own)
    )  # fmt: skip


def _spread(grid: Grid, row: int, labels: dict[int, str], below: dict[int, str]) -> dict[int, str]:
    """Labels of the first line, carried right over columns that only have a label in the second line."""
    spread, last = dict(labels), ""
    for column in range(grid.width):
        if spread[column]:
            last = spread[column]
        elif below[column] and (row, column) not in grid.origins:
            spread[column] = last
    return spread


def _label(parent: str, child: str, found: Field) -> str:
    """A label of one line that is read as the two lines were."""
    return next(
        (label for label in (child, parent, f"{parent} – {child}") if label and field_of(label) is found),
        child or parent,
    )


def _columns(labels: dict[int, str], below: dict[int, str]) -> tuple[Column, ...]:
    """The columns that are known. A second name under a label of its own is somebody else's: "Họ tên vợ (chồng)"."""
    columns, whose = [], None
    for place, parent in labels.items():
        child = below.get(place, "")
        found = field_under(parent, child)
        if found is Field.NAME:
            whose = whose or parent
            found = Field.NAME if parent == whose else Field.NOTHING
        if found is not None:
            columns.append(Column(place, found, _label(parent, child, found)))
    return tuple(columns)
