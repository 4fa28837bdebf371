"""Columns of choice: category of employment, party membership, yes and no (B5, C9)."""

import re
from collections.abc import Iterable

from taicho.kernel.intake.answers import Cell
from taicho.organisation.enums import StaffCategory
from taicho.organisation.rules.staff_sheet.cells import plain, says_nothing, words

YES = frozenset({"x", "co", "v", "1", "yes", "y", "da co", "true", "dung", "roi", "c", "+", "*", "ok", "dv"})
NO = frozenset({"khong", "ko", "k", "0", "no", "n", "chua", "chua co", "khong co", "false", "sai", "-", "o"})
TICKS = frozenset("x×✓✔☑√v●•*+")
CROSSES = frozenset("-–—☐□○✗✘")
CATEGORIES: tuple[tuple[StaffCategory, str], ...] = (
    (StaffCategory.WORKER, r"hop dong|\bhd(ld)?\b|\bnld\b|nguoi lao dong|lao dong|\b68\b|\b111\b|\b161\b|\bhd68\b|\bhd111\b"),
    (StaffCategory.PUBLIC_EMPLOYEE, r"vien chuc|\bvc\b"),
    (StaffCategory.CIVIL_SERVANT, r"cong chuc|\bcc\b|\bcbcc\b|^can bo$|can bo cong chuc|\bcb\b"),
)  # fmt: skip
PARTY_MEMBER = re.compile(r"dang vien|\bdv\b|dcsvn")
DAY_JOINED = re.compile(r"(?:[0-9]{1,2}[/.\-])?[0-9]{1,2}[/.\-][0-9]{2,4}|(?:19|20)[0-9]{2}")


def read_category(cell: Cell) -> tuple[StaffCategory | None, bool]:
    """The category a cell names (None when it names none), and whether it also says "Đảng viên"."""
    text = plain(cell)
    found = next((category for category, sign in CATEGORIES if re.search(sign, text)), None)
    return found, PARTY_MEMBER.search(text) is not None


def only_ticks(cells: Iterable[Cell]) -> bool:
    """Whether a column is ticked: something is filled in, and all of it is ticks ("x"). A blank then says no."""
    filled = [words(cell).casefold() for cell in cells if words(cell)]
    return bool(filled) and all(set(text) <= TICKS for text in filled)


def read_yes_no(cell: Cell) -> bool | None:
    """Yes or no; None for an empty cell and for words that say neither. "1 máy", "Có (4G)", "Viettel" are yes."""
    shown = words(cell).casefold()
    if not shown:
        return None
    if set(shown) <= TICKS:
        return True
    if set(shown) <= CROSSES:
        return False
    text = plain(cell)
    if text in NO:
        return False
    if text in YES or re.match(r"co\b|[1-9]\b|da\b", text):
        return True
    return False if re.match(r"khong|chua|ko\b", text) else None


def read_party(cell: Cell) -> bool | None:
    """Whether the person is a member of the Party; a day of admission says yes. "Quần chúng" says no."""
    text = plain(cell)
    if re.match(r"quan chung|doan vien|khong|chua|ko\b", text):
        return False
    if PARTY_MEMBER.search(text) or DAY_JOINED.fullmatch(words(cell)) or re.match(r"chinh thuc|du bi", text):
        return True
    return None if says_nothing(cell) and text not in NO else read_yes_no(cell)
