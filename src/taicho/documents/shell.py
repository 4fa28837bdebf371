"""What documents puts into the frame of every page: the menu and the search."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.documents.addresses import page_of
from taicho.documents.queries.register import register as register_of
from taicho.kernel.actor import Actor
from taicho.kernel.dates import official_date
from taicho.kernel.vietnamese import search_terms
from taicho.ui import shell
from taicho.ui.search import Hit


def register() -> None:
    """Take the places in the shell."""
    label = gettext_lazy("Văn bản & chỉ đạo")
    shell.register_menu(
        shell.MenuEntry("documents", label, "file-text", "documents:register", 20, under=("/van-ban-den",))
    )
    shell.register_search("documents", documents_found)


def documents_found(actor: Actor, query: str, limit: int) -> Iterator[Hit]:
    """Incoming documents by number, issuer and subject."""
    for document in register_of(actor, terms=search_terms(query))[:limit]:
        note = f"{official_date(document.issued_on)} · {document.subject}" if document.issued_on else document.subject
        if document.is_struck_out:
            note = _("đã hủy, lý do: %(why)s") % {"why": document.struck_out_why}
        yield Hit(document.title, page_of(document), note=note, icon="file-text", kind=_("Văn bản đến"))
