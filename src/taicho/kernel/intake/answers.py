"""The child's answer, believed only in the shape agreed: whoever owns the child must not own the parent."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .kinds import Kind
from .limits import MAX_CELLS, MAX_ROWS, MAX_SHEETS, MAX_TEXT_LETTERS
from .verdicts import Fault, Unfit

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read; places (row, column) count from 0, the first row of the file is row 0.

    Cells listed in `formulas` are None in `rows`: a formula's cached result is not taken for data. `merged` ranges
    are (first row, first column, last row, last column); only their first cell holds the value.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child found."""

    kind: Kind
    text: str | None = None
    sheets: tuple[Sheet, ...] = ()
    pixels: Place | None = None
    held: tuple[str, ...] = ()


def believe(raw: bytes) -> Answer:
    """Turn the child's bytes into an `Answer`; raises `Unfit` for its verdict, and for any answer out of shape."""
    try:
        said = json.loads(raw)
        if "fault" in said:
            raise Unfit(Fault(said["fault"]), where=_word(said.get("where")), number=_count(said.get("number")))
        return Answer(
            kind=Kind(said["kind"]),
            text=_text(said.get("text")),
            sheets=tuple(_sheet(sheet) for sheet in (said.get("sheets") or [])[:MAX_SHEETS]),
            pixels=(int(said["width"]), int(said["height"])) if "width" in said else None,
            held=tuple(map(str, said.get("held", ()))),
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise Unfit(Fault.TOO_HEAVY) from error


def surprise_in(raw: bytes) -> str:
    """The name of the exception that surprised the child, for the log; empty when there was none."""
    try:
        said = json.loads(raw)
        return str(said.get("surprise", ""))[:60] if isinstance(said, dict) else "not a verdict"
    except (ValueError, RecursionError):
        return "no answer"


def _sheet(said: dict[str, Any]) -> Sheet:
    rows = tuple(tuple(map(_cell, row)) for row in said["rows"])
    if len(rows) > MAX_ROWS or sum(map(len, rows)) > MAX_CELLS:
        raise ValueError
    return Sheet(
        name=_text(said["name"]) or "",
        rows=rows,
        hidden=said["hidden"] is True,
        merged=tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in said["merged"]),
        formulas=frozenset((int(row), int(column)) for row, column in said["formulas"]),
        hidden_rows=frozenset(map(int, said["hidden_rows"])),
        hidden_columns=frozenset(map(int, said["hidden_columns"])),
    )


_TAGS: dict[str, Callable[[Any], Cell]] = {
    "date": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "seconds": lambda seconds: dt.timedelta(seconds=float(seconds)),
}


def _cell(said: Any) -> Cell:
    if said is None or isinstance(said, str | bool | int | float):
        return said
    ((tag, value),) = said.items()
    return _TAGS[tag](value)


def _text(said: Any) -> str | None:
    if said is not None and (not isinstance(said, str) or len(said) > 2 * MAX_TEXT_LETTERS):
        raise ValueError
    return said


def _word(said: Any) -> str:
    return "".join(letter for letter in str(said or "")[:60] if letter.isalnum() or letter in " .-_")


def _count(said: Any) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 10**9 else None
