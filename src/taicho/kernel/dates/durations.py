"""Say a length of time: how long is left, how long overdue, how old. Full minutes count; seconds are dropped."""

from datetime import timedelta

from django.utils.translation import gettext as _

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def duration(length: timedelta) -> str:
    """34 phút · 4 giờ 58 · 4 giờ · 2 ngày 3 giờ · dưới 1 phút. A negative length raises ValueError."""
    if length < timedelta():
        raise ValueError("A duration is not negative.")
    if length < MINUTE:
        return _("dưới 1 phút")
    if length < HOUR:
        return _("%(minutes)d phút") % {"minutes": length // MINUTE}
    if length < DAY:
        return _hours(length)
    return _days(length)


def remaining(left: timedelta) -> str:
    """Before the deadline: còn 34 phút. On it or after: đến hạn, quá hạn 12 phút."""
    if left > timedelta():
        return _("còn %(duration)s") % {"duration": duration(left)}
    if -left < MINUTE:
        return _("đến hạn")
    return _("quá hạn %(duration)s") % {"duration": duration(-left)}


def age(length: timedelta) -> str:
    """How stale a figure is: cũ 40 phút."""
    return _("cũ %(duration)s") % {"duration": duration(length)}


def _hours(length: timedelta) -> str:
    hours, minutes = length // HOUR, length % HOUR // MINUTE
    if not minutes:
        return _("%(hours)d giờ") % {"hours": hours}
    return _("%(hours)d giờ %(minutes)02d") % {"hours": hours, "minutes": minutes}


def _days(length: timedelta) -> str:
    days, hours = length // DAY, length % DAY // HOUR
    if not hours:
        return _("%(days)d ngày") % {"days": days}
    return _("%(days)d ngày %(hours)d giờ") % {"days": days, "hours": hours}
