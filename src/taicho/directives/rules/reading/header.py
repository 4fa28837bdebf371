"""The head of a document: issuer, number, place and day, kind, subject, addressees (NĐ 30/2020, Phụ lục I)."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taicho.directives.rules.reading.lines import is_heading, starts
from taicho.directives.rules.reading.numbers import KINDS, LETTER, OWN, kind_of, without_blanks
from taicho.directives.rules.reading.values import Doubt
from taicho.kernel.vietnamese import fold

DEEPEST_HEAD = 60  # not a rule: lines in which a head is looked for
PLACE_AND_DAY = re.compile(
    r"^(?P<place>[^,;:.]{2,50}),? ngày\s*(?P<day>\d{1,2})?\s*[.…]*\s*tháng\s*(?P<month>\d{1,2})?\s*[.…]*\s*năm\s*(?P<year>\d{4})?",
    re.IGNORECASE,
)
NATION = ("cong hoa xa hoi chu nghia viet nam", "doc lap", "dang cong san viet nam")
BODIES_OF_A_PLACE = ("uy ban nhan dan", "hoi dong nhan dan", "ban chi dao")
PLACES = ("tinh", "thanh pho", "tp", "quan", "huyen", "thi xa", "phuong", "xa ", "thi tran")
TITLES = {fold(name): name for name in KINDS.values()}
OPENING = re.compile(r"(?:như sau|sau đây|nội dung sau)\s?:?$")
"""How the paragraph that opens the body ends."""
FIRST_CLAUSE = re.compile(r"(?:I|1|Điều 1|a)\s?[.):]\s*\S")
"""How the first clause of a body begins."""
ISSUING = r"(?:ban hành|xây dựng|triển khai|yêu cầu|đề nghị|hướng dẫn|thông báo|tổ chức|chỉ đạo)"
ISSUER_IN_BODY = re.compile(rf"(?:^|[,;.] )(?P<issuer>[A-ZĐỦ][^,;.]{{2,90}}?) {ISSUING} [^;]*:$")


@dataclass(slots=True)
class Head:
    """What the head says, where, what is doubtful, and the line on which the body begins."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    ends: int = 0

    def note(self, name: str, value: Any, first: int, last: int | None = None, doubt: Doubt | None = None) -> None:
        """Keep a value that was found on the lines `first` to `last`."""
        self.values[name] = value
        self.places[name] = (first, first if last is None else last)
        if doubt:
            self.doubts[name] = doubt


def read_head(lines: list[str]) -> Head:
    """Read the head; a part that is not there is left out, never guessed without a doubt beside it."""
    head = Head()
    top = lines[:DEEPEST_HEAD]
    numbered = next(((i, found) for i, line in enumerate(top) if (found := OWN.match(line))), None)
    if numbered is not None:
        _number(head, *numbered)
        _issuer(head, top[: numbered[0]])
    _place_and_day(head, top)
    titled = next((i for i, line in enumerate(top) if is_heading(line) and fold(line) in TITLES), None)
    if titled is not None:
        head.note("kind", TITLES[fold(top[titled])], titled)
    _subject(head, top, titled)
    _addressees(head, lines)
    _kind(head)
    head.ends = 1 + max((last for _, last in head.places.values()), default=-1)
    _issuer_of_body(head, lines)
    return head


def _number(head: Head, at: int, found: re.Match[str]) -> None:
    number, symbol = found["number"], found["symbol"] or found["party"]
    head.note("symbol", without_blanks(symbol), at)
    if number:
        head.note("number", number.replace(" ", ""), at)
    else:
        head.doubts["number"] = Doubt.BLANK


def _issuer(head: Head, above: list[str]) -> None:
    """The names in capitals above the number: the last is the issuer, what stands over it the superior."""
    named = [(i, line) for i, line in enumerate(above) if is_heading(line) and not starts(line, *NATION)]
    bodies: list[tuple[int, int, str]] = []
    for i, line in named:
        if bodies and starts(line, *PLACES) and fold(bodies[-1][2]) in BODIES_OF_A_PLACE:
            first, _, body = bodies.pop()
            bodies.append((first, i, f"{body} {line}"))
        else:
            bodies.append((i, i, line))
    if bodies:
        first, last, issuer = bodies[-1]
        head.note("issuer", issuer, first, last)
    if len(bodies) > 1:
        head.note("superior", " ".join(body for _, _, body in bodies[:-1]), bodies[0][0], bodies[-2][1])


def _place_and_day(head: Head, top: list[str]) -> None:
    for i, line in enumerate(top):
        found = PLACE_AND_DAY.match(line)
        if not found:
            continue
        head.note("place", found["place"].strip(), i)
        parts = [found[name] for name in ("year", "month", "day")]
        if not all(parts):
            head.doubts["day"] = Doubt.BLANK
            return
        try:
            head.note("day", date(*(int(part) for part in parts)), i)
        except ValueError:
            head.doubts["day"] = Doubt.IMPOSSIBLE_DATE
        return


def _subject(head: Head, top: list[str], titled: int | None) -> None:
    """The lines from "V/v", or the paragraph under the kind of document."""
    first = next((i for i, line in enumerate(top) if re.match(r"V/v\b|Về việc\b", line, re.IGNORECASE)), None)
    if first is None and titled is not None:
        first = next((i for i in range(titled + 1, len(top)) if top[i]), None)
    if first is None:
        return
    last = first
    while last + 1 < len(top) and top[last + 1] and not _ends_subject(top[last + 1]):
        last += 1
    head.note("subject", " ".join(top[first : last + 1]), first, last)


def _ends_subject(line: str) -> bool:
    """Whether the line goes on with something else: the text of a PDF has no blank line between subject and body."""
    return begins_another_part(line) or FIRST_CLAUSE.match(line) is not None


def begins_another_part(line: str) -> bool:
    """Whether the line is no continuation of the subject: a name in capitals, number, place and day, addressees, body."""
    return bool(
        is_heading(line) or OWN.match(line) or PLACE_AND_DAY.match(line) or OPENING.search(line)
        or starts(line, "kinh gui", "can cu ", *NATION)
    )  # fmt: skip


def _addressees(head: Head, lines: list[str]) -> None:
    at = next((i for i, line in enumerate(lines[:DEEPEST_HEAD]) if starts(line, "kinh gui")), None)
    if at is None:
        return
    rest = re.sub(r"^kính gửi[^:]*:?", "", lines[at], flags=re.IGNORECASE).strip()
    if rest:
        head.note("addressees", (tidy(rest),), at)
        return
    listed, last = list_below(lines, at + 1)
    if listed:
        head.note("addressees", tuple(listed), at, last)


def list_below(lines: list[str], start: int) -> tuple[list[str], int]:
    """The dashed lines from `start` on, blank lines between them allowed; and the last line of the list.

    A line without a dash goes on with the entry above it, unless that one has its full stop: text of a PDF has no blank
    line behind a list.
    """
    listed: list[list[str]] = []
    last = start - 1
    for i in range(start, len(lines)):
        line = lines[i]
        if re.match(r"[-–•]\s*\S", line):
            listed.append([line])
        elif line and (not listed or last != i - 1 or is_heading(line) or lines[last].endswith(".")):
            break
        elif line:
            listed[-1].append(line)
        else:
            continue
        last = i
    return [" ".join(filter(None, map(tidy, parts))) for parts in listed], last


def tidy(line: str) -> str:
    """One entry of a list without its dash and its closing mark."""
    return re.sub(r"^[-–•]\s*|[;.,\s]+$", "", line)


def _kind(head: Head) -> None:
    if "kind" in head.values or "symbol" not in head.values:
        return
    kind = kind_of(head.values["symbol"])
    head.note("kind", kind, *head.places["symbol"], None if kind == LETTER else Doubt.FROM_SYMBOL)


def _issuer_of_body(head: Head, lines: list[str]) -> None:
    """Who "triển khai …, như sau:" in the first paragraph, where the head names no issuer."""
    if "issuer" in head.values:
        return
    at = next((i for i in range(head.ends, len(lines)) if lines[i]), None)
    if at is None:
        return
    found = ISSUER_IN_BODY.search(lines[at])
    if found:
        head.note("issuer", found["issuer"].strip(), at, doubt=Doubt.FROM_BODY)
