"""Small words for the pages of this area."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel.phone import display_phone
from taicho.organisation.models import Person, Unit

register = template.Library()
EM_SPACE = "\N{EM SPACE}"


@register.filter
def phone(kept: str) -> str:
    """A kept number in groups, with spaces that do not break."""
    return display_phone(kept).replace(" ", "\u00a0")


@register.filter
def yes_no_unknown(value: bool | None) -> str:
    """Có, không, or chưa rõ: not known is not no."""
    return {True: _("có"), False: _("không")}.get(value, _("chưa rõ"))  # type: ignore[call-overload,no-any-return]


@register.filter
def titles_now(person: Person) -> str:
    """Titles of the posts held now, as `queries.directory.with_posts` loaded them."""
    return ", ".join(post.title for post in person.posts_now)  # type: ignore[attr-defined]


@register.filter
def indented(unit: Unit) -> str:
    """The name of a unit, moved in by its depth, for a choice list."""
    return EM_SPACE * (unit.depth - 1) + unit.name


@register.filter
def trail(person: Person) -> list[tuple[Any, str]]:
    """Where the page of a person stands: the directory, the unit, the person."""
    steps: list[tuple[Any, str]] = [(_("Danh bạ"), reverse("organisation:directory"))]
    if unit := person.home_unit:
        steps.append((unit.name, reverse("organisation:unit", args=[unit.key])))
    return [*steps, (str(person), "")]
