"""What can be typed into the search box besides names: the entries of the menu, by their label."""

from collections.abc import Iterator
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel.actor import Actor
from taicho.kernel.vietnamese import fold
from taicho.ui.search import Hit, Provider
from taicho.ui.shell import Registry, registry


def menu_hits(actor: Actor, query: str, limit: int, using: Registry = registry) -> Iterator[Hit]:
    """Menu entries the actor may see whose label holds the folded query. A provider like any other."""
    matching = (entry for entry in using.entries("menu", actor) if query in fold(str(entry.label)))
    for entry in islice(matching, limit):
        yield Hit(str(entry.label), reverse(entry.url_name), icon=entry.icon, kind=_("Mục"))


def providers(using: Registry = registry) -> dict[str, Provider]:
    """Everything the search box asks: what areas registered, then the menu."""
    return {**using.search, "menu": menu_hits}
