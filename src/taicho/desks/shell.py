"""What the desks put into the frame of every page."""

from django.utils.translation import gettext_lazy as _

from taicho.desks import policies
from taicho.ui import shell


def register() -> None:
    """Home first for everyone; the drill clock for those who lead the drill; the system for its administrator."""
    shell.register_menu(shell.MenuEntry("home", _("Trang của tôi"), "home", "desks:home", 10))
    shell.register_phone_bar(shell.MenuEntry("home", _("Trang chủ"), "home", "desks:home", 10))
    shell.register_menu(
        shell.MenuEntry(
            key="drill", label=_("Đồng hồ diễn tập"), icon="clock", url_name="desks:drill-clock", order=80,
            may_see=policies.may_set_drill_clock.test,
        )
    )  # fmt: skip
    shell.register_menu(
        shell.MenuEntry(
            key="system", label=_("Hệ thống"), icon="settings", url_name="desks:system", order=28,
            may_see=policies.may_see_system_state.test,
        )
    )  # fmt: skip
