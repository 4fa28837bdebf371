"""Dates, hours and figures in templates, the way offices write them. Thin: the kernel knows the rules."""

from datetime import date, datetime, time

from django import template
from django.utils.translation import gettext as _

from taicho.kernel import dates, numbers

register = template.Library()


@register.filter
def official_date(day: date | None) -> str:
    """03/9/2021; "chưa có" for nothing."""
    return dates.official_date(day) if day else _("chưa có")


@register.filter
def short_date(day: date | None) -> str:
    """25/02."""
    return dates.short_date(day) if day else ""


@register.filter
def weekday_date(day: date | None) -> str:
    """Thứ Bảy, 04/9."""
    return dates.weekday_date(day) if day else ""


@register.filter
def running_date(day: date | None) -> str:
    """ngày 04 tháng 9 năm 2021."""
    return dates.running_date(day) if day else ""


@register.filter
def clock_time(moment: time | datetime | None) -> str:
    """7h02."""
    return dates.clock_time(moment) if moment else ""


@register.filter
def official_moment(at: datetime | None) -> str:
    """17h30, 03/9/2021."""
    return dates.official_moment(at) if at else ""


@register.filter
def figure(value: float | None) -> str:
    """1.234; "chưa nhận" for nothing, never 0."""
    return numbers.number(value) if value is not None else _("chưa nhận")
