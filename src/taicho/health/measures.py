"""Kinds of measures about health (F1, F2; measures.md). The fever threshold is decided by the office: no document has one."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from taicho.directives.rules.kinds import Kind, register
from taicho.directives.rules.parameters import Parameter, at_least, clock_times, flag, most, needed, several
from taicho.health.rules.questionnaire import latest

MOST_TIMES = 3  # not a rule: the widest range measures.md knows, so that a slip of the hand is caught


@register
class DailyDeclaration(Kind):
    """Everyone declares every day; `accepted` names declarations made elsewhere that count as well.

    A voluntary one beside a mandatory one does not soften it, and does not lend it its content.
    """

    name = "health.daily_declaration"
    label = _("Khai báo y tế hằng ngày")
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "times_per_day": at_least(least=1, greatest=MOST_TIMES),
        "temperature": flag(),
        "accepted": several(),
        "voluntary": flag(),
    }
    says: ClassVar[Mapping[str, Any]] = {
        "times_per_day": _("số lần mỗi ngày"),
        "temperature": _("kèm thân nhiệt"),
        "accepted": _("khai báo nơi khác được chấp nhận"),
        "voluntary": _("tự nguyện"),
    }
    phrases: ClassVar[Mapping[str, Any]] = {
        "times_per_day": _("%(value)s lần mỗi ngày"),
        "accepted": _("chấp nhận cả khai báo tại %(value)s"),
    }

    @classmethod
    def combine(cls, stated: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """What all mandatory ones ask together; only where there is none, what the voluntary ones offer."""
        every = list(stated)
        return super().combine([one for one in every if not one.get("voluntary")] or every)


@register
class FeverThreshold(Kind):
    """From which temperature somebody is led to the waiting area; of two decisions the lower one catches both."""

    name = "health.fever_threshold"
    label = _("Ngưỡng thân nhiệt cao")
    by_office = True
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "at_least_c": needed(most(least=float(latest().least_c), greatest=float(latest().most_c)))
    }
    says: ClassVar[Mapping[str, Any]] = {"at_least_c": _("từ bao nhiêu độ C trở lên")}
    phrases: ClassVar[Mapping[str, Any]] = {"at_least_c": _("từ %(value)s °C trở lên")}


@register
class DeclarationHour(Kind):
    """Until which hour of the day the daily declaration is due; without a decision until the end of the day."""

    name = "health.declaration_hour"
    label = _("Giờ hạn của khai báo hằng ngày")
    by_office = True
    parameters: ClassVar[Mapping[str, Parameter]] = {"by": needed(clock_times())}
    says: ClassVar[Mapping[str, Any]] = {"by": _("trước")}
    phrases: ClassVar[Mapping[str, Any]] = {"by": _("trước %(value)s")}
