"""What health puts into the frame of every page."""

from django.utils.translation import gettext_lazy as _

from taicho.health.policies import may_follow_declarations, may_keep_health
from taicho.kernel.actor import Actor
from taicho.ui import shell

RAIL, BAR = 30, 12  # not a rule: places in the rail and in the phone bar


def register() -> None:
    """The declaration for everyone; the desk for the health post; who needs care, for heads."""
    for put, order in ((shell.register_menu, RAIL), (shell.register_phone_bar, BAR)):
        put(shell.MenuEntry("declare", _("Khai báo"), "stethoscope", "health:declare", order))
    shell.register_menu(
        shell.MenuEntry("health", _("Y tế & truy vết"), "virus-search", "health:desk", 14, may_see=may_keep_health.test)
    )
    shell.register_menu(
        shell.MenuEntry("followed", _("Theo dõi sức khỏe"), "eye", "health:followed", 26, may_see=_heads_only)
    )


def _heads_only(actor: Actor) -> bool:
    """Heads of units; the health post finds the same on its desk."""
    return may_follow_declarations.test(actor) and not may_keep_health.test(actor)
