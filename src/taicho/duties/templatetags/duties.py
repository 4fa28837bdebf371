"""Words of the margin in which the hour of a duty stands (look.md 7, giờ ở lề)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext as _

from taicho.duties.queries.work import WorkItem
from taicho.duties.rules.hours import due_day, due_hour
from taicho.kernel import clock
from taicho.kernel.dates import remaining, short_date

register = template.Library()


@dataclass(frozen=True, slots=True)
class Margin:
    """The hour, the instant for machines, what is left or the day below it."""

    time: str
    when: str
    left: str


@register.simple_tag
def margin(item: WorkItem, now: datetime) -> Margin:
    """The due hour with what is left; without a due time the day on which it was opened."""
    if item.due_at is None or item.left is None:
        opened = clock.local(item.opens_at)
        return Margin(short_date(opened), opened.isoformat(), _("không hạn"))
    day = due_day(item.due_at)
    below = remaining(item.left) if day.date() == clock.today(now) or item.left < timedelta() else short_date(day)
    return Margin(due_hour(item.due_at), clock.local(item.due_at).isoformat(), below)


@register.filter(name="due_hour")
def hour_of(due_at: datetime) -> str:
    """7h30, 24h00."""
    return due_hour(due_at)


@register.filter
def due_date(due_at: datetime) -> str:
    """The day that is meant: for 24h00 the day that ends then."""
    return short_date(due_day(due_at))
