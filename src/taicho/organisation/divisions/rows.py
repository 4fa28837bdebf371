"""The rows of the table: units with their days, read once, on first use."""

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO

from taicho.kernel.vietnamese import fold

FOLDER = "taicho.organisation.divisions"
APOSTROPHES = str.maketrans("", "", "'’‘`ʼ")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit, with its word and the short forms people type (P., Q., TP.)."""

    key: str
    level: str
    label_vi: str
    label_en: str
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """One unit while it is in force; a unit that changes name, kind or parent is a new row (house D15).

    `code` is the statistics office's (2, 3 or 5 digits) and may return: 00004 was Phường Trúc Bạch, then Phường Ba
    Đình. `valid_to` is the last day in force. None is open; `begins_exactly` and `ends_exactly` are False when the
    day is only a bound ("at the latest"), because no source gives it. `basis` says how `successor_codes` are known,
    or why there are none. `decision` is the number and the day of taking of the decision, where a source names it.
    """

    code: str
    level: str
    kind: str
    name: str
    full_name: str
    parent: str
    valid_from: date | None
    valid_to: date | None
    begins_exactly: bool
    ends_exactly: bool
    successor_codes: tuple[str, ...]
    basis: str
    decision: str

    def in_force(self, day: date) -> bool:
        """Whether the row holds on `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one source speaks for: its days, both included; an open end is None."""

    key: str
    covers_from: date
    covers_to: date | None
    source: str


def search_key(text: str) -> str:
    """What lookups compare: no marks, no case, no punctuation, numbers without leading zeros ("P. 01" is "p 1")."""
    words = WORD.findall(fold(text).translate(APOSTROPHES))
    return " ".join(str(int(word)) if word.isdecimal() else word for word in words)


@cache
def all_divisions() -> tuple[Division, ...]:
    """Every row of the table, sorted by level, code and beginning."""
    packed = files(FOLDER).joinpath("divisions.csv.gz").read_bytes()
    days = cache(_day)
    words = {kind.key: kind.label_vi for kind in kinds().values()}
    lines = csv.reader(StringIO(gzip.decompress(packed).decode("utf-8")))
    next(lines)
    return tuple(_division(line, words, days) for line in lines)


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of unit by key."""
    return {
        row["kind"]: Kind(row["kind"], row["level"], row["label_vi"], row["label_en"], tuple(row["short"].split()))
        for row in _small_table("kinds.csv")
    }


@cache
def snapshots() -> tuple[Snapshot, ...]:
    """What the sources speak for, oldest first."""
    return tuple(
        Snapshot(row["key"], date.fromisoformat(row["covers_from"]), _day(row["covers_to"]), row["source"])
        for row in _small_table("snapshots.csv")
    )


@cache
def basis_labels() -> dict[str, tuple[str, str]]:
    """What each `basis` means, Vietnamese and English."""
    return {row["basis"]: (row["label_vi"], row["label_en"]) for row in _small_table("bases.csv")}


def _small_table(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(StringIO(files(FOLDER).joinpath(name).read_text(encoding="utf-8")))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _division(line: list[str], words: dict[str, str], day: Callable[[str], date | None]) -> Division:
    code, level, kind, name, parent, begin, begin_mark, end, end_mark, successors, basis, decision = line
    return Division(
        code, level, kind, name, f"{words[kind]} {name}", parent, day(begin), day(end), begin_mark == "exact",
        end_mark == "exact", tuple(successors.split()), basis, decision,
    )  # fmt: skip
