"""Which department a row belongs to: its own cell, a merged cell, "như trên", the section it stands in."""

from collections.abc import Sequence

from taicho.organisation.rules.staff_sheet.cells import is_ditto, plain, says_nothing, words
from taicho.organisation.rules.staff_sheet.columns import Field
from taicho.organisation.rules.staff_sheet.grid import Grid
from taicho.organisation.rules.staff_sheet.header import Header
from taicho.organisation.rules.staff_sheet.layout import UNIT_WORD

BLOCK_SHARE = 0.5
"""When more than this share of the rows leaves the department empty, the list writes it once for a block of rows."""
MOST_SPECIFIC_FIRST = (Field.UNIT, Field.AGENCY)


class UnitReader:
    """Goes down a sheet and says which department each person's row belongs to, as written."""

    def __init__(self, grid: Grid, people: Sequence[tuple[int, Header]]) -> None:
        self.grid = grid
        self.section = ""
        self.last = ""
        own = [self._own(row, header) for row, header in people]
        empty = sum(1 for text in own if not text)
        self.writes_once = bool(own) and any(own) and empty > BLOCK_SHARE * len(own)

    @property
    def title_of_sheet(self) -> str:
        """The sheet's name when it reads like a department's: an office keeps one sheet for each."""
        return self.grid.sheet.name if UNIT_WORD.match(plain(self.grid.sheet.name)) else ""

    def begin_section(self, title: str) -> None:
        """A section row: it names the department of the rows below that name none."""
        self.section, self.last = title, title

    def unit_of(self, row: int, header: Header) -> str:
        """The department of a person's row; empty when the list does not say."""
        text = self._own(row, header)
        if text:
            self.last = text
            return text
        if self.writes_once or any(is_ditto(self.grid.raw(row, place)) for place in self._places(header)):
            return self.last
        return self.section

    def _own(self, row: int, header: Header) -> str:
        for place in self._places(header):
            cell = self.grid.at(row, place)
            if not says_nothing(cell) and not is_ditto(cell):
                return words(cell)
        return ""

    def _places(self, header: Header) -> list[int]:
        return [place for kind in MOST_SPECIFIC_FIRST for place in header.places(kind)]
