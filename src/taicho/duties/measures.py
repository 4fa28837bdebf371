"""Kinds of measures about what every person answers, is reached by and is charged with (measures.md 2)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from taicho.directives.rules.kinds import Kind, register
from taicho.directives.rules.parameters import Parameter, flag, last_day, most, needed, ordered, several, text

PURPOSES = ("acknowledge", "stay_put", "recall", "contact", "survey")


@register
class AnswerEach(Kind):
    """Everyone gives one answer; those that only acknowledge are gathered per document."""

    name = "duties.answer_each"
    label = _("Mỗi người một câu trả lời")
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "purpose": needed(ordered(*PURPOSES)), "form": text(), "within_h": most(least=1), "channels": several(),
        "chase_h": most(least=1),
    }  # fmt: skip
    says: ClassVar[Mapping[str, Any]] = {
        "purpose": _("để"), "acknowledge": _("xác nhận đã nhận"), "stay_put": _("xác nhận ở yên tại chỗ"),
        "recall": _("trả lời triệu tập"), "contact": _("trả lời về tiếp xúc"), "survey": _("trả lời khảo sát"),
        "form": _("theo mẫu"), "within_h": _("trong số giờ"), "channels": _("qua"), "chase_h": _("nhắc lại sau số giờ"),
    }  # fmt: skip
    phrases: ClassVar[Mapping[str, Any]] = {
        "purpose": "%(value)s", "form": _("theo mẫu %(value)s"), "within_h": _("trong vòng %(value)s giờ"),
        "channels": _("qua %(value)s"), "chase_h": _("nhắc lại sau %(value)s giờ"),
    }  # fmt: skip
    each = True


@register
class StayReachable(Kind):
    """People can be reached, and come when they are called."""

    name = "duties.stay_reachable"
    label = _("Giữ liên lạc, có mặt khi triệu tập")
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "hours": ordered("work", "24x7"), "channels": several(), "check_h": most(least=1), "recall": flag(),
        "recall_min": most(least=1),
    }  # fmt: skip
    says: ClassVar[Mapping[str, Any]] = {
        "hours": _("thời gian"), "work": _("trong giờ làm việc"), "24x7": _("24/24 giờ, cả 7 ngày trong tuần"),
        "channels": _("qua"),
        "check_h": _("xem tin ít nhất sau mỗi số giờ"), "recall": _("có mặt khi được triệu tập"),
        "recall_min": _("có mặt trong số phút"),
    }  # fmt: skip
    phrases: ClassVar[Mapping[str, Any]] = {
        "hours": "%(value)s", "channels": _("qua %(value)s"), "check_h": _("xem tin ít nhất %(value)s giờ một lần"),
        "recall_min": _("có mặt trong vòng %(value)s phút"),
    }  # fmt: skip


@register
class Task(Kind):
    """One piece of work that a document or the office gives to a unit or to named people."""

    name = "duties.task"
    label = _("Nhiệm vụ giao riêng")
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "what": needed(text()), "owner": several(), "due": last_day(), "approver": text(), "deliverable": text(),
    }  # fmt: skip
    says: ClassVar[Mapping[str, Any]] = {
        "what": _("nội dung"), "owner": _("người làm"), "due": _("xong trước hết ngày"), "approver": _("người duyệt"),
        "deliverable": _("sản phẩm"),
    }  # fmt: skip
    phrases: ClassVar[Mapping[str, Any]] = {
        "what": "%(value)s", "owner": _("giao %(value)s"), "due": _("xong chậm nhất hết ngày %(value)s"),
        "approver": _("trình %(value)s duyệt"), "deliverable": _("sản phẩm là %(value)s"),
    }  # fmt: skip
    each = True
