"""Rows of a .csv: the delimiter is the one that cuts the lines most evenly; formulas are flagged."""

import csv
import io
import re

from .grids import Grid, check_size
from .limits import MAX_CELL_LETTERS
from .liveness import is_formula
from .verdicts import Fault, Unfit

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_LOOKED_AT = 20_000


def read_delimited(text: str) -> Grid:
    """The rows of a text table. Cells that a sheet program would run are emptied and listed in `formulas`."""
    csv.field_size_limit(MAX_CELL_LETTERS)
    body = _without_hint(text)
    try:
        rows = list(csv.reader(io.StringIO(body), delimiter=delimiter_of(text), strict=False))
    except csv.Error as error:
        raise Unfit(Fault.BROKEN) from error
    check_size(len(rows), max((len(row) for row in rows), default=0))
    formulas = [[r, c] for r, row in enumerate(rows) for c, cell in enumerate(row) if is_formula(cell)]
    live = {(r, c) for r, c in formulas}
    return Grid(
        name="",
        rows=[
            [None if not cell or (r, c) in live else cell for c, cell in enumerate(row)] for r, row in enumerate(rows)
        ],
        formulas=formulas,
    )


def delimiter_of(text: str) -> str:
    """The delimiter of a text table: Excel's own `sep=` line, else the most even cut of the first 20 lines."""
    if text[:4].lower() == "sep=" and text[4:5] in _DELIMITERS:
        return text[4]
    bare = _QUOTED.sub("", text[:_LOOKED_AT])
    lines = [line for line in bare.splitlines() if line.strip()][:20]

    def evenness(delimiter: str) -> tuple[int, int]:
        cuts = [line.count(delimiter) for line in lines]
        usual = max(set(cuts), key=lambda count: (cuts.count(count), count), default=0)
        return (cuts.count(usual), usual) if usual else (0, 0)

    return max(_DELIMITERS, key=evenness)


def _without_hint(text: str) -> str:
    return text.partition("\n")[2] if text[:4].lower() == "sep=" else text
