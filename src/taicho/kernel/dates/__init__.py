"""Dates, clocks and durations as Vietnamese offices write them (NĐ 30/2020/NĐ-CP), and a tolerant reader of them."""

from taicho.kernel.dates.durations import age, duration, remaining
from taicho.kernel.dates.reading import UnclearDate, parse_date, parse_sure_date
from taicho.kernel.dates.writing import (
    clock_time,
    official_date,
    official_moment,
    running_date,
    short_date,
    table_date,
    table_time,
    weekday_date,
    weekday_name,
)

__all__ = [
    "UnclearDate",
    "age",
    "clock_time",
    "duration",
    "official_date",
    "official_moment",
    "parse_date",
    "parse_sure_date",
    "remaining",
    "running_date",
    "short_date",
    "table_date",
    "table_time",
    "weekday_date",
    "weekday_name",
]
