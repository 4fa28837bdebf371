"""Days and instants: a legal day begins at 0h00 in Việt Nam."""

from datetime import UTC, date, datetime, time, timedelta

from taicho.kernel.clock import HANOI, local


def start_of(day: date) -> datetime:
    """The instant (UTC) at which `day` begins in Việt Nam."""
    return datetime.combine(day, time.min, HANOI).astimezone(UTC)


def after(last_day: date) -> datetime:
    """The instant (UTC) at which `last_day` is over ("đến hết ngày")."""
    return start_of(last_day + timedelta(days=1))


def begins(day: date | None, now: datetime) -> datetime | None:
    """The instant from which a day named on a form counts: its beginning, yet never before `now`. None for no day.

    "Từ hôm nay" is from now on: what was done this morning was done with the rights of this morning.
    """
    return max(start_of(day), now) if day else None


def is_start_of_day(at: datetime) -> bool:
    """Whether `at` is the turn of a day in Việt Nam."""
    return local(at).time() == time.min


def last_day_before(ends_at: datetime) -> date:
    """The last day that something ending at `ends_at` (exclusive) touches."""
    return local(ends_at - timedelta.resolution).date()
