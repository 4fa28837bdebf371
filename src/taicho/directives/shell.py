"""What directives put into the frame of every page."""

from django.utils.translation import gettext_lazy as _

from taicho.ui import shell


def register() -> None:
    """The measures in force, for everyone they bind."""
    entry = shell.MenuEntry("measures", _("Biện pháp"), "shield", "directives:measures", 24, under=("/quyet-dinh",))
    shell.register_menu(entry)
