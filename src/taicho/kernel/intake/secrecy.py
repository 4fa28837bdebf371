"""Does a paper carry a secrecy mark? A pure rule over lines and a file name (L1, D12, trust.md S-17).

A *mark* is the stamp near the top (MẬT, TỐI MẬT, TUYỆT MẬT alone on a line or in a box), a "Độ mật:" field, the
document's own symbol ("Số: 12/BC-UBND(M)") or the file name. Words that merely speak of secrecy are none.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise

from .secret_names import level_in_name

__all__ = ["SecrecyMark", "mark_in", "mark_in_name", "mark_in_table"]

TOP_LINES = 40
"""A stamp stands in the letterhead: among the first so many lines that are not empty."""
FIRST_LINES = 8
"""Only here does "Mật" count when it is not written in capitals."""
LIST_ROW = 4
"""From so many filled cells a row belongs to a list; a name such as Mật in it is a name."""


class SecrecyMark(StrEnum):
    """The three levels of Luật Bảo vệ bí mật nhà nước."""

    MAT = "mat"
    TOI_MAT = "toi_mat"
    TUYET_MAT = "tuyet_mat"


_MAT = "m[aâậạ]t"
_LEVELS = {
    SecrecyMark.TUYET_MAT: re.compile(rf"tuy[eêệẹ]t{_MAT}"),
    SecrecyMark.TOI_MAT: re.compile(rf"t[oôốó]i{_MAT}"),
    SecrecyMark.MAT: re.compile(_MAT),
}
_COMPANY = r"(?:(?:thượng|thuong)?(?:khẩn|khan)|(?:hỏa|hoả|hoa)(?:tốc|toc)|bản|ban|sao|số|so|[abc]|\d+)*"
"""What may stand beside the level in a stamp: urgency, copy number, the envelope signs A, B, C."""
_LEAD = re.compile(r"(?:dấu|tàiliệu|vănbản|hồsơ|côngvăn|loại|mức|dau|tailieu|vanban|hoso|congvan)?")
_FIELD = re.compile(
    r"\W*(?:d[aấâ]u\s+ch[iỉ]\s+|m[uứư]c\s+|k[yý]\s+hi[eệê]u\s+)?(?:đ|d)[oộô]\s*m[aậâ]t\W*(?:\([^)]{0,80}\))?\s*[:：=\-–—]\s*(?P<value>.{0,40})",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:d[aấâ]u\s+ch[iỉ]\s+|m[uứư]c\s+|k[yý]\s+hi[eệê]u\s+)?(?:đ|d)[oộô]\s*m[aậâ]t\s*(?:\([^)]{0,80}\))?\W*",
    re.IGNORECASE,
)
_SYMBOL = re.compile(
    r"\W*s[oốô]\s*(?:v[aà]\s+k[yý]\s+hi[eệ]u)?\s*[:：.]?\s*(?P<symbol>[^\s,;][^,;]{0,60})", re.IGNORECASE
)
_SYMBOL_BRACKET = re.compile(
    r"[^\s()]*[\d\-/&.][^\s()]*\s*\(\s*"
    r"(?P<sign>M|TM|TUM|[Mm]ật|MẬT|MAT|(?:[Tt]ối|TỐI|[Tt]uyệt|TUYỆT) ?(?:[Mm]ật|MẬT))\s*\)"
)
_SYMBOL_TAIL = re.compile(r"\S*[\d\-/&.][^\s()]*?[-/](?P<sign>M|MẬT|Mật|MAT|TỐI ?MẬT|TUYỆT ?MẬT)\W*$")
_SIGNS = {"M": SecrecyMark.MAT, "TM": SecrecyMark.TOI_MAT, "TUM": SecrecyMark.TUYET_MAT}
_OPENED_BY_ONE = "chỉngườicótênmớiđượcbócbì"
_COMPOUND_BEFORE = frozenset({"bảo", "bí", "cơ", "bao", "bi", "co"})
_COMPOUND_AFTER = frozenset({"độ", "khẩu", "mã", "vụ", "ong", "do", "khau", "ma", "vu"})
_TITLE_BEFORE = re.compile(
    r"(quy|sổ|so|hướng|kế|báo|danh|nội|luật|nghị|thông|v/v|về)\b"
    r"|.*\b(quản lý|bảo vệ|về|các|sử dụng|và|của|chế độ|giao nhận|đăng ký|với|là)$",
    re.IGNORECASE,
)
_TWINS = str.maketrans("АВСЕНІКМОРТУХасеіорухΜΑΤΟΙΥΕ", "ABCEHIKMOPTYXaceiopyxMATOIYE")  # Cyrillic, Greek
_PIECES = re.compile(r"\t+|\s{3,}|[|│║┃¦]+")


def mark_in(lines: Iterable[str], *, name: str = "", heads: Iterable[str] = ()) -> SecrecyMark | None:
    """The secrecy mark of a written paper, or None.

    `lines` is the text from the top, `heads` what stands above or about it (page headers, watermark, properties),
    `name` the file's name.
    """
    top = _clean_top(lines)
    above = _clean_top(heads)
    return mark_in_name(name) or _mark_in_top(top) or _mark_in_top(above)


def mark_in_table(rows: Iterable[Sequence[object]], *, heads: Iterable[str] = ()) -> SecrecyMark | None:
    """The mark of a sheet: in the title rows above its list, in a "Độ mật" column, or in its printed headers."""
    rows = list(rows)
    title: list[str] = []
    for row in rows[:TOP_LINES]:
        filled = [_tidy(str(cell)) for cell in row if cell not in (None, "")]
        if len(filled) >= LIST_ROW:
            break
        title += filled
    return _mark_in_top(title, capitals=True) or _mark_in_top(_clean_top(heads)) or _mark_in_column(rows)


def mark_in_name(name: str) -> SecrecyMark | None:
    """The mark a file name carries, such as "KH 05 (MẬT).docx"; "mat_do_dan_cu.xlsx" carries none."""
    level = level_in_name(unicodedata.normalize("NFC", name))
    return SecrecyMark(level) if level else None


def _clean_top(lines: Iterable[str]) -> list[str]:
    top: list[str] = []
    for line in lines:
        for tidy in filter(None, map(_tidy, line.split("\n"))):
            top.append(tidy)
            if len(top) == TOP_LINES * 2:
                return top
    return top


def _tidy(line: str) -> str:
    """One line as letters an eye sees: NFKC (full-width, styled letters), no invisible characters."""
    seen = unicodedata.normalize("NFKD", line[:2000]).translate(_TWINS)
    kept = "".join(c for c in seen if unicodedata.category(c) not in {"Cf", "Co", "Cn"})
    return unicodedata.normalize("NFC", kept).strip(" \r\n\f\v\u00a0")


def _mark_in_top(top: Sequence[str], *, capitals: bool = False) -> SecrecyMark | None:
    for place, line in enumerate(top):
        before, after = _neighbour(top, place, -1), _neighbour(top, place, +1)
        found = _field_mark(line, after)
        if found is None and place < TOP_LINES:
            found = _symbol_mark(line)
            pieces = [piece for piece in _PIECES.split(line) if piece.strip()]
            if found is None and len(pieces) < LIST_ROW and not _is_half_a_word(line, before, after):
                loud = capitals or place >= FIRST_LINES
                found = next(filter(None, (_stamp(piece, before, loud=loud) for piece in [line, *pieces])), None)
        if found is not None:
            return found
    return None


def _neighbour(lines: Sequence[str], place: int, step: int) -> str:
    return lines[place + step] if 0 <= place + step < len(lines) else ""


def _is_half_a_word(line: str, before: str, after: str) -> bool:
    """A narrow column can cut "bảo | mật" and "mật | độ" in two: then the lone half is no stamp."""
    if len(_letters(line)) > 3:
        return False
    last, first = before.lower().split()[-1:], after.lower().split()[:1]
    return bool(_COMPOUND_BEFORE.intersection(last) or _COMPOUND_AFTER.intersection(first))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _stamp(piece: str, before: str, *, loud: bool) -> SecrecyMark | None:
    """The level when the piece is nothing but a stamp: however spaced, framed or joined with a degree of urgency."""
    if len(piece) > 120:
        return None
    letters = _letters(piece)
    if letters.lower() == _OPENED_BY_ONE:
        return SecrecyMark.TUYET_MAT
    for mark, pattern in _LEVELS.items():
        found = re.fullmatch(rf"({_LEAD.pattern})({pattern.pattern})({_COMPANY})", letters.lower())
        if found is None:
            continue
        written = letters[found.start(2) : found.end(2)]
        led, company = bool(found[1]), bool(found[3])
        if led and (piece.upper() != piece or _TITLE_BEFORE.match(before)):
            return None
        if company and not _ends_a_word(piece, found.end(2)):
            continue
        return mark if _is_loud(written, piece, loud=loud) else None
    return None


def _ends_a_word(piece: str, count: int) -> bool:
    """Whether the `count`-th letter of the piece is the last of its word."""
    places = [place for place, letter in enumerate(piece) if letter.isalnum()]
    return count >= len(places) or places[count] > places[count - 1] + 1


def _is_loud(written: str, piece: str, *, loud: bool) -> bool:
    """Whether the level is written as a stamp: in capitals, framed, or as "Mật" alone in the first lines."""
    if written.isupper():
        return True
    framed = re.match(r"\W*[\[({*<«]", piece) is not None
    return "ậ" in written.lower() and (framed or (not loud and written[0].isupper()))


def _field_mark(line: str, after: str) -> SecrecyMark | None:
    """ "Độ mật: Tối mật", also with the value on the next line or in the next cell."""
    found = _FIELD.match(line)
    if found is not None and found["value"].strip():
        return _level_alone(found["value"])
    if _LABEL.fullmatch(line):
        return _level_alone(after)
    cells = [cell.strip() for cell in _PIECES.split(line) if cell.strip()]
    for cell, following in pairwise(cells):
        if _LABEL.fullmatch(cell):
            return _level_alone(following)
    return next(filter(None, (_field_mark(cell, "") for cell in cells if len(cells) > 1)), None)


def _level_alone(value: str) -> SecrecyMark | None:
    """The level a field's value begins with, or the signs A, B, C of envelopes. A choice of several is a blank form."""
    words = value.strip(" \t[](){}*_\"'☒☑")
    named = re.findall(r"(?:tuyệt|tối|tuyet|toi)?\s*(?:mật|mat)\b(?!\s*độ)", words.lower())
    if len(named) > 1:
        return None
    first = _letters(
        re.split(r"[,;.()/\t]|\s{2,}| - |\s+(?:độ|mức)\b", words, maxsplit=1, flags=re.IGNORECASE)[0]
    ).lower()
    signs = {"a": SecrecyMark.TUYET_MAT, "b": SecrecyMark.TOI_MAT, "c": SecrecyMark.MAT}
    return signs.get(first) or next((mark for mark, level in _LEVELS.items() if level.fullmatch(first)), None)


def _symbol_mark(line: str) -> SecrecyMark | None:
    """The sign at the end of the paper's own symbol: "(M)", "(TM)", "(TUM)", "-M" or the level in words."""
    for piece in [line, *_PIECES.split(line)]:
        own = _SYMBOL.match(piece)
        found = own and (_SYMBOL_BRACKET.match(own["symbol"]) or _SYMBOL_TAIL.match(own["symbol"]))
        if found:
            return _SIGNS.get(found["sign"]) or _level_alone(found["sign"])
    return None


def _mark_in_column(rows: Sequence[Sequence[object]]) -> SecrecyMark | None:
    """A list with a "Độ mật" column that names a level for any row lists secret papers."""
    columns = {
        column: place
        for place, row in enumerate(rows[:TOP_LINES])
        for column, cell in enumerate(row)
        if isinstance(cell, str) and len(cell) < 60 and _LABEL.fullmatch(_tidy(cell))
    }
    for column, place in columns.items():
        for row in rows[place + 1 :]:
            cell = row[column] if column < len(row) else None
            found = _level_alone(_tidy(cell)) if isinstance(cell, str) and len(cell) < 60 else None
            if found is not None:
                return found
    return None
