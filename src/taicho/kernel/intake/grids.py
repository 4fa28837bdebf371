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
    if isinstance(value, str):
        return value[:MAX_CELL_LETTERS]
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, dt.time):
        return {"time": value.isoformat()}
    if isinstance(value, dt.timedelta):
        return {"seconds": value.total_seconds()}
    return str(value)[:MAX_CELL_LETTERS]
