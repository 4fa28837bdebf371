"""What a reader returns. None and empty mean "not in the text", never "none"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Doubt(StrEnum):
    """Why a value that was read must be looked at by a person before it counts."""

    FROM_BODY = "from_body"
    FROM_SYMBOL = "from_symbol"
    BLANK = "blank"
    IMPOSSIBLE_DATE = "impossible_date"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Clause:
    """One labelled part of the body.

    `path`: printed labels from the top joined by "/": `II/1/1.2/-3` is the third dash below 1.2; `¶2` the second paragraph
    of a body without labels; `KẾT` the closing order. `text`: the label is not in it; paragraphs are kept apart by a line
    break. `line` and `last_line`: where it stands in the text, counted from 0.
    """

    path: str
    text: str
    line: int
    last_line: int

    @property
    def depth(self) -> int:
        """1 for a top-level clause."""
        return self.path.count("/") + 1


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document that the text names: its full number, and its day, issuer and kind where they are given."""

    number: str
    kind: str | None
    issuer: str | None
    day: date | None
    line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one document (A1, A2, A6).

    `number` and `symbol` as printed: "1061/UBND-VP" gives "1061" and "UBND-VP". `capacity` is the line above the signer's
    title ("TM. ỦY BAN NHÂN DÂN"). `doubts` names the fields a person must check, each with its reason; `places` gives the
    first and last line (from 0) of each field that was found.
    """

    number: str | None = None
    symbol: str | None = None
    kind: str | None = None
    issuer: str | None = None
    superior: str | None = None
    place: str | None = None
    day: date | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    capacity: str | None = None
    title: str | None = None
    signer: str | None = None
    clauses: tuple[Clause, ...] = ()
    cites: tuple[Citation, ...] = ()
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def top_clauses(self) -> tuple[Clause, ...]:
        """The numbered clauses of the first level; paragraphs without a label are none."""
        return tuple(clause for clause in self.clauses if clause.depth == 1 and clause.path[0] not in "¶K-")
