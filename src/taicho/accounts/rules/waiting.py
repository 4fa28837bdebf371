"""How long to wait after wrong passwords: ten tries, then growing delays, never an endless lock (S-13)."""

from datetime import datetime, timedelta

FREE_TRIES = 10
"""Wrong tries for one account from one address before the first wait; at most so many in 15 minutes."""
FREE_TRIES_ANYWHERE = 50
"""Wrong tries for one account from all strange addresses before the first wait (NIST SP 800-63B-4: at most 100)."""
FREE_TRIES_OF_ADDRESS = 300
"""Wrong tries from one address for all accounts: loose, because one office is one address (S-11)."""
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)


def wait_after(failures: int, free: int = FREE_TRIES) -> timedelta:
    """How long to wait after that many failures in a row: nothing below `free`, then 15, 30, 60, 60 … minutes."""
    if failures < free:
        return timedelta()
    doublings = min(failures - free, 8)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def may_try_at(failures: int, last: datetime | None, free: int = FREE_TRIES) -> datetime | None:
    """The instant from which the next try is let in; None when no wait applies."""
    wait = wait_after(failures, free)
    return last + wait if last is not None and wait else None
