"""Days and years of birth as lists hold them: 15/8/1985, 1985-08-15, 15.8.85, 8/1985, 1985, a sheet's own day number."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from taicho.kernel.dates import UnclearDate, parse_date
from taicho.kernel.intake.answers import Cell
from taicho.kernel.refusals import Refusal
from taicho.kernel.vietnamese import fold
from taicho.organisation.rules.staff_sheet.cells import words

SHEET_EPOCH = date(1899, 12, 30)
DAY_NUMBERS = range(10_000, 45_000)
"""Days since the epoch of sheet programs that can be a birthday of somebody who works: 1927 to 2023."""
LONGEST_DAY_NUMBER = 5
YOUNGEST, OLDEST = 15, 100
YEAR = re.compile(r"(?:nam |sinh nam |sn )?((?:19|20)[0-9]{2})")
MONTH_YEAR = re.compile(r"(?:thang )?(0?[1-9]|1[0-2])\s*[/.\-]\s*((?:19|20)[0-9]{2})")
BLANK_DAY = re.compile(r"(?:0?0|\.+|_+|x+|\?+|…+)\s*[/.\-]\s*(?:0?0|\.+|_+|x+|\?+|…+)\s*[/.\-]\s*((?:19|20)[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Birth:
    """A year of birth, and the day where the list gives it."""

    year: int
    day: date | None = None


def read_birth(cell: Cell, today: date) -> Birth:
    """Read one cell; the day before the month, always. Refused: bad-birth with what is wrong and what to write."""
    birth = _read(cell, today)
    check_year(birth.year, today)
    return birth


def check_year(year: int, today: date) -> None:
    """Refused (bad-birth): a year in which nobody on a staff list can be born."""
    if not today.year - OLDEST <= year <= today.year - YOUNGEST:
        raise _refusal(_("Năm sinh %(year)d không hợp lý. Kiểm tra lại, ghi đủ bốn chữ số.") % {"year": year})


def join_birth(day: Cell, month: Cell, year: Cell, today: date) -> Birth:
    """Read a birthday whose day, month and year stand in columns of their own."""
    parts = [words(cell) for cell in (day, month, year)]
    if parts[0] and parts[1] and re.fullmatch(r"[0-9]{1,2}", parts[0]):
        return read_birth("/".join(parts), today)
    return read_birth(year, today)


def _read(cell: Cell, today: date) -> Birth:
    if isinstance(cell, datetime):
        return Birth(cell.year, cell.date())
    if isinstance(cell, date):
        return Birth(cell.year, cell)
    text = fold(words(cell)).strip(" ,;'").rstrip(".")
    if text.isdecimal() and len(text) == LONGEST_DAY_NUMBER and int(text) in DAY_NUMBERS:
        day = SHEET_EPOCH + timedelta(days=int(text))
        return Birth(day.year, day)
    for shape in (YEAR, BLANK_DAY):
        if found := shape.fullmatch(text):
            return Birth(int(found[1]))
    if found := MONTH_YEAR.fullmatch(text):
        return Birth(int(found[2]))
    return _from_words(re.sub(r"\s*([/.\-])[/.\-\s]*", r"\1", text), today)


def _from_words(text: str, today: date) -> Birth:
    """A whole day. A two-digit year is the one century in which the person can be of working age."""
    text = re.sub(r"^(sinh )?(ngay )", "", text)
    try:
        reading = parse_date(_with_century(text, today), today)
    except Refusal as refusal:
        raise _refusal(_("Ngày sinh: %(why)s") % {"why": refusal.sentence}) from refusal
    if isinstance(reading, UnclearDate):
        raise Refusal(_("Ngày sinh: %(why)s") % {"why": reading.question}, code="unclear-birth", field="birth_date")
    return Birth(reading.year, reading)


def _with_century(text: str, today: date) -> str:
    found = re.fullmatch(r"([0-9]{1,2})([/.\-])([0-9]{1,2})\2([0-9]{2})", text)
    if found is None:
        return text
    year = 2000 + int(found[4])
    year -= 100 if year > today.year - YOUNGEST else 0
    return f"{found[1]}/{found[3]}/{year}"


def _refusal(sentence: str) -> Refusal:
    return Refusal(sentence, code="bad-birth", field="birth_date")
