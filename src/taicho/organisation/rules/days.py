"""Days and instants: a legal day begins at 0h00 in Việt Nam."""

from datetime import UTC, date, datetime, time, timedelta

from taicho.kernel.clock import HANOI


def start_of(day: date) -> datetime:
    """The instant (UTC) at which `day` begins in Việt Nam."""
    return datetime.combine(day, time.min, HANOI).astimezone(UTC)


def after(last_day: date) -> datetime:
    """The instant (UTC) at which `last_day` is over ("đến hết ngày")."""
    return start_of(last_day + timedelta(days=1))
