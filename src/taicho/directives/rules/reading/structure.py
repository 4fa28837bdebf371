"""The simple reader: what the outward form of a document says, without understanding its sentences."""

from taicho.directives.rules.reading.citations import read_citations
from taicho.directives.rules.reading.clauses import read_clauses
from taicho.directives.rules.reading.closing import Closing, read_closing
from taicho.directives.rules.reading.header import OPENING, Head, read_head
from taicho.directives.rules.reading.lines import is_heading, lines_of, starts
from taicho.directives.rules.reading.numbers import OWN
from taicho.directives.rules.reading.values import Doubt, Reading


def read_structure(text: str) -> Reading:
    """Read one document by its form (A1, A2, A6). Of a file that holds several, the first; `doubts["number"]` says so."""
    lines = lines_of(text)
    another = _second_document(lines)
    lines = lines[:another]
    head = read_head(lines)
    if another is not None:
        head.doubts["number"] = Doubt.SEVERAL
    closing = read_closing(lines, head.ends)
    body = _body_start(lines, head.ends, closing.starts)
    values = {name: value for name, value in head.values.items()}
    own = f"{values.get('number', '')}/{values.get('symbol', '')}"
    return Reading(
        **values,
        recipients=closing.recipients, capacity=closing.capacity, title=closing.title, signer=closing.signer,
        clauses=read_clauses(lines, body, closing.starts),
        cites=read_citations(lines[: closing.starts], own),
        doubts=head.doubts, places=_places(head, closing),
    )  # fmt: skip


def _body_start(lines: list[str], start: int, end: int) -> int:
    """The line after the paragraph that opens the body ("…, như sau:"); `start` where there is none."""
    first = next((i for i in range(start, end) if lines[i]), start)
    return first + 1 if first < end and OPENING.search(lines[first]) else first


def _places(head: Head, closing: Closing) -> dict[str, tuple[int, int]]:
    places = dict(head.places)
    if closing.recipients:
        places["recipients"] = (closing.starts, closing.listed_to)
    if closing.signed_on:
        places |= {name: closing.signed_on for name in ("capacity", "title", "signer") if getattr(closing, name)}
    return places


def _second_document(lines: list[str]) -> int | None:
    """Where a second document begins in the same file: at the names above its number, after the first one's recipients."""
    ended = next((i for i, line in enumerate(lines) if starts(line, "noi nhan")), None)
    if ended is None:
        return None
    number = next((i for i in range(ended, len(lines)) if OWN.match(lines[i])), None)
    if number is None:
        return None
    at = next((i for i in range(number, ended, -1) if starts(lines[i], "cong hoa xa hoi chu nghia")), number)
    while at - 1 > ended and (not lines[at - 1] or is_heading(lines[at - 1])):
        at -= 1
    return at
