"""Paragraphs out of the lines of a printed page: a PDF breaks every paragraph where its paper ends."""

from itertools import pairwise

from taicho.directives.rules.reading.clauses import begins_clause
from taicho.directives.rules.reading.header import OPENING, begins_another_part
from taicho.directives.rules.reading.lines import is_heading, starts

FULL = 0.75  # not a rule: a line of at least this share of the widest ones may go on in the next
ENDS = (".", ";", ":", "!", "?", "…")
OPENERS = ("noi nhan", "v/v")


def as_paragraphs(text: str) -> str:
    """The text with lines joined that only the width of the paper parted; letters and their order stay.

    A line goes on when it is nearly as wide as the widest, does not end a sentence or an entry, and the next one begins
    neither a clause nor another part of the document.
    """
    lines = [line.strip() for line in text.splitlines()]
    full = FULL * _width(lines)
    joined = lines[:1]
    for line, following in pairwise(lines):
        if len(line) >= full and _goes_on(line, following):
            joined[-1] += f" {following}"
        else:
            joined.append(following)
    return "\n".join(joined)


def _width(lines: list[str]) -> int:
    """How wide the page is: one line in twenty may be wider."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 19 // 20] if lengths else 0


def _goes_on(line: str, following: str) -> bool:
    return bool(
        line and following and not line.endswith(ENDS) and not is_heading(line)
        and not begins_clause(following) and not starts(following, *OPENERS) and not _opens_a_part(following)
    )  # fmt: skip


def _opens_a_part(line: str) -> bool:
    """Whether another part of the head begins; "như sau:" may well end a paragraph that goes on here."""
    return begins_another_part(line) and not OPENING.search(line)
