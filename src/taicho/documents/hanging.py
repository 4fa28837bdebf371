"""What hangs on a document in rooms above: while something does, its line cannot be struck out.

A room that keeps a document from being struck out registers its question when it is loaded (house § 2, Registries).
"""

from collections.abc import Callable

from taicho.documents.models import IncomingDocument

Hanging = Callable[[IncomingDocument], str]
"""The sentence that says what hangs on the document and what to do; empty when nothing does."""

_hanging: dict[str, Hanging] = {}


def register_hanging(key: str, question: Hanging) -> None:
    """Ask `question` before a line is struck out. Raises ValueError when the key is taken."""
    if key in _hanging:
        raise ValueError(f"The key {key!r} is registered already.")
    _hanging[key] = question


def what_hangs_on(document: IncomingDocument) -> str:
    """The first sentence that keeps the document, in the order of the rooms; empty when nothing does."""
    return next((sentence for question in _hanging.values() if (sentence := question(document))), "")
