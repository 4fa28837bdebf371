"""The end of a document: who signs in which capacity, and who receives it ("Nơi nhận")."""

import re
from dataclasses import dataclass

from taicho.directives.rules.reading.header import list_below
from taicho.directives.rules.reading.lines import is_heading, starts

CAPACITY = re.compile(r"^(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s?\.\s*\S")
PURPOSE = re.compile(
    r"\s*[,;]?\s*\((?:để\s)?(?:b/c|báo cáo|p/h|phối hợp|thực hiện|chỉ đạo|t/h|biết)\)\s*$", re.IGNORECASE
)
NAME = re.compile(r"^(?:[^\W\d_]{1,8}\.?\s?){2,6}$")
DEEPEST_CLOSING = 25  # not a rule: lines after the recipients in which a signature is looked for


@dataclass(frozen=True, slots=True)
class Closing:
    """What the end says; `starts` is the first line that is not body any more."""

    starts: int
    recipients: tuple[str, ...] = ()
    listed_to: int = 0
    capacity: str | None = None
    title: str | None = None
    signer: str | None = None
    signed_on: tuple[int, int] | None = None


def read_closing(lines: list[str], body: int) -> Closing:
    """Read the end of the document whose body begins on line `body`."""
    at = next((i for i in range(body, len(lines)) if starts(lines[i], "noi nhan")), None)
    if at is None:
        return Closing(len(lines))
    listed, last = list_below(lines, at + 1)
    recipients = tuple(_plain(entry) for entry in listed)
    block = [(i, lines[i]) for i in range(last + 1, min(len(lines), last + 1 + DEEPEST_CLOSING)) if lines[i]]
    titles = [(i, line) for i, line in block if is_heading(line)]
    capacity = next((line for _, line in titles if CAPACITY.match(line)), None)
    title = next((line for _, line in titles if not CAPACITY.match(line)), None)
    signer = next(
        (line for i, line in block if not is_heading(line) and titles and i > titles[0][0] and NAME.match(line)), None
    )
    on = (titles[0][0], block[-1][0]) if titles else None
    return Closing(at, recipients, last, capacity, title, signer, on)


def _plain(entry: str) -> str:
    """A recipient without the purpose in brackets and marks that only separate."""
    return PURPOSE.sub("", entry).rstrip(";,. ")
