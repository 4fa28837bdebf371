"""Closed lists of this area, in the words of the glossary and of NĐ 30/2020."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocType(TextChoices):
    """Kinds of official documents that an office of this line receives (NĐ 30/2020, Điều 7; Party documents beside)."""

    LETTER = "letter", _("Công văn")
    DIRECTIVE = "directive", _("Chỉ thị")
    DISPATCH = "dispatch", _("Công điện")
    PLAN = "plan", _("Kế hoạch")
    DECISION = "decision", _("Quyết định")
    NOTICE = "notice", _("Thông báo")
    RESPONSE_PLAN = "response_plan", _("Phương án")
    GUIDELINE = "guideline", _("Hướng dẫn")
    CONCLUSION = "conclusion", _("Kết luận")
    REPORT = "report", _("Báo cáo")
    SUBMISSION = "submission", _("Tờ trình")
    MINUTES = "minutes", _("Biên bản")
    OTHER = "other", _("Văn bản khác")


class Urgency(TextChoices):
    """The stamp of urgency; a document without one is ordinary (NĐ 30/2020)."""

    ORDINARY = "ordinary", _("thường")
    URGENT = "urgent", _("KHẨN")
    VERY_URGENT = "very_urgent", _("THƯỢNG KHẨN")
    EXPRESS = "express", _("HỎA TỐC")
