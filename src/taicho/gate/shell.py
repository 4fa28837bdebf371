"""What the gate puts into the frame: the guard's keys, the pass in the phone bar, the gates in the menu."""

from django.utils.translation import gettext_lazy as _

from taicho.gate import policies
from taicho.ui import shell

RAIL, BAR = 14, 25  # not a rule: places of the gate in a guard's rail and phone bar


def register() -> None:
    """Take the places in the shell. The keys for hand-over and incidents come with their pages."""
    for entry in (
        shell.MenuEntry("scan", _("Quét"), "scan", "gate:scan", 10, policies.may_guard.test),
        shell.MenuEntry("inside", _("Đang ở trong"), "users", "gate:inside", 20, policies.may_read_book.test),
        shell.MenuEntry("book", _("Sổ theo dõi"), "book", "gate:book", 30, policies.may_read_book.test),
    ):
        shell.register_guard_key(entry)
    shell.register_phone_bar(
        shell.MenuEntry("pass", _("Thẻ QR"), "qrcode", "gate:pass", 40, policies.may_have_pass.test)
    )
    for put, order in ((shell.register_menu, RAIL), (shell.register_phone_bar, BAR)):
        put(shell.MenuEntry("scan", _("Cổng"), "scan", "gate:scan", order, policies.may_guard.test))
    shell.register_menu(
        shell.MenuEntry("gate-book", _("Ra vào và khách"), "book", "gate:book", 22, policies.may_read_book.test)
    )
    shell.register_menu(
        shell.MenuEntry(
            "devices", _("Thiết bị cổng"), "device-mobile", "gate:devices", 26, policies.may_keep_devices.test
        )
    )
    shell.register_menu(shell.MenuEntry("pass", _("Thẻ QR"), "qrcode", "gate:pass", 32, policies.may_have_pass.test))
