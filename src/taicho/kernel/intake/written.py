"""The words of .docx and .odt, line by line: letterhead first, with headers, text boxes and properties."""

import re
from dataclasses import dataclass, field

from .kinds import Kind
from .limits import MAX_TEXT_LETTERS
from .packages import Package
from .verdicts import Fault, Unfit
from .xmlparts import Attributes, walk

_HEADS = re.compile(r"word/(header|footer)\d*\.xml$", re.IGNORECASE)
_WIDE_ROW = 4
"""From so many cells a table row is a row of a list, not a letterhead laid out as a table."""

_PARAGRAPHS = frozenset({"p", "h"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "line-break": "\n", "s": " "}


@dataclass
class Writing:
    """`head` is said about or above the text (headers, watermarks, properties); `body` is the text."""

    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


def words_of(package: Package, kind: Kind) -> Writing:
    """All words of a package that has passed `inspect_package`."""
    writing = Writing()
    if kind is Kind.ODT:
        writing.body = _lines(package.read("content.xml"))
        for name in ("styles.xml", "meta.xml"):
            writing.head += _lines(package.read(name)) if name in package.names else []
        return writing
    for name in package.names:
        if _HEADS.match(name):
            writing.head += _lines(package.read(name))
        elif name.lower() == "word/document.xml":
            writing.body = _lines(package.read(name))
    writing.head += properties_of(package)
    return writing


def properties_of(package: Package) -> list[str]:
    """What a package says about itself: title, subject, keywords, own properties; one line each."""
    parts = [name for name in package.names if name.startswith("docProps/") and name.endswith(".xml")]
    return [line for name in parts for line in _lines(package.read(name), every=True)]


def _lines(data: bytes, *, every: bool = False) -> list[str]:
    collector = _Collector(every=every)
    walk(data, collector.start, collector.end, collector.words)
    return collector.done()


class _Collector:
    """Paragraphs become lines; the cells of a wide row become one line, parted by tabs."""

    def __init__(self, *, every: bool) -> None:
        self._every = every
        self._lines: list[str] = []
        self._open: list[list[str]] = []
        self._rows: list[list[list[str]]] = []
        self._letters = 0
        self._listening = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _PARAGRAPHS:
            self._open.append([])
        elif name in {"tr", "table-row"}:
            self._rows.append([])
        elif name in {"tc", "table-cell"} and self._rows:
            self._rows[-1].append([])
        elif name in _BREAKS:
            self._write(_BREAKS[name])
        elif name == "textpath":  # WordArt, the usual way to stamp a page
            self._line(attributes.get("string", ""))
        elif name == "property" and "name" in attributes:
            self._line(attributes["name"] + ":")
        self._listening = self._every or name not in {"instrText", "delText", "annotation"}

    def end(self, name: str) -> None:
        if name in _PARAGRAPHS and self._open:
            self._line("".join(self._open.pop()))
        elif name in {"tr", "table-row"} and self._rows:
            self._close_row()
        elif self._every and self._open:
            self._line("".join(self._open.pop()))
        self._listening = True

    def words(self, text: str) -> None:
        if self._listening:
            if self._every and not self._open:
                self._open.append([])
            self._write(text)

    def done(self) -> list[str]:
        while self._rows:
            self._close_row()
        return self._lines

    def _write(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > MAX_TEXT_LETTERS:
            raise Unfit(Fault.TOO_HEAVY)
        if self._open:
            self._open[-1].append(text)

    def _line(self, text: str) -> None:
        target = self._rows[-1][-1] if self._rows and self._rows[-1] else self._lines
        target.extend(text.split("\n"))

    def _close_row(self) -> None:
        cells = self._rows.pop()
        if len(cells) >= _WIDE_ROW:
            self._line("\t".join(" ".join(cell).strip() for cell in cells))
        else:
            for cell in cells:
                for line in cell:
                    self._line(line)
