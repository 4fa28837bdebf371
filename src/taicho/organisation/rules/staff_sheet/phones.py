"""Telephone cells: one number or several, a mobile or the office's line, a zero that the sheet program took away."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from taicho.kernel.intake.answers import Cell
from taicho.kernel.phone import parse_phone
from taicho.kernel.refusals import Refusal
from taicho.organisation.rules.staff_sheet.cells import words

BETWEEN = re.compile(r"\s*(?:[/;,|\n\r]|\s[-–—]+\s|\bhoặc\b|\bvà\b)\s*")
EXTENSION = re.compile(r"\s*(?:\(?\s*(?:máy lẻ|nội bộ|số máy lẻ|ml|ext)\s*[.:]?\s*[0-9]{1,5}\s*\)?)\s*$", re.IGNORECASE)
COUNTRY_IN_BRACKETS = re.compile(r"^\(\s*(\+?\s*84)\s*\)")
POWER = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
TEXT_MARK = "'’`"
LANDLINE = "02"


@dataclass(frozen=True, slots=True)
class Phones:
    """Numbers in their kept form: mobiles and landlines, in the order of the cell."""

    mobiles: tuple[str, ...] = ()
    landlines: tuple[str, ...] = ()


def read_phones(cell: Cell) -> Phones:
    """Every number of the cell. Refused: bad-phone (the kernel's sentence), lost-digits."""
    text = words(cell).strip(TEXT_MARK + " ")
    if POWER.fullmatch(text):
        raise Refusal(
            _("Excel đã rút gọn số điện thoại và làm mất chữ số. Định dạng cột là Text rồi nhập lại số."),
            code="lost-digits",
            field="phone",
        )
    mobiles: list[str] = []
    landlines: list[str] = []
    for number in map(_read_one, _parts(cell, text)):
        kind = landlines if number.startswith(LANDLINE) else mobiles
        if number not in kind:
            kind.append(number)
    return Phones(tuple(mobiles), tuple(landlines))


def _read_one(text: str) -> str:
    return parse_phone(COUNTRY_IN_BRACKETS.sub(r"\1", EXTENSION.sub("", text)))


def _parts(cell: Cell, text: str) -> list[str]:
    """The cell as one number when it reads so, else cut at what stands between numbers."""
    try:
        _read_one(text)
    except Refusal:
        lines = str(cell) if isinstance(cell, str) else text
        parts = [part for part in BETWEEN.split(lines.strip(TEXT_MARK + " ")) if re.search(r"[0-9]", part)]
        return parts if len(parts) > 1 and all(len(re.sub(r"\D", "", part)) >= 9 for part in parts) else [text]
    return [text]
