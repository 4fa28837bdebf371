"""Set the clock of a drill (house D14)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.models import DrillClock
from taicho.kernel.refusals import Refusal


@transaction.atomic
def set_drill_clock(*, to: datetime, by: Actor) -> DrillClock:
    """Let the drill clock show `to` (aware) from this moment on; it runs on at the true speed.

    Refused outside a drill, and backwards: what has happened in a drill stays before what comes after it.
    """
    if not settings.TAICHO_DRILL:
        raise Refusal(_("Chỉ chỉnh được đồng hồ trong cơ sở dữ liệu diễn tập."), code="not-a-drill")
    if to < clock.now():
        raise Refusal(_("Đồng hồ diễn tập chỉ đi tới. Chọn một giờ sau giờ đang hiện."), code="backwards", field="to")
    real = clock.real_now()
    setting = DrillClock.objects.create(offset=to - real, set_at=real, set_by=by.person)
    audit.record("kernel.set_drill_clock", by=by, of=setting, facts={"to": to.isoformat()})
    return setting
