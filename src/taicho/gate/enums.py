"""Closed lists of the gate, in the words of the glossary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ENTRY_KIND, VISITS_KIND = "gate.entry_requirements", "gate.visits"
KINDS_AT_THE_GATE = (ENTRY_KIND, VISITS_KIND)

EXCEPTION_ASKED = "gate.exception_asked"

EVERYBODY = "all"
"""How a measure names staff and visitors together, and visits of every purpose."""


class Direction(TextChoices):
    """Which way somebody passes."""

    IN = "in", _("vào")
    OUT = "out", _("ra")


class Ground(TextChoices):
    """The ground of a verdict on the screen: what is settled here is amber, who must be called for is red (look.md 2)."""

    ADMIT = "admit", _("được vào")
    HERE = "here", _("giải quyết tại cổng")
    CALL = "call", _("gọi người có trách nhiệm")


class GateVerdict(TextChoices):
    """What the screen of the gate says (ux.md 6). None of them tells the queue anything about anybody's health."""

    ADMIT = "admit", _("ĐƯỢC VÀO")
    NOT_DECLARED = "not_declared", _("CHƯA KHAI BÁO")
    NOT_ON_ROSTER = "not_on_roster", _("KHÔNG CÓ LỊCH HÔM NAY")
    AT_CAPACITY = "at_capacity", _("ĐÃ ĐỦ SỐ NGƯỜI TẠI CƠ QUAN")
    HIGH_TEMPERATURE = "high_temperature", _("THÂN NHIỆT CAO")
    WAIT = "wait", _("MỜI VÀO KHU CHỜ – GỌI LÃNH ĐẠO TRỰC")
    STILL_INSIDE = "still_inside", _("ĐÃ VÀO, CHƯA RA")
    UNKNOWN_CODE = "unknown_code", _("MÃ HẾT HẠN / SAI")
    LOCKDOWN = "lockdown", _("CƠ QUAN ĐANG PHONG TỎA")
    RECHECK = "recheck", _("CẦN KIỂM TRA LẠI")

    @property
    def ground(self) -> Ground:
        """The colour and silhouette of the screen."""
        if self is GateVerdict.ADMIT:
            return Ground.ADMIT
        called = {GateVerdict.HIGH_TEMPERATURE, GateVerdict.WAIT, GateVerdict.LOCKDOWN}
        return Ground.CALL if self in called else Ground.HERE


class Need(TextChoices):
    """What a document may ask at a gate (`gate.entry_requirements`, measures.md)."""

    DECLARATION = "declaration", _("khai báo y tế")
    TEMPERATURE = "temperature", _("đo thân nhiệt")
    MASK = "mask", _("đeo khẩu trang")
    HAND_RUB = "hand_rub", _("sát khuẩn tay")
    BOOK = "book", _("ghi sổ")
    DISTANCE = "distance", _("giữ khoảng cách")

    @property
    def seen_by_guard(self) -> bool:
        """Whether the guard sees it and ticks it; the rest is known or measured."""
        return self in (Need.MASK, Need.HAND_RUB)


class IfMissing(TextChoices):
    """What happens when something asked is missing, the strictest last; a document that says nothing means ask."""

    NOTE = "note", _("ghi lại")
    ASK = "ask", _("nhắc, hỏi lại")
    REFUSE = "refuse", _("không cho vào")


class Audience(TextChoices):
    """Whom a requirement is for."""

    STAFF = "staff", _("cán bộ, nhân viên")
    VISITORS = "visitors", _("khách")


class Purpose(TextChoices):
    """Why a visitor comes."""

    OFFICIAL = "official", _("Liên hệ công tác")
    PERSONAL = "personal", _("Việc cá nhân")


class VisitMode(TextChoices):
    """How visits are received, the strictest last (`gate.visits`)."""

    FREE = "free", _("tiếp bình thường")
    LIMITED = "limited", _("hạn chế: người được thăm xác nhận")
    APPOINTMENT = "appointment", _("chỉ khách có hẹn")
    OFFICIAL_ONLY = "official_only", _("chỉ khách công vụ")
    CLOSED = "closed", _("dừng tiếp khách")
