"""From when until when a clause says it holds, where it says so in figures: a proposal for the person who confirms."""

import re
from dataclasses import dataclass
from datetime import date

DAY = r"(?:ngày\s+)?(\d{1,2})\s?/\s?(\d{1,2})(?:\s?/\s?(\d{4}))?"
FROM = re.compile(rf"(?:kể từ|từ)\s+{DAY}", re.IGNORECASE)
UNTIL = re.compile(rf"đến\s+(?:hết\s+)?{DAY}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included; None where the clause does not say."""

    first: date | None = None
    last: date | None = None


def period_in(text: str, issued_on: date | None) -> Period:
    """The first "từ ngày … đến hết ngày …" of a clause. A day without a year takes the one of the document."""
    return Period(_day(FROM.search(text), issued_on), _day(UNTIL.search(text), issued_on))


def _day(found: re.Match[str] | None, issued_on: date | None) -> date | None:
    if found is None:
        return None
    day, month, year = found.groups()
    if year is None and issued_on is None:
        return None
    try:
        return date(int(year) if year else issued_on.year, int(month), int(day))  # type: ignore[union-attr]
    except ValueError:
        return None
