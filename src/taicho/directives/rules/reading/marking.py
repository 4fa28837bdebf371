"""The original text with the places marked from which something was read (ux.md 4; look.md, highlight)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from taicho.directives.rules.reading.facts import ABOUT, FIELDS
from taicho.directives.rules.reading.lines import REPLACED
from taicho.directives.rules.reading.values import Reading

Span = tuple[int, int, str, bool, bool]
"""Start and end in the line, letter, doubt, whether the run ends here."""
KEYS = dict(zip(FIELDS, "abcdefghijklm", strict=True))
"""The letter of each field, the same in the text and at its field."""
CITED = "n"
"""The letter of every cited document."""
BETWEEN = r"[\s|*_#^]+"
DAY = r"\D{0,12}".join(("0?%d", "0?%d", "%d"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text: `key` names what was read there (empty: nothing), `doubtful` that a person must look.

    What runs over several lines has its letter printed where it `ends`.
    """

    text: str
    key: str = ""
    doubtful: bool = False
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the file has it, in pieces; `clause` is the path of the clause that begins here."""

    pieces: tuple[Piece, ...]
    clause: str = ""


LONGEST_MARKED = (
    20_000  # not a rule: letters of a line in which cited documents are marked; longer ones no office writes
)
LONGEST_VALUE = 2_000  # not a rule: letters of a value that is looked for; no field of the register takes more
MOST_MARKED = 100  # not a rule: entries of a list that are looked for; a hostile page lists tens of thousands


def marked_lines(text: str, reading: Reading, *, most: int) -> list[Line]:
    """The first `most` lines of `text` as they stand, runs of empty lines made one, with the read places marked."""
    raw = unicodedata.normalize("NFC", text).splitlines()[:most]
    spans = _spans([line.translate(REPLACED) for line in raw], reading)
    clauses = {clause.line: clause.path for clause in reading.clauses}
    lines: list[Line] = []
    for number, line in enumerate(raw):
        if line.strip() or (lines and lines[-1].pieces):
            lines.append(Line(tuple(_pieces(line, spans[number])), clauses.get(number, "")))
    return lines


def keys_found(lines: list[Line]) -> set[str]:
    """The letters that stand somewhere in the marked text."""
    return {piece.key for line in lines for piece in line.pieces if piece.key}


def _spans(lines: list[str], reading: Reading) -> dict[int, list[Span]]:
    """The marked runs of each line; they do not overlap, the first field to ask has it."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for field, name in FIELDS.items():
        value, place = getattr(reading, name), reading.places.get(name)
        if not value or place is None:
            continue
        for pattern in _patterns(name, value):
            for line, start, end, ends in _found(lines, place, pattern):
                _add(spans[line], (start, end, KEYS[field], name in reading.doubts, ends))
    for cited in reading.cites:
        if cited.line >= len(lines) or len(lines[cited.line]) > LONGEST_MARKED:
            continue
        for line, start, end, ends in _found(lines, (cited.line, cited.line), _written(cited.number)):
            _add(spans[line], (start, end, CITED, False, ends))
    return spans


def _add(taken: list[Span], span: Span) -> None:
    start, end = span[:2]
    if end > start and not any(start < other[1] and other[0] < end for other in taken):
        taken.append(span)


def _patterns(name: str, value: Any) -> list[str]:
    """What to look for: a day in figures, each entry of a list, the subject without "V/v"."""
    if isinstance(value, date):
        return [DAY % (value.day, value.month, value.year)]
    if isinstance(value, tuple):
        return [_written(one) for one in value[:MOST_MARKED]]
    return [_written(ABOUT.sub("", value) if name == "subject" else value)]


def _written(value: str) -> str:
    """A pattern of the words, however they are spaced and broken into lines; one that never matches for a longer value."""
    if len(value) > LONGEST_VALUE:
        return r"(?!)"
    words = (r"\s*".join(re.escape(letter) for letter in word) for word in value.split())
    return BETWEEN.join(words)


def _found(lines: list[str], place: tuple[int, int], pattern: str) -> Iterator[tuple[int, int, int, bool]]:
    """Line, start, end, last of the first match within the lines of `place`; a match over several lines is cut at each."""
    first, last = place[0], min(place[1], len(lines) - 1)
    found = re.search(pattern, "\n".join(lines[first : last + 1]))
    offset = 0
    for number in range(first, last + 1):
        line = lines[number]
        if found and found.start() < offset + len(line) and offset < found.end():
            start, end = max(found.start() - offset, 0), min(found.end() - offset, len(line))
            inside = line[start:end]
            ends = found.end() <= offset + len(line)
            yield number, start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip()), ends
        offset += len(line) + 1


def _pieces(line: str, spans: list[Span]) -> Iterator[Piece]:
    at = 0
    for start, end, key, doubtful, ends in sorted(spans):
        if start > at:
            yield Piece(line[at:start])
        yield Piece(line[start:end], key, doubtful, ends)
        at = end
    if line[at:].strip():
        yield Piece(line[at:])
