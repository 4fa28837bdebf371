"""One clock service. A drill has its own time; the audit trail keeps the real one too (house D14, § 5)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def real_now() -> datetime:
    """The true instant, aware, in UTC."""
    return timezone.now()


def now() -> datetime:
    """The instant that rules see: the true one, or the drill clock's in a drill database. Aware, UTC."""
    return real_now() + drill_offset() if settings.TAICHO_DRILL else real_now()


def drill_offset() -> timedelta:
    """How far the drill clock runs from the true one; zero when nobody has set it."""
    from taicho.kernel.models import DrillClock

    clock = DrillClock.objects.order_by("-pk").first()
    return clock.offset if clock else timedelta()


def local(instant: datetime) -> datetime:
    """The same instant on the office's wall clock (Asia/Ho_Chi_Minh)."""
    return instant.astimezone(HANOI)


def today(at: datetime | None = None) -> date:
    """The calendar day in Việt Nam at `at` (now, when not given)."""
    return local(at or now()).date()
