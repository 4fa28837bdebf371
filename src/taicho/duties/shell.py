"""What this area puts into the frame of every page."""

from django.utils.translation import gettext_lazy as _

from taicho.duties.queries.work import work_count
from taicho.ui import shell


def register() -> None:
    """Việc của tôi in the rail and in the phone bar, with the number that waits."""
    shell.register_menu(
        shell.MenuEntry(
            "my-work", _("Việc của tôi"), "inbox", "duties:my-work", 20, count=work_count, under=("/viec/",)
        )
    )
    shell.register_phone_bar(
        shell.MenuEntry("my-work", _("Việc"), "inbox", "duties:my-work", 30, count=work_count, under=("/viec/",))
    )
