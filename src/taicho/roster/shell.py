"""What the roster puts into the frame of every page."""

from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.organisation.enums import HEAD_ROLES
from taicho.organisation.policies import REGISTRARS
from taicho.ui import shell


def register() -> None:
    """The day of the own unit for those who plan it, the own two weeks for everyone."""
    shell.register_menu(
        shell.MenuEntry("my-unit", _("Phòng tôi"), "calendar-user", "roster:my-unit", 16, may_see=plans)
    )
    shell.register_menu(shell.MenuEntry("my-schedule", _("Lịch của tôi"), "calendar", "roster:my-schedule", 34))


def plans(actor: Actor) -> bool:
    """Whether the actor plans for any unit."""
    return actor.holds({*HEAD_ROLES, *REGISTRARS})
