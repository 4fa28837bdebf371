"""Small words for the pages of this area."""

from datetime import datetime

from django import template
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _

from taicho.kernel.dates import official_date, official_moment, short_date
from taicho.kernel.phone import display_phone
from taicho.organisation.models import Person, Unit
from taicho.organisation.rules.days import is_start_of_day, last_day_before

register = template.Library()
EM_SPACE = "\N{EM SPACE}"
DEEPEST_STEP = 6


@register.filter
def phone(kept: str) -> str:
    """A kept number in groups, with spaces that do not break."""
    return display_phone(kept).replace(" ", "\u00a0")


@register.filter
def until(ends_at: datetime) -> str:
    """How long something holds: "đến hết 31/12/2026" for a whole day, else "đến 17h30, 03/9/2026"."""
    if is_start_of_day(ends_at):
        return _("đến hết %(day)s") % {"day": official_date(last_day_before(ends_at))}
    return _("đến %(moment)s") % {"moment": official_moment(ends_at)}


@register.filter
def last_day(ends_at: datetime) -> str:
    """The last day on which something holds, short: 31/12."""
    return short_date(last_day_before(ends_at))


@register.filter
def yes_no_unknown(value: bool | None) -> str:
    """Có, không, or chưa rõ: not known is not no."""
    return _("chưa rõ") if value is None else _("có") if value else _("không")


@register.filter
def titles_now(person: Person) -> str:
    """Titles of the posts held now, as `queries.directory.with_posts` loaded them."""
    return ", ".join(post.title for post in person.posts_now)


@register.filter
def indented(unit: Unit) -> str:
    """The name of a unit, moved in by its depth, for a choice list."""
    return EM_SPACE * (unit.depth - 1) + unit.name


@register.filter
def indent_step(depth: int) -> int:
    """How far a line of a tree is moved in; below the deepest step that the style knows, lines stay there."""
    return min(depth, DEEPEST_STEP)


@register.filter
def rows(form: BaseForm) -> list[list[BoundField]]:
    """The fields of a form as its `rows` lay them out, each other field in a row of its own after them."""
    laid_out = [[form[name] for name in row if name in form.fields] for row in getattr(form, "rows", ())]
    placed = {field.name for row in laid_out for field in row}
    return [*laid_out, *([field] for field in form if field.name not in placed)]
