"""Where documents are shown and entered. Both pages belong to a higher floor (clauses, measures), which hangs them in here."""

from django.urls import reverse

from taicho.documents.models import IncomingDocument

_routes: dict[str, str] = {}


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
