"""The body of a document as a tree of printed labels (NĐ 30/2020, Phụ lục I: Phần, Mục, Điều, khoản, điểm)."""

import re
from dataclasses import dataclass, field

from taicho.directives.rules.reading.values import Clause

LABELS = (
    (1, re.compile(r"(?P<label>[IVXL]{1,6})\s?[.)–-]\s*(?=\S)")),
    (2, re.compile(r"(?P<label>Điều \d{1,3})\s?[.:]\s*")),
    (4, re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,5})\s?[.)]?\s+(?=\D)")),
    (3, re.compile(r"(?P<label>\d{1,2})\s?[.)–-]\s*(?=[^\d\s])")),
    (9, re.compile(r"(?P<label>[a-zđ])\s?\)\s*|(?P<dotted>[a-eđ])\.\s+")),
    (10, re.compile(r"(?P<label>[-–•])\s*(?=\S)")),
    (11, re.compile(r"(?P<label>\+)\s*(?=\S)")),
)
"""Rank and form of each label, the outermost first; "1.2.1" ranks one deeper for each dot, of which no office prints six."""
CLOSED = re.compile(r"\.\s?/\s?\.?$|/\s?\.$")
PARAGRAPH, CLOSING = "¶", "KẾT"


@dataclass(slots=True)
class _Open:
    """A clause that is still being read, and how many unnumbered children it has by mark."""

    rank: int
    label: str
    path: str
    line: int
    text: list[str]
    last: int
    children: dict[str, int] = field(default_factory=dict)


def read_clauses(lines: list[str], start: int, end: int) -> tuple[Clause, ...]:
    """The clauses of the body, which stands on the lines `start` to before `end`.

    Paragraphs under a label belong to it. A body without any label gives its paragraphs, `¶1` the first. The paragraph that
    closes with "./." is `KẾT`.
    """
    body = [(i, lines[i]) for i in range(start, end) if lines[i]]
    if not any(_label(line) for _, line in body):
        return _paragraphs(body)
    top = _Open(0, "", "", start, [], start)
    open_now, done = [top], []
    for i, line in body:
        found = _label(line)
        if found is None or not _fits(found[1], open_now):
            if len(open_now) > 1 and CLOSED.search(line) and _stands_alone(lines, i):
                done.append(Clause(CLOSING, line, i, i))
                continue
            _go_on(open_now[-1], i, line)
            continue
        rank, label, text = found
        while open_now[-1].rank >= rank:
            done.append(_close(open_now.pop()))
        above = open_now[-1]
        open_now.append(_Open(rank, label, _path(above, label), i, [text] if text else [], i))
    done.extend(_close(one) for one in reversed(open_now[1:]))
    return tuple(sorted(done, key=lambda clause: clause.line))


def begins_clause(line: str) -> bool:
    """Whether the line begins with a printed label or a dash."""
    return _label(line) is not None


def _label(line: str) -> tuple[int, str, str] | None:
    """Rank, label as it goes into the path, and the text behind it."""
    for rank, form in LABELS:
        found = form.match(line)
        if found:
            label = found["label"] or found.groupdict().get("dotted") or ""
            return rank + label.count("."), "-" if label in "–•" else label, line[found.end() :]
    return None


def _fits(label: str, open_now: list[_Open]) -> bool:
    """Whether a label of several numbers continues a number that is open: "1.2" does under 1, "16.30" is an hour."""
    numbers = [one.label for one in open_now if one.label[:1].isdigit()]
    before = label.rpartition(".")[0]
    return not before or not numbers or any(before in (number, number.rpartition(".")[0]) for number in numbers)


def _path(above: _Open, label: str) -> str:
    if label in "-+":
        above.children[label] = above.children.get(label, 0) + 1
        label = f"{label}{above.children[label]}"
    return f"{above.path}/{label}" if above.path else label


def _go_on(clause: _Open, at: int, line: str) -> None:
    if clause.rank:
        clause.text.append(line)
        clause.last = at


def _close(clause: _Open) -> Clause:
    return Clause(clause.path, "\n".join(clause.text), clause.line, clause.last)


def _stands_alone(lines: list[str], at: int) -> bool:
    """Whether the line begins a paragraph: the order that closes a document does, the end of its last clause does not."""
    return lines[at][:1].isupper() and (at == 0 or not lines[at - 1] or bool(CLOSED.search(lines[at])))


def _paragraphs(body: list[tuple[int, str]]) -> tuple[Clause, ...]:
    """The paragraphs after the one that opens the body ("… như sau:") count from ¶1 with it."""
    last = len(body) - 1
    return tuple(
        Clause(CLOSING if n == last and CLOSED.search(line) else f"{PARAGRAPH}{n + 1}", line, i, i)
        for n, (i, line) in enumerate(body)
    )
