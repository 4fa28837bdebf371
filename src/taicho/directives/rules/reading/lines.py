"""The text of a document as lines: Unicode made one, traces of web pages and tables dropped, nothing else changed."""

import re
import unicodedata

from taicho.kernel.vietnamese import fold

REPLACED = str.maketrans({"\u01a2": "Ư", "\u01a3": "ư", "\u00a0": " ", "\t": " ", "|": " "})
"""U+01A2 stands for Ư in old PDF fonts; bars are the edges of tables."""
MARKS = re.compile(r"\*\*|__|^#{1,6} +|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)|[_^]\{(?=\w)|(?<=\w)\}")


def lines_of(text: str) -> list[str]:
    """The lines, each trimmed and with single blanks; empty lines stay, because they part paragraphs."""
    composed = unicodedata.normalize("NFC", text).translate(REPLACED)
    return [" ".join(MARKS.sub("", line).split()) for line in composed.splitlines()]


def is_heading(line: str) -> bool:
    """Whether the line is written in capitals, as names of bodies and kinds of documents are."""
    letters = [letter for letter in line if letter.isalpha()]
    return bool(letters) and all(letter.isupper() for letter in letters)


def starts(line: str, *words: str) -> bool:
    """Whether the line begins with one of `words`, whatever its accents and case (`words` are folded)."""
    return fold(line).startswith(words)
