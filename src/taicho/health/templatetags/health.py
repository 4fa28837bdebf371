"""Words of health for templates."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from taicho.health.queries.naming import name_of
from taicho.kernel.dates import clock_time
from taicho.kernel.numbers import temperature
from taicho.organisation.models import Person
from taicho.organisation.rules.days import is_start_of_day

register = template.Library()


@register.filter
def celsius(degrees: Decimal) -> str:
    """36,5 °C."""
    return temperature(degrees)


@register.filter
def named(person: Person) -> str:
    """The name of a member of staff, or the sealed one of a visitor, on pages of the health post."""
    return name_of(person)


@register.filter
def due_moment(due_at: datetime) -> str:
    """Until when a declaration is due: "hết hôm nay" where no hour was decided, else "7h30"."""
    return _("hết hôm nay") if is_start_of_day(due_at) else clock_time(due_at)
