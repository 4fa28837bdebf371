"""Closed lists of this area, in the words of the glossary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RestrictionKind(TextChoices):
    """What a person may not do for the time being. The kind stands in clear so that gates and tracing can ask it."""

    NO_ENTRY = "no_entry", _("chưa vào cơ quan")
    SELF = "self", _("tự cách ly")
    HOME = "home", _("cách ly tại nhà, nơi lưu trú")


class AlertStepKind(TextChoices):
    """What is done about a health alert, step by step."""

    CALLED = "called", _("đã gọi cơ quan y tế")
    WAITING_AREA = "waiting_area", _("đã đưa vào khu chờ")
    CLOSED = "closed", _("đã kết thúc")
