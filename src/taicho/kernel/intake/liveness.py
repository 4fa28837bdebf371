"""Would a sheet program run this text? (trust.md S-08; OWASP's list with the full-width twins)"""

import re

STARTERS = "=+-@＝＋－＠\t\r\n"
_BEFORE = " \u00a0\u200b\u200e\u200f\u2060\ufeff\u3000'\""
_HARMLESS = re.compile(
    r"[-–—\s]+"  # a dash, the office's word for "none"
    r"|[+-]?\d{1,3}(?:[.,]\d{3})*(?:[.,]\d+)?\s*%?"  # a signed number
    r"|[+-]?\d+(?:[.,]\d+)?\s*%?"
    r"|\+\d{1,3}(?:[ .]?\d{1,4}){2,5}"  # a telephone, +84 912 345 678
)
_FORMULA = re.compile(r"[=＝]\s*\S|[@＠+＋－-]+[^|!(]*[|!(]")


def is_live(text: str) -> bool:
    """True when a cell with this text could be taken for a formula; phones, numbers and "-" are not."""
    if not text.strip():
        return False
    if text[0] in ("\t", "\r", "\n"):
        return True
    shown = text.lstrip(_BEFORE)
    if not shown or shown[0] not in STARTERS:
        return False
    return _HARMLESS.fullmatch(shown.rstrip()) is None


def is_formula(text: str) -> bool:
    """True when a cell of a table that comes in holds a formula; a list dash before words ("- Như trên") is none."""
    return _FORMULA.match(text.lstrip(_BEFORE)) is not None
