"""Everyone in the scope of a document acknowledges it once, whatever number of measures it holds (A9)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taicho.directives.queries.in_force import InForce
from taicho.duties.kinds import DutyKind, Occasion, register, start_of
from taicho.duties.models import Duty
from taicho.organisation.models import Unit


@register
class Acknowledge(DutyKind):
    """Opened by every measure of every kind that a clause orders, never by a decision of the office.

    The occasion is the key of the document. It is never late, exhortations and requests included, unless the document
    itself says within how many hours everyone answers (`duties.answer_each`, purpose acknowledge).
    """

    name = "duties.acknowledge"
    label = _("Xác nhận đã nhận văn bản")
    undone = _("chưa xác nhận đã nhận văn bản")
    announced = True
    measure_kinds: ClassVar[tuple[str, ...]] = ()

    def occasions(self, effect: InForce, unit: Unit, day: date) -> Iterator[Occasion]:
        """One for each document that contributes to the effect."""
        for reason in (*effect.reasons, *effect.requests):
            if reason.document is not None and reason.since is not None:
                hours = effect.params.get("within_h") if _asks_to_acknowledge(effect) else None
                yield Occasion(
                    str(reason.document),
                    opens_at=start_of(day),
                    due_at=reason.since + timedelta(hours=hours) if hours else None,
                    title=gettext("Xác nhận đã nhận %(document)s") % {"document": reason.source},
                    measures=(reason.measure,),
                    binding=reason in effect.reasons,
                )

    def link(self, duty: Duty) -> str:
        """The same address for everyone: the document as each of them has to acknowledge it."""
        return reverse("duties:work", args=[duty.occasion])

    def verb(self, duty: Duty) -> str:
        """Read first, then acknowledge."""
        return gettext("Đọc và xác nhận")


def _asks_to_acknowledge(effect: InForce) -> bool:
    return effect.kind == "duties.answer_each" and effect.params.get("purpose") == "acknowledge"
