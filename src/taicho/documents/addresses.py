"""Where documents are shown and entered, and what stands beside one. The pages belong to higher floors, which hang them in here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from taicho.documents.models import IncomingDocument
from taicho.kernel.actor import Actor

_routes: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Beside:
    """A page about one document that another room has; `route` takes the key, `may_see` decides who is led there."""

    label: Any
    icon: str
    route: str
    may_see: Callable[[Actor, Any], bool]


_beside: dict[str, Beside] = {}


def register_beside(key: str, page: Beside) -> None:
    """Lead from every document to a page about it. Raises ValueError when the key is taken."""
    if key in _beside:
        raise ValueError(f"The key {key!r} is registered already.")
    _beside[key] = page


def pages_beside(actor: Actor, document: IncomingDocument) -> list[tuple[Any, str, str]]:
    """Label, icon and address of the pages about the document that the actor may open."""
    open_ones = (page for page in _beside.values() if page.may_see(actor, document))
    return [(page.label, page.icon, reverse(page.route, args=[document.key])) for page in open_ones]


def register_pages(*, document: str, entry: str) -> None:
    """Name the routes that show one document (by its key) and that enter a new one. One area does, once."""
    routes = {"document": document, "entry": entry}
    if _routes and _routes != routes:
        raise ValueError(f"documents are shown by {_routes['document']} already")
    _routes.update(routes)


def page_of(document: IncomingDocument) -> str:
    """The address of the document's page."""
    return reverse(_routes["document"], args=[document.key])


def entry_page() -> str:
    """The address where a new document is entered."""
    return reverse(_routes["entry"])
