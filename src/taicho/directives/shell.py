"""What directives put into the frame of every page."""

from django.utils.translation import gettext_lazy as _

from taicho.documents.addresses import register_pages
from taicho.ui import shell


def register() -> None:
    """The measures in force, for everyone they bind; and the pages on which documents are shown and entered."""
    register_pages(document="directives:document", entry="directives:take-document")
    entry = shell.MenuEntry("measures", _("Biện pháp"), "shield", "directives:measures", 24, under=("/quyet-dinh",))
    shell.register_menu(entry)
