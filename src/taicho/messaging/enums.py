"""Closed lists of this area, in the words of the glossary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """How loudly a message speaks. What each level does outside the system is data (rhythms.yaml)."""

    URGENT = "urgent", _("Khẩn cấp")
    DEADLINE = "deadline", _("Hạn")
    WORK = "work", _("Việc")
    INFORMATION = "information", _("Thông tin")


class Channel(TextChoices):
    """Ways out of the system."""

    EMAIL = "email", _("Thư điện tử")


class CopyState(TextChoices):
    """What became of one copy outside. Only WAITING copies are ever tried."""

    WAITING = "waiting", _("Chờ gửi")
    TRYING = "trying", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    NEEDLESS = "needless", _("Không cần gửi: đã xem")
    FAILED = "failed", _("Không gửi được")
    UNCLEAR = "unclear", _("Không rõ đã gửi chưa")
