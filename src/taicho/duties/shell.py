"""What this area puts into the frame of every page."""

from django.utils.translation import gettext_lazy as _

from taicho.documents.addresses import Beside, register_beside
from taicho.duties import policies
from taicho.duties.queries.work import work_count
from taicho.ui import shell

RAIL, BESIDE, BAR = 12, 27, 30  # not a rule: places in the rail and in the phone bar


def register() -> None:
    """My work in the rail and in the phone bar, with the number that waits; the work of others for those who follow it."""
    for put, label, order in (
        (shell.register_menu, _("Việc của tôi"), RAIL), (shell.register_phone_bar, _("Việc"), BAR),
    ):  # fmt: skip
        entry = shell.MenuEntry("my-work", label, "inbox", "duties:my-work", order, count=work_count, under=("/viec/",))
        put(entry)
    follows = policies.may_follow_units.test
    late = shell.MenuEntry("unit-work", _("Việc của đơn vị"), "users", "duties:unit-work", BESIDE, follows)
    shell.register_menu(late)
    register_beside("progress", Beside(_("Tiến độ xác nhận"), "users", "duties:progress", policies.may_follow.test))
