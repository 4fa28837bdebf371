"""What each row of a sheet is: header, section, person, sum, foot (ux.md 14: title rows and merged cells skipped)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from taicho.kernel.vietnamese import clean_name
from taicho.organisation.rules.staff_sheet.cells import is_small_count, plain, words
from taicho.organisation.rules.staff_sheet.columns import NAMES, Field
from taicho.organisation.rules.staff_sheet.grid import Grid
from taicho.organisation.rules.staff_sheet.header import Header, header_at, is_count_row
from taicho.organisation.rules.staff_sheet.names import looks_like_name

SUM = re.compile(r"(tong cong|tong so|tong|cong|cong don|cong phong|tong hop|si so|quan so)\b(?!.*\bhop\b)")
FOOT = re.compile(
    r"nguoi lap|lap bieu|lap bang|lap danh sach|thu truong|ky ten|ky,? (va )?ghi|\(ky|xac nhan|tm\.|kt\.|tl\.|tuq\.|noi nhan"
    r"|(an dinh|danh sach|danh sach nay) .*(co|gom|nguoi|dong chi)|ghi chu\s*[:(]|chu thich|luu y"
    r"|.*\bngay\s*[0-9.… ]+\s*thang\s*[0-9.… ]+\s*nam|nguoi kiem tra|ke toan|phu trach (bieu|danh sach)|bang chu"
)
UNIT_WORD = re.compile(
    r"phong|p\.|van phong|vp|ban|to\b|trung tam|tt\b|chi cuc|doi\b|khoi|lanh dao|bo phan|thanh tra|khoa|nhom|cuc|vu\b|don vi"
    r"|thuong truc|so\b|hoi\b|vien\b|tram|xuong|kho\b|doan\b|thu vien|bao tang"
)
ORDINAL = re.compile(r"(?:[ivxlcdm]+|[a-zđ]|[0-9]{1,2})[.):\-]?\s*", re.IGNORECASE)
LEADING = re.compile(
    r"^(?:(?:[IVXLC]+|[A-ZĐ])\s*[.):/\-–]+\s*|(?:[IVXLC]{2,}|[IVX])\s+|[0-9]{1,2}(?:\.[0-9]{1,2})*\s*[.):/\-–]+\s*|[-–*+•]\s*)"
)
COUNTED = re.compile(
    r"\s*[:\-–]?\s*[(\[]?\s*(?:tổng số\s*:?\s*)?\d+\s*(?:người|đồng chí|đ/c|cán bộ|cbcc|biên chế|ng)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
WIDE = 3


class RowKind(Enum):
    """What a row is."""

    HEADER = "header"
    SECTION = "section"
    PERSON = "person"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the sheet that counts: a section with its title, or a person under a header."""

    kind: RowKind
    row: int
    header: Header
    title: str = ""


def placed_rows(grid: Grid) -> Iterator[Placed]:
    """The sections and persons of a sheet, in order. Nothing before the first header; nothing after the foot."""
    header: Header | None = None
    resume, foot = 0, False
    for row in grid.rows():
        if row < resume:
            continue
        if found := header_at(grid, row):
            header, resume, foot = found, found.bottom + 1, False
            continue
        if header is None or not grid.filled(row) or is_count_row(grid, row):
            continue
        if _is_foot(grid, row, header):
            foot = True
            continue
        placed = _place(grid, row, header)
        foot = foot and placed.kind is not RowKind.SECTION
        if placed.kind is not RowKind.IDLE and not (foot and not _is_numbered(grid, row, header)):
            yield placed


def section_title(text: str) -> str:
    """The name of a section without its number and its count: "II. PHÒNG TỔNG HỢP (12 người)"."""
    return clean_name(LEADING.sub("", COUNTED.sub("", clean_name(text)))).strip(" .:;-–")


def _place(grid: Grid, row: int, header: Header) -> Placed:
    own = grid.filled(row)
    title = _section(grid, row, header, own)
    if title is not None:
        return Placed(RowKind.SECTION if title else RowKind.IDLE, row, header, title)
    number = header.places(Field.NUMBER)
    facts = [place for place in own if place not in number and any(c.place == place for c in header.columns)]
    formulas = any((row, column.place) in grid.sheet.formulas for column in header.columns)
    name_is_above = any(grid.origins.get((row, place), (row, place))[0] < row for place in header.places(*NAMES))
    if name_is_above or (not facts and not formulas) or _is_sum(grid, row, own):
        return Placed(RowKind.IDLE, row, header)
    return Placed(RowKind.PERSON, row, header)


def _section(grid: Grid, row: int, header: Header, own: list[int]) -> str | None:
    """The title when the row is a section; "" when it is one without a name; None when it is something else."""
    number = [place for place in own if place in header.places(Field.NUMBER)]
    rest = [place for place in own if place not in number]
    if number and is_small_count(grid.raw(row, number[0])) and len(rest) != 1:
        return None
    if not rest:
        return _alone(grid, row, number)
    if len(rest) > 2 or (len(rest) == 2 and not is_small_count(grid.raw(row, rest[1]))):
        return None
    text = words(grid.raw(row, rest[0]))
    if _is_sum(grid, row, own) or not re.search(r"[^\W\d_]", text):
        return None
    title = section_title(text)
    lettered = bool(number) and not is_small_count(grid.raw(row, number[0])) and _is_ordinal(grid, row, number[0])
    named = UNIT_WORD.match(plain(title)) is not None
    if grid.span(row, rest[0]) >= WIDE or lettered or (named and LEADING.match(text)):
        return title
    counted = bool(number) and is_small_count(grid.raw(row, number[0]))
    in_name_column = rest[0] in header.places(*NAMES)
    return title if named and not counted and not (in_name_column and _could_be_person(title)) else None


def _alone(grid: Grid, row: int, number: list[int]) -> str | None:
    """A row with one filled cell, in the column of running numbers: a section when it is a text."""
    if not number or is_small_count(grid.raw(row, number[0])):
        return None
    title = section_title(words(grid.raw(row, number[0])))
    return title if UNIT_WORD.match(plain(title)) or grid.span(row, number[0]) >= WIDE else ""


def _could_be_person(title: str) -> bool:
    """ "Đoàn Văn Ban" is a person; "Đoàn thanh niên" is not: a person's words all begin with capitals, three or more."""
    each = title.split()
    return looks_like_name(title) and not title.isupper() and len(each) >= 2 and all(w[:1].isupper() for w in each)


def _is_ordinal(grid: Grid, row: int, place: int) -> bool:
    return ORDINAL.fullmatch(words(grid.raw(row, place))) is not None


def _is_numbered(grid: Grid, row: int, header: Header) -> bool:
    return any(is_small_count(grid.raw(row, place)) for place in header.places(Field.NUMBER))


def _is_sum(grid: Grid, row: int, own: list[int]) -> bool:
    """A row of sums: one of its first words is Cộng or Tổng, and it does not read like a person."""
    texts = [plain(grid.raw(row, place)) for place in own[:3]]
    return any(SUM.match(text) for text in texts) and len(own) <= 4


def _is_foot(grid: Grid, row: int, header: Header) -> bool:
    """A line under the list: date and place, "Người lập biểu", signatures, remarks. Whoever has a name is no foot."""
    own = grid.filled(row)
    if _is_numbered(grid, row, header) or len(own) > WIDE:
        return False
    named = [place for place in own if place in header.places(*NAMES)]
    return any(FOOT.match(text) or text.startswith("(ky") for text in (plain(grid.raw(row, p)) for p in named or own))
