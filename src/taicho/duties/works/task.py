"""A piece of work that a document or the office gives to a unit or to named people (C5, C10)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taicho.directives.queries.in_force import InForce
from taicho.duties.kinds import DutyKind, Occasion, end_of, register, start_of
from taicho.duties.models import Duty
from taicho.organisation.models import Person, Post, Unit


@register
class Task(DutyKind):
    """The people named do it; where none is named, the accountable head of each unit the measure names.

    Done when its owner reports it done, with words. Without a day it is open and never late.
    """

    name = "duties.task"
    label = _("Nhiệm vụ giao riêng")
    undone = _("chưa báo xong nhiệm vụ")
    announced = True
    measure_kinds: ClassVar[tuple[str, ...]] = ("duties.task",)

    def occasions(self, effect: InForce, unit: Unit, day: date) -> Iterator[Occasion]:
        """One for the measure, in the units it names and not in those below; due at 24h00 of the last day."""
        for reason in (*effect.reasons, *effect.requests):
            if effect.params.get("owner") or unit.path in reason.addressed:
                due = effect.params.get("due")
                yield Occasion(
                    str(reason.measure),
                    opens_at=start_of(day),
                    due_at=end_of(date.fromisoformat(due)) if due else None,
                    title=effect.params["what"][:1].upper() + effect.params["what"][1:],
                )

    def owners(self, effect: InForce, unit: Unit, at: datetime) -> QuerySet[Person]:
        """The people named who serve in the unit, or its accountable head."""
        named = effect.params.get("owner")
        if named:
            return super().owners(effect, unit, at).filter(key__in=_keys(named))
        heads = Post.objects.in_force(at).filter(unit=unit, accountable_head=True)
        return Person.objects.filter(pk__in=heads.values("person"))

    def verb(self, duty: Duty) -> str:
        """Open it to report it done."""
        return gettext("Mở việc")


def _keys(written: list[str]) -> list[UUID]:
    """The keys of persons among the words; a word that is none names nobody here."""
    keys = []
    for word in written:
        try:
            keys.append(UUID(word))
        except ValueError:
            continue
    return keys
