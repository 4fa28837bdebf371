"""Say the hour of a due time: the end of a day is 24h00 of that day, not 0h00 of the next."""

from datetime import datetime, timedelta

from taicho.kernel import clock
from taicho.kernel.dates import clock_time


def due_hour(due_at: datetime) -> str:
    """7h30, 24h00."""
    return "24h00" if is_end_of_day(due_at) else clock_time(due_at)


def due_day(due_at: datetime) -> datetime:
    """An instant of the day people mean: for 24h00 the day that ends then. Local."""
    return clock.local(due_at) - timedelta(microseconds=1) if is_end_of_day(due_at) else clock.local(due_at)


def is_end_of_day(due_at: datetime) -> bool:
    """Whether the instant is midnight on the office's clock."""
    here = clock.local(due_at)
    return here.hour == here.minute == here.second == 0
