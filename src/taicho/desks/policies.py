"""What may be done at the desks."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.organisation.enums import PostRole

DRILL_LEADERS = (
    PostRole.LEADER,
    PostRole.COMMAND_POST,
    PostRole.OFFICE,
    PostRole.CHIEF_OF_OFFICE,
    PostRole.ADMINISTRATOR,
)


@policy(_("Chỉ lãnh đạo, Sở Chỉ huy, Văn phòng và người quản trị chỉnh được đồng hồ diễn tập."))
def may_set_drill_clock(actor: Actor, thing: Any = None) -> bool:
    """Lead a drill: only in a drill database, and only for the posts that lead it (house D14)."""
    return bool(settings.TAICHO_DRILL) and actor.holds(DRILL_LEADERS)


@policy(_("Chỉ người quản trị xem được tình trạng hệ thống."))
def may_see_system_state(actor: Actor, thing: Any = None) -> bool:
    """Look at the health of the installation; it names no person and no health fact (trust.md A11)."""
    return actor.holds([PostRole.ADMINISTRATOR])
