"""A cell as words: whatever its type, what a reader of the sheet sees."""

import re
from datetime import date, datetime, time

from taicho.kernel.intake.answers import Cell
from taicho.kernel.vietnamese import clean_name, fold

NOTHING = frozenset(
    {"", "khong", "ko", "k", "khong co", "chua co", "chua", "n/a", "na", "none", "null", "trong", "de trong", "#n/a"}
)
ONLY_MARKS = re.compile(r"[\W_]*")
DITTO = frozenset(
    {"nt", "nhu tren", "-nt-", "- nt -", "n.t", "nt.", "//", "''", '"', "”", "“", "″", "〃", "-//-", "như trên"}
)
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*")


def words(cell: Cell) -> str:
    """The cell as text, composed, trimmed, on one line; dates day first, whole numbers without a fraction."""
    match cell:
        case None:
            return ""
        case bool():
            return "Có" if cell else "Không"
        case datetime() | date():
            return cell.strftime("%d/%m/%Y")
        case time():
            return cell.strftime("%H:%M")
        case float() if cell.is_integer():
            return str(int(cell))
    return clean_name(str(cell))


def plain(cell: Cell) -> str:
    """The words without accents, case and outer punctuation, for comparing."""
    return fold(words(cell)).strip(" .:;,-–—*•")


def says_nothing(cell: Cell) -> bool:
    """True for an empty cell and for the marks offices put where there is nothing: "-", "không có", "x x x" apart."""
    text = words(cell)
    return ONLY_MARKS.fullmatch(text) is not None or fold(text).strip(" .-–—") in NOTHING


def is_ditto(cell: Cell) -> bool:
    """True for "như trên" and its marks: the cell repeats the one above."""
    text = words(cell)
    return bool(text) and (fold(text) in DITTO or text in DITTO)


def is_small_count(cell: Cell) -> bool:
    """True for a running number: 7, "7", "07", "7.", "(7)"."""
    return re.fullmatch(r"\(?0*[1-9][0-9]{0,4}[.)]?\)?", words(cell)) is not None


def has_letters(cell: Cell) -> bool:
    """Whether there is any word or figure in the cell."""
    return LETTER_OR_DIGIT.search(words(cell)) is not None
