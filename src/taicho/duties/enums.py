"""Closed lists of this area, in the words of the glossary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DutyState(TextChoices):
    """How a duty stands at an instant; derived from its steps, never stored."""

    OPEN = "open", _("chưa làm")
    ASKED = "asked", _("đã đề nghị")
    LATE = "late", _("quá hạn")
    MISSED = "missed", _("chưa làm, đã hết hạn")
    UNSEEN = "unseen", _("hệ thống ngừng, không tính lỗi")
    DONE = "done", _("đã xong")
    DONE_LATE = "done_late", _("xong trễ")
    EXEMPT = "exempt", _("miễn")

    @property
    def is_waiting(self) -> bool:
        """Whether somebody can still do something about it."""
        return self in (DutyState.OPEN, DutyState.ASKED, DutyState.LATE)


class ExemptionReason(TextChoices):
    """Why somebody need not do a duty that was opened; EXCUSED is the decision of a person, the others the sweep finds."""

    LEFT = "left", _("không còn thuộc phạm vi")
    LAPSED = "lapsed", _("biện pháp hết hiệu lực")
    WITHDRAWN = "withdrawn", _("biện pháp đã rút")
    EXCUSED = "excused", _("được miễn")


class StepState(TextChoices):
    """What became of a step of the clock whose time came."""

    SENT = "sent", _("đã gửi")
    SKIPPED = "skipped", _("bỏ qua vì đã muộn")
    NOBODY = "nobody", _("không có người nhận")
