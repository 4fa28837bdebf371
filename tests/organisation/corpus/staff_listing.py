"""Columns and tidy rows for lists whose only trait is their shape."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from tests.organisation.corpus.staff_forms import Cell, grouped
from tests.organisation.corpus.staff_people import Person
from tests.organisation.corpus.staff_rows import plain_row
from tests.organisation.corpus.staff_sheet import Ledger

CATEGORY_SHORT = {"civil_servant": "CC", "public_employee": "VC", "worker": "NLĐ"}


def excel_day(one: Person) -> Cell:
    """The birth as a date cell."""
    return datetime.datetime(one.birth.year, one.birth.month, one.birth.day)


def text_day(one: Person) -> Cell:
    """The birth as text."""
    return f"{one.birth:%d/%m/%Y}"


def spaced_phone(one: Person) -> Cell:
    """0912 345 678."""
    return grouped(one.phones[0], " ")


def plain_phone(one: Person) -> Cell:
    """0912345678."""
    return one.phones[0]


def of(attribute: str) -> Callable[[Person], Cell]:
    """A column that shows an attribute as it is."""
    return lambda one: str(getattr(one, attribute))


def category(one: Person) -> Cell:
    """CC, VC or NLĐ."""
    return CATEGORY_SHORT[one.category]


def truth_of(one: Person, known: Sequence[str]) -> dict[str, Any]:
    """The truth of a tidy row, only of what the file has columns for."""
    every = plain_row(one, 1).truth()
    empty: dict[str, Any] = {"birth": None, "phones": (), "party_member": None}
    always = {"name", "outcome", "reason", "why", "note", "traits"}
    return {key: found if key in always or key in known else empty.get(key, "") for key, found in every.items()}


class Listing:
    """A simple list: one heading row and tidy rows."""

    def __init__(self, sheet: Worksheet, columns: Mapping[str, tuple[str, Callable[[Person], Cell]]]) -> None:
        self.ledger, self.columns = Ledger(sheet), columns

    @property
    def known(self) -> list[str]:
        """What the columns tell."""
        return [key for key, _ in self.columns.values()]

    def heading(self) -> None:
        """The heading row."""
        self.ledger.skip("heading", list(self.columns))

    def write(self, people: Sequence[Person]) -> None:
        """One row a person."""
        for one in people:
            self.ledger.person([show(one) for _, show in self.columns.values()], **truth_of(one, self.known))


def book_and_sheet(title: str) -> tuple[openpyxl.Workbook, Worksheet]:
    """A new book and its first sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return book, sheet
