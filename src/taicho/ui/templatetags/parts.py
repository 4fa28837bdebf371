"""Tags that components are made of: icons, symbols, the check of a component's call, versioned assets."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.forms import BaseForm, BoundField, CheckboxInput
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from taicho.ui import contracts
from taicho.ui.search import marked as mark_matching

register = template.Library()
ICONS = Path(__file__).parent.parent / "static" / "vendor" / "tabler-icons"
ICON_NAME = re.compile(r"[a-z0-9-]+")

SYMBOLS = {
    "on_time": '<circle cx="6" cy="6" r="5.5"/>',
    "late": '<circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M6 1a5 5 0 0 0 0 10z"/>',
    "missing": '<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    "returned": '<path d="M4.2 1.5 1.7 4l2.5 2.5M2 4h5.6a2.9 2.9 0 0 1 0 5.8H5.4" fill="none" '
    'stroke="currentColor" stroke-width="1.7"/>',
    "exempt": '<path d="M1.5 5.2h9V7h-9z"/>',
    "overdue": '<path d="M6 .8 11.7 11H.3z"/>',
    "new": '<path d="M1.5 1.5h9v9h-9z"/>',
}
"""The seven status symbols of look.md 2, drawn in a 12 by 12 field; they survive grey printing."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A vendored Tabler icon as inline SVG, hidden from readers: words stand beside it."""
    return _icon(str(name))


@cache
def _icon(name: str) -> SafeString:
    path = ICONS / f"{name}.svg"
    if ICON_NAME.fullmatch(name) is None or not path.exists():
        raise contracts.MisusedPart(f"There is no icon {name!r}; add it to tools/icons.txt and vendor it.")
    shapes = path.read_text(encoding="utf-8").strip()
    return mark_safe(  # noqa: S308  (a file of ours, checked by its hash)
        f'<svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shapes}</svg>'
    )


@register.simple_tag
def symbol(status: str, extra: str = "") -> SafeString:
    """The symbol of a status, hidden from readers. `extra` is a further class: inline, near, past."""
    if status not in SYMBOLS:
        raise contracts.MisusedPart(f"There is no symbol {status!r}.")
    return format_html(
        '<svg class="symbol{}" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>',
        f" symbol-{extra}" if extra else "",
        mark_safe(SYMBOLS[status]),  # noqa: S308
    )


@register.simple_tag(takes_context=True)
def part(context: Context, name: str) -> SafeString:
    """Check the call of component `name`; return its further HTML attributes, escaped, with a leading space."""
    present = {str(key): value for key, value in context.flatten().items()}
    rest = contracts.check(name, context.get("attrs") or {}, present)
    pairs = ((key, value) for key, value in rest.items() if value is not False and value is not None)
    return format_html_join("", " {}", ((_attribute(key, value),) for key, value in pairs))


def _attribute(key: str, value: Any) -> SafeString:
    return format_html("{}", key) if value is True else format_html('{}="{}"', key, value)


@register.simple_tag
def control(field: BoundField, private: object = "") -> SafeString:
    """The widget of a bound field, tied to its hint and its error; `private` keeps it out of the local draft."""
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    if private:
        attrs["data-private"] = True
    return field.as_widget(attrs=attrs)


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the field is one single check box, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def first_control(field: BoundField) -> str:
    """The id an error message links to: the control, or the first of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def marked(title: str, folded_query: str) -> SafeString:
    """The title with the part that was searched marked."""
    return mark_matching(title, folded_query)


@register.filter
def times(count: object) -> range:
    """A range to repeat something `count` times."""
    return range(int(str(count)))


@register.filter
def share(value: float, of: float) -> str:
    """`value` of `of` as an SVG percentage, never outside 0 to 100."""
    return f"{max(0.0, min(100.0, 100 * float(value) / float(of))):.2f}%" if float(of) else "0%"


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file with its content's mark, so it can be kept for long and still change at once."""
    return f"{static(path)}?v={_mark(path)}"


def _mark(path: str) -> str:
    return _fresh_mark(path) if settings.DEBUG else _kept_mark(path)


def _fresh_mark(path: str) -> str:
    found = finders.find(path)
    if not isinstance(found, str):
        raise contracts.MisusedPart(f"There is no static file {path!r}.")
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10]


_kept_mark = cache(_fresh_mark)


@register.filter
def rows(form: BaseForm) -> list[list[BoundField]]:
    """The fields of a form as its `rows` lay them out, each other field in a row of its own after them."""
    laid_out = [[form[name] for name in row if name in form.fields] for row in getattr(form, "rows", ())]
    placed = {field.name for row in laid_out for field in row}
    return [*laid_out, *([field] for field in form if field.name not in placed)]
