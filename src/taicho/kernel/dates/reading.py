"""Read a date as people write it (ux.md 8), and ask back where the writing leaves two days open.

Day before month, always. Accents, case and Unicode form do not matter: every text is folded first.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from taicho.kernel.dates.writing import WEEKDAYS, official_date
from taicho.kernel.refusals import Refusal
from taicho.kernel.vietnamese import fold

LONGEST_INPUT = 80
YEARS = range(1900, 2101)
"""Years of living people and of plans; anything else is a slip of the pen."""
CLEAR_WITHIN = timedelta(days=120)
"""A day and month without a year means the nearest one, when that one is this near; farther, we ask which year."""
CENTURY_CLEAR_WITHIN = 10
"""A two-digit year is taken as 20yy when that is at most so many years from today; farther, we ask which century."""

RELATIVE_DAYS = {"hom nay": 0, "hom qua": -1, "hom kia": -2, "mai": 1, "ngay mai": 1, "ngay kia": 2}
WEEKDAY = "thu hai|thu ba|thu tu|thu nam|thu sau|thu bay|chu nhat|thu [2-7]|t[2-7]|cn"
WEEKS = {"tuan nay": 0, "tuan truoc": -7, "tuan sau": 7, "tuan toi": 7}
CLOCK = r"\d{1,2}(?:h(?:\d{2})?|(?::\d{2}){1,2}(?:\.\d+)?(?: ?\+07:?00)?)"
CLOCK_BEFORE = re.compile(rf"^(?:luc )?{CLOCK}(?:, ?| )", re.ASCII)
CLOCK_AFTER = re.compile(rf"(?:, ?| luc | |t){CLOCK}$", re.ASCII)
NUMERIC = re.compile(
    r"(?P<day>\d{1,2})(?P<mark> ?[/.-] ?)(?P<month>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2}))?", re.ASCII
)
RUNNING = re.compile(r"(?P<day>\d{1,2}) ?thang (?P<month>\d{1,2})(?:,? ?(?:nam )?(?P<year>\d{4}|\d{2}))?", re.ASCII)
ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})", re.ASCII)
PACKED = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})", re.ASCII)
BLANKS = re.compile(r"(?:ngay ?)?[\d.…_]* ?(?:thang|/) ?[\d.…_]*(?: ?(?:nam|/) ?[\d.…_]*)?|(?:nam )?\d{4}", re.ASCII)


@dataclass(frozen=True)
class UnclearDate:
    """The text may mean several days, or one that it does not plainly say: ask with `question`, offer `choices`."""

    question: str
    choices: tuple[date, ...]


def parse_date(text: str, today: date) -> date | UnclearDate:
    """Read a day: 3/9/2021, 03-09-2021, 3.9.21, 03092021, 2021-09-03, "ngày 3/9", "hôm qua", "thứ Bảy tuần này",
    "ngày 04 tháng 9 năm 2021".

    A weekday before the date must agree with it; a clock time is dropped, unless it is of another time zone.
    Refused: bad-date.
    """
    plain = _plain(text)
    weekday, rest = _weekday_before(plain)
    if rest in RELATIVE_DAYS and weekday is None:
        return today + timedelta(days=RELATIVE_DAYS[rest])
    if weekday is not None and (not rest or rest in WEEKS):
        return _day_of_week(weekday, rest, today)
    found = _first_match(rest.removeprefix("ngay").strip())
    if found is None:
        raise _refusal(_why_unreadable(plain))
    return _agreeing(weekday, _from_parts(found, today))


def parse_sure_date(text: str, today: date) -> date:
    """`parse_date` where nobody can be asked: an unclear date is refused (unclear-date) with its question."""
    reading = parse_date(text, today)
    if isinstance(reading, UnclearDate):
        raise Refusal(reading.question, code="unclear-date")
    return reading


def _plain(text: str) -> str:
    if len(text) > LONGEST_INPUT:
        raise _refusal(_("Chỗ này chỉ ghi một ngày, ví dụ 03/9/2021."))
    plain = fold(text).strip(" ,;")
    if not plain:
        raise _refusal(_("Chưa ghi ngày. Ghi ngày, tháng, năm, ví dụ 03/9/2021."))
    return CLOCK_AFTER.sub("", CLOCK_BEFORE.sub("", plain)).strip(" ,;.|")


def _weekday_before(plain: str) -> tuple[int | None, str]:
    """The weekday a text begins with (Monday is 0), and the rest of the text."""
    found = re.match(rf"(?P<name>{WEEKDAY})(?![a-z0-9])", plain)
    if not found:
        return None, plain
    return _weekday_number(found["name"]), plain[found.end() :].strip(" ,()")


def _weekday_number(name: str) -> int:
    names = [fold(weekday) for weekday in WEEKDAYS]
    if name in names:
        return names.index(name)
    return 6 if name == "cn" else int(name[-1]) - 2


def _day_of_week(weekday: int, week: str, today: date) -> date | UnclearDate:
    """The day of a named week (Monday first). Without a week: the last and the next such day, to be asked."""
    monday = today - timedelta(days=today.weekday())
    if week:
        return monday + timedelta(days=weekday + WEEKS[week])
    ahead = today + timedelta(days=(weekday - today.weekday()) % 7)
    return _which((ahead - timedelta(days=7), ahead))


def _first_match(text: str) -> dict[str, str | None] | None:
    found = next((match for shape in (ISO, NUMERIC, RUNNING, PACKED) if (match := shape.fullmatch(text))), None)
    return found.groupdict() if found else None


def _from_parts(parts: dict[str, str | None], today: date) -> date | UnclearDate:
    day, month, year = int(parts["day"] or 0), int(parts["month"] or 0), parts["year"]
    if month > 12 and 1 <= day <= 12 and "mark" in parts:
        return _american(day, month, year, today)
    if not 1 <= month <= 12:
        raise _refusal(_("Không có tháng %(month)d. Ghi ngày trước, tháng sau, ví dụ 03/9/2021.") % {"month": month})
    if year is None:
        return _nearest(day, month, today)
    if len(year) == 2:
        return _of_century(day, month, int(year), today)
    return _exact(day, month, int(year))


def _american(month: int, day: int, year: str | None, today: date) -> UnclearDate:
    """9/30/2021 has its month first, as American spreadsheets write: never taken silently."""
    reading = _from_parts({"day": str(day), "month": str(month), "year": year}, today)
    return _which(reading.choices if isinstance(reading, UnclearDate) else (reading,))


def _exact(day: int, month: int, year: int) -> date:
    if year not in YEARS:
        raise _refusal(_("Năm %(year)d không hợp lý. Ghi năm đủ bốn chữ số, ví dụ 2021.") % {"year": year})
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise _refusal(
            _("Không có ngày %(day)d: tháng %(month)d năm %(year)d có %(last)d ngày.")
            % {"day": day, "month": month, "year": year, "last": last}
        )
    return date(year, month, day)


def _nearest(day: int, month: int, today: date) -> date | UnclearDate:
    candidates = _existing(day, month, (today.year - 1, today.year, today.year + 1))
    nearest = min(candidates, key=lambda candidate: abs(candidate - today))
    if abs(nearest - today) <= CLEAR_WITHIN:
        return nearest
    return _which(tuple(sorted(candidates, key=lambda candidate: abs(candidate - today))[:2]))


def _of_century(day: int, month: int, short_year: int, today: date) -> date | UnclearDate:
    """3.9.21 is 2021 while 2021 is near; 3.9.65 may be 1965 or 2065 and is asked."""
    year = 2000 + short_year
    if abs(year - today.year) <= CENTURY_CLEAR_WITHIN:
        return _exact(day, month, year)
    return _which(_existing(day, month, (year - 100, year)))


def _existing(day: int, month: int, years: tuple[int, ...]) -> tuple[date, ...]:
    """The candidates that the calendar has; when it has none, the refusal for the last year."""
    there = tuple(date(year, month, day) for year in years if 1 <= day <= monthrange(year, month)[1])
    return there or (_exact(day, month, years[-1]),)


def _agreeing(weekday: int | None, reading: date | UnclearDate) -> date | UnclearDate:
    """Hold the written weekday against the date: it decides between choices; a contradiction is refused."""
    if weekday is None:
        return reading
    choices = reading.choices if isinstance(reading, UnclearDate) else (reading,)
    right = tuple(choice for choice in choices if choice.weekday() == weekday)
    if not right:
        raise _refusal(
            _("Ngày %(date)s không phải là %(weekday)s. Kiểm tra lại thứ và ngày.")
            % {"date": official_date(choices[0]), "weekday": _(WEEKDAYS[weekday])}
        )
    return right[0] if len(right) == 1 else _which(right)


def _which(choices: tuple[date, ...]) -> UnclearDate:
    """Ask for one of two days, or for the consent to one."""
    choices = tuple(sorted(choices))
    first, *others = map(official_date, choices)
    if not others:
        return UnclearDate(_("Có phải ngày %(date)s không?") % {"date": first}, choices)
    question = _("Ngày này chưa rõ: %(first)s hay %(second)s? Ghi đủ ngày, tháng, năm.")
    return UnclearDate(question % {"first": first, "second": others[0]}, choices)


def _why_unreadable(plain: str) -> str:
    if BLANKS.fullmatch(plain):
        return _("Ngày còn để trống một phần. Ghi đủ ngày, tháng, năm, ví dụ 03/9/2021.")
    return _("Không đọc được ngày. Ghi ngày, tháng, năm, ví dụ 03/9/2021.")


def _refusal(sentence: str) -> Refusal:
    return Refusal(sentence, code="bad-date")
