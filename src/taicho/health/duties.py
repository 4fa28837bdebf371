"""The duty that a daily declaration opens for everyone it binds (F1, C5)."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taicho.directives.queries.in_force import InForce
from taicho.duties.kinds import DutyKind, Occasion, end_of, register, start_of
from taicho.duties.models import Duty
from taicho.health.actions.discharging import DUTY, occasion_of
from taicho.health.queries.in_force import due_at
from taicho.organisation.models import Unit


@register
class Declare(DutyKind):
    """One for each declaration the measure asks on a day; the occasion is the ISO day, later ones add their turn.

    Due at the hour the office decided, else at the end of the day; on the next day it cannot be made up. A voluntary
    one binds nobody.
    """

    name = DUTY
    label = _("Khai báo y tế hằng ngày")
    undone = _("chưa khai báo")
    measure_kinds: ClassVar[tuple[str, ...]] = ("health.daily_declaration",)

    def occasions(self, effect: InForce, unit: Unit, day: date) -> Iterator[Occasion]:
        """The declarations of the day."""
        voluntary = bool(effect.params.get("voluntary"))
        for turn in range(1, int(effect.params.get("times_per_day", 1)) + 1):
            yield Occasion(
                occasion_of(day, turn),
                opens_at=start_of(day),
                due_at=due_at(unit, start_of(day)) if turn == 1 else end_of(day),
                title=gettext("Khai báo y tế hôm nay"),
                closes_at=end_of(day),
                binding=False if voluntary else None,
            )

    def link(self, duty: Duty) -> str:
        """The page that asks."""
        return reverse("health:declare")

    def verb(self, duty: Duty) -> str:
        """Go and declare."""
        return gettext("Khai báo")
