"""Words of the margin in which the hour of a duty stands (look.md 7, giờ ở lề)."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.utils.translation import gettext as _

from taicho.duties.queries.work import WorkItem
from taicho.kernel import clock
from taicho.kernel.dates import clock_time, remaining, short_date

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
    due = clock.local(item.due_at)
    at_midnight = due.hour == due.minute == 0
    hour = _("24h00") if at_midnight else clock_time(due)
    return Margin(hour, due.isoformat(), remaining(item.left))
