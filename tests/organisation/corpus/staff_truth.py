"""What must become of each row of a staff list: the truth that stands beside every generated file."""

import datetime
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What the import must do with a source row."""

    IMPORTED = "imported"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why a row is truly wrong. An import has its own words; these are kinds to compare with."""

    MISSING_NAME = "missing_name"
    IMPOSSIBLE_DATE = "impossible_date"
    FUTURE_BIRTH = "future_birth"
    BAD_PHONE = "bad_phone"
    UNKNOWN_DEPARTMENT = "unknown_department"
    DUPLICATE = "duplicate"
    FORMULA = "formula"


@dataclass(frozen=True)
class Row:
    """One source row and its truth. `number` counts from 1 as Excel shows it.

    `birth` is a date, a bare year, or None. `phones` are national digits ("0900012345"). `department` is the
    official name of `DEPARTMENTS`. `category` is the identifier of the glossary: civil_servant,
    public_employee, worker. Texts are NFC, trimmed, with single spaces. A duplicate may be rejected or
    skipped, as long as the person is there once. The fields of a rejected row say what would be right.
    """

    sheet: str
    number: int
    outcome: Outcome
    why: str = ""
    reason: Reason | None = None
    name: str = ""
    birth: datetime.date | int | None = None
    phones: tuple[str, ...] = ()
    department: str = ""
    position: str = ""
    category: str = ""
    party_member: bool | None = None
    email: str = ""
    residence: str = ""
    lodging: str = ""
    note: str = ""
    home_computer: bool | None = None
    home_internet: bool | None = None
    traits: tuple[str, ...] = ()

    def same_name(self, other: str) -> bool:
        """Whether a name is this person's, whatever its case: a house may keep capitals or lower them."""
        return plain(self.name).casefold() == plain(other).casefold()

    def same_birth(self, other: datetime.date | int | str | None) -> bool:
        """Whether a stored birth says the same: the date, or the year when only that was given."""
        if isinstance(self.birth, datetime.date):
            return str(other) == self.birth.isoformat()
        return str(other or "") == str(self.birth or "")

    def agrees(self, outcome: str) -> bool:
        """Whether what the import did is right for this row."""
        if self.reason is Reason.DUPLICATE:
            return outcome in {Outcome.REJECTED, Outcome.SKIPPED}
        return outcome == self.outcome


@dataclass
class StaffFile:
    """A generated file: its bytes as uploaded and the truth of every row of the list's sheet."""

    name: str
    content: bytes
    rows: list[Row] = field(default_factory=list)

    def with_outcome(self, outcome: Outcome) -> list[Row]:
        """The rows of one outcome, in their order."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def people(self) -> list[Row]:
        """The rows that hold, or should hold, a person."""
        return [row for row in self.rows if row.outcome is not Outcome.SKIPPED]

    @property
    def trait_counts(self) -> Counter[str]:
        """How many rows carry each trait."""
        return Counter(trait for row in self.rows for trait in row.traits)


def plain(text: str) -> str:
    """NFC, no hidden spaces, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00a0", " ").split())
