"""Write a day or a clock time.

The day always has two digits; the month has two only in January and February (NĐ 30/2020/NĐ-CP, Annex I; ux.md 8).
Every function takes a `date`, or an aware `datetime`, which is shown on Hanoi's calendar and clock. A naive `datetime`
is a bug of the caller and raises ValueError. Dates look the same in both interface languages; weekday names do not.
"""

from datetime import date, datetime, time

from django.utils.translation import gettext, gettext_noop

from taicho.kernel import clock

WEEKDAYS = (
    gettext_noop("Thứ Hai"),
    gettext_noop("Thứ Ba"),
    gettext_noop("Thứ Tư"),
    gettext_noop("Thứ Năm"),
    gettext_noop("Thứ Sáu"),
    gettext_noop("Thứ Bảy"),
    gettext_noop("Chủ nhật"),
)


def official_date(day: date) -> str:
    """The short official form: 03/9/2021, 15/02/2021."""
    day = _in_hanoi(day)
    return f"{short_date(day)}/{day.year:04}"


def short_date(day: date) -> str:
    """Day and month alone, where the year is plain to see: 04/9, 25/02."""
    day = _in_hanoi(day)
    return f"{day.day:02}/{_month(day)}"


def running_date(day: date) -> str:
    """The form of running text and of the line under a document's head: ngày 04 tháng 9 năm 2021."""
    day = _in_hanoi(day)
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year:04}"


def table_date(day: date) -> str:
    """The fixed-width form for columns of a table: 04/09/2021."""
    day = _in_hanoi(day)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def weekday_name(day: date) -> str:
    """Thứ Hai … Thứ Bảy, Chủ nhật, in the language of the reader."""
    return gettext(WEEKDAYS[_in_hanoi(day).weekday()])


def weekday_date(day: date) -> str:
    """Thứ Bảy, 04/9."""
    return f"{weekday_name(day)}, {short_date(day)}"


def clock_time(moment: time | datetime) -> str:
    """The hour as texts say it: 6h00, 17h30. Seconds are cut, not rounded. An aware datetime is shown in Hanoi time."""
    moment = _on_hanoi_clock(moment)
    return f"{moment.hour}h{moment.minute:02}"


def table_time(moment: time | datetime) -> str:
    """The fixed-width form for columns of a table: 06:00."""
    moment = _on_hanoi_clock(moment)
    return f"{moment.hour:02}:{moment.minute:02}"


def official_moment(at: datetime) -> str:
    """Clock and day of an aware instant: 17h30, 03/9/2021."""
    return f"{clock_time(at)}, {official_date(at)}"


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month <= 2 else str(day.month)


def _in_hanoi(day: date) -> date:
    if not isinstance(day, datetime):
        return day
    _refuse_naive(day)
    return clock.local(day).date()


def _on_hanoi_clock(moment: time | datetime) -> time:
    if not isinstance(moment, datetime):
        return moment
    _refuse_naive(moment)
    return clock.local(moment).time()


def _refuse_naive(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("A naive datetime has no place on Hanoi's clock: give an aware one.")
