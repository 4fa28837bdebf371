"""A sheet with its merged ranges opened up: which words a reader sees at a place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from taicho.kernel.intake.answers import Cell, Sheet
from taicho.organisation.rules.staff_sheet.cells import words

MOST_MERGED_CELLS = 200_000


@dataclass(frozen=True)
class Grid:
    """A sheet to be asked by place; rows and columns count from 0."""

    sheet: Sheet

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.sheet.rows)

    @cached_property
    def origins(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For every place inside a merged range the place that holds its value."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in self.sheet.merged:
            rows, columns = range(top, min(bottom + 1, self.height)), range(left, min(right + 1, self.width))
            if len(found) + len(rows) * len(columns) > MOST_MERGED_CELLS:
                break
            found |= {(row, column): (top, left) for row in rows for column in columns}
        return found

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.sheet.rows), default=0)

    def at(self, row: int, column: int) -> Cell:
        """The value a reader sees at a place, merged ranges included."""
        return self.raw(*self.origins.get((row, column), (row, column)))

    def raw(self, row: int, column: int) -> Cell:
        """The value that stands in this very cell."""
        if not 0 <= row < self.height or not 0 <= column < len(self.sheet.rows[row]):
            return None
        return self.sheet.rows[row][column]

    def filled(self, row: int) -> list[int]:
        """Columns of this row with words of their own (a merged range counts once, at its first cell)."""
        return [column for column in range(len(self.sheet.rows[row])) if words(self.raw(row, column))]

    def goes_down(self, row: int, column: int) -> bool:
        """Whether the cell is merged with the one below."""
        origin = self.origins.get((row, column))
        return origin is not None and origin == self.origins.get((row + 1, column))

    def span(self, row: int, column: int) -> int:
        """Over how many columns the cell reaches."""
        origin = self.origins.get((row, column))
        if origin is None:
            return 1
        return sum(1 for c in range(self.width) if self.origins.get((row, c)) == origin)

    def rows(self) -> Iterator[int]:
        """The numbers of the rows."""
        return iter(range(self.height))
