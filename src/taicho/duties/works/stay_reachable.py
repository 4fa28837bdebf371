"""People confirm once for each measure that the number shown reaches them (D7, A10)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taicho.directives.queries.in_force import InForce
from taicho.duties.kinds import DutyKind, Occasion, register, start_of
from taicho.duties.models import Duty
from taicho.organisation.models import Unit


@register
class StayReachable(DutyKind):
    """The occasion is the key of the measure: confirmed once, it is not asked again while the measure holds."""

    name = "duties.stay_reachable"
    label = _("Xác nhận số điện thoại liên lạc")
    undone = _("chưa xác nhận số điện thoại liên lạc")
    measure_kinds: ClassVar[tuple[str, ...]] = ("duties.stay_reachable",)

    def occasions(self, effect: InForce, unit: Unit, day: date) -> Iterator[Occasion]:
        """One for each measure; no document gives a time for it."""
        for reason in (*effect.reasons, *effect.requests):
            yield Occasion(
                str(reason.measure),
                opens_at=start_of(day),
                due_at=None,
                title=gettext("Xác nhận số điện thoại liên lạc"),
                measures=(reason.measure,),
                binding=reason in effect.reasons,
            )

    def verb(self, duty: Duty) -> str:
        """One look at the number is enough."""
        return gettext("Xem và xác nhận")
