"""A sheet on its way from the child to the parent: plain values only, each either JSON or a tagged text."""

import datetime as dt
from dataclasses import dataclass, field

from .limits import MAX_CELL_LETTERS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from .verdicts import Fault, Unfit

PlainCell = str | int | float | bool | None | dict[str, str | float]


@dataclass
class Grid:
    """One sheet; places count from 0. Cells: text, number, truth, None, or {"date": …}, {"time": …}, {"moment": …}."""

    name: str
    rows: list[list[PlainCell]]
    hidden: bool = False
    merged: list[list[int]] = field(default_factory=list)
    formulas: list[list[int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


def check_size(rows: int, columns: int) -> None:
    """Refuse a sheet larger than any office list, before memory is taken for it."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise Unfit(Fault.TOO_MANY_CELLS, number=rows)


def plain_cell(value: object) -> PlainCell:
    """A value as JSON can carry it without losing its type."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date | dt.time):
        return {"date" if isinstance(value, dt.date) else "time": value.isoformat()}
    if isinstance(value, dt.timedelta):
        return {"seconds": value.total_seconds()}
    return _number(value) if isinstance(value, float) else _word_or_count(value)


def _number(value: float) -> int | float:
    """Excel keeps every number as a fraction; whole ones come back whole."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _word_or_count(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)[:MAX_CELL_LETTERS]
