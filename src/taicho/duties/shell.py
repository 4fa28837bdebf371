"""What this area puts into the frame of every page."""

from django.utils.translation import gettext_lazy as _

from taicho.duties.queries.work import work_count
from taicho.ui import shell

RAIL, BAR = 20, 30  # not a rule: places in the rail and in the phone bar


def register() -> None:
    """Việc của tôi in the rail and in the phone bar, with the number that waits."""
    for put, label, order in (
        (shell.register_menu, _("Việc của tôi"), RAIL), (shell.register_phone_bar, _("Việc"), BAR),
    ):  # fmt: skip
        entry = shell.MenuEntry("my-work", label, "inbox", "duties:my-work", order, count=work_count, under=("/viec/",))
        put(entry)
