"""Move an old document into a drill: by whole weeks, so that every weekday stays what it was (house D14)."""

from datetime import date

WEEK = 7  # not a rule: days in a week


def whole_weeks(written: date, today: date) -> int:
    """By how many whole weeks `written` must move to lie in the last seven days up to `today`."""
    return (today - written).days // WEEK
