"""Posts that must always be held, as a document names them: a person, a unit, a role, a service (D4)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.directives.rules.parameters import Parameter, Shape

WORDS = {
    "person": gettext_lazy("người"),
    "unit": gettext_lazy("đơn vị"),
    "role": gettext_lazy("vai trò"),
    "service": gettext_lazy("bộ phận"),
}
VIETNAMESE = {"người": "person", "đơn vị": "unit", "vai trò": "role", "bộ phận": "service"}
"""The words as letters and most people write them, whatever the language of the page."""
LONGEST = 200  # not a rule: characters of one line


def posts() -> Parameter:
    """A list of posts; all that any document names must be held."""
    return Parameter(_read, _both, Shape.SET)


def key_of(post: Mapping[str, str]) -> str:
    """One post as it is kept where people are named for it: the same in every language of the pages."""
    ((what, name),) = post.items()
    return f"{what}:{name}"


def in_words(post: Mapping[str, str]) -> str:
    """One post as a line people read and write: "đơn vị: Phòng Tổng hợp"."""
    ((what, name),) = post.items()
    return f"{WORDS[what]}: {name}"


def _read(written: Any) -> tuple[dict[str, str], ...]:
    if isinstance(written, str | Mapping) or not isinstance(written, Iterable):
        raise ValueError(_("cần một danh sách."))
    listed = [_post(one) for one in written]
    if not listed:
        raise ValueError(_("nêu ít nhất một người, đơn vị hoặc bộ phận."))
    return _both(listed, ())


def _post(written: Any) -> dict[str, str]:
    """One post: {"unit": "…"}, or a line "đơn vị: …"; a line that says nothing before a colon names a service."""
    if isinstance(written, Mapping):
        named = [(what, name) for what, name in written.items() if what in WORDS and isinstance(name, str)]
        if len(named) != 1 or len(written) != 1:
            raise ValueError(_("mỗi mục nêu một người, một đơn vị, một vai trò hoặc một bộ phận."))
        what, name = named[0]
    elif isinstance(written, str):
        before, colon, after = written.partition(":")
        said = VIETNAMESE | {str(word): what for what, word in WORDS.items()}
        what = said.get(before.strip().lower(), "") if colon else ""
        what, name = (what, after) if what else ("service", written)
    else:
        raise ValueError(_("cần chữ."))
    if not name.strip() or len(name) > LONGEST:
        raise ValueError(_("mỗi mục nêu một người, một đơn vị, một vai trò hoặc một bộ phận."))
    return {what: name.strip()}


def _both(one: Iterable[dict[str, str]], other: Iterable[dict[str, str]]) -> tuple[dict[str, str], ...]:
    """Every post once, in the order of the documents."""
    every = {key_of(post): post for post in (*one, *other)}
    return tuple(every.values())
