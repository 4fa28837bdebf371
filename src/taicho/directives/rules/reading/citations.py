"""Documents that the text names by number, or by kind and day."""

import re
from datetime import date

from taicho.directives.rules.reading.numbers import KINDS, LEGAL, PARTY, STATE, without_blanks
from taicho.directives.rules.reading.values import Citation
from taicho.kernel.vietnamese import fold

NAMES = {fold(name): name for name in (*KINDS.values(), "Công văn", "Văn bản", "Luật", "Pháp lệnh")}
KIND_BEFORE = re.compile(rf"\b(?P<kind>{'|'.join(sorted(NAMES, key=len, reverse=True))})(?: so)?[:. ]*$")
"""On folded text: scans lose accents ("Chi thị số 11-CT/TU")."""
DAY_AFTER = re.compile(r"^[^.;]{0,12}?ngày (?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
DAY_IN_WORDS = re.compile(r"^[^.;]{0,12}?ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})")
BEFORE, AFTER = 60, 300  # not a rule: letters around a number in which its kind, day and issuer are looked for
ISSUER_AFTER = re.compile(r"^ của (?P<issuer>.+?)(?= về | \(|[,;.\"“]| và | tại | yêu cầu|$)", re.IGNORECASE)


def read_citations(lines: list[str], own: str) -> tuple[Citation, ...]:
    """Each document cited in `lines`, once, in the order of the text; `own` is the document's own full number."""
    found: dict[str, Citation] = {}
    for at, line in enumerate(lines):
        for start, end, number in _numbers(line):
            known = found.get(number)
            if number == own or (known and known.day):
                continue
            found[number] = _citation(number, line[max(start - BEFORE, 0) : start], line[end : end + AFTER], at)
    return tuple(found.values())


def _numbers(line: str) -> list[tuple[int, int, str]]:
    """Where full numbers stand in the line; a legal number is tried first, because it holds a shorter one."""
    numbers: list[tuple[int, int, str]] = []
    taken = bytearray(len(line))
    for form in (LEGAL, STATE, PARTY):
        for found in form.finditer(line):
            start, end = found.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                numbers.append((start, end, without_blanks(found[0])))
    return sorted(numbers)


def _citation(number: str, before: str, after: str, at: int) -> Citation:
    named = KIND_BEFORE.search(fold(before))
    dated = DAY_AFTER.search(after) or DAY_IN_WORDS.search(after)
    rest = after[dated.end() :] if dated else after
    issued = ISSUER_AFTER.search(rest)
    return Citation(
        number=number,
        kind=NAMES[named["kind"]] if named else KINDS.get(re.split(r"[/-]", number)[1]),
        issuer=issued["issuer"].strip() if issued else None,
        day=_day(dated) if dated else None,
        line=at,
    )


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
