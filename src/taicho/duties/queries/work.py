"""What I have to do, before when, and because of what (Việc của tôi; ux.md 1)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from taicho.directives.queries.in_force import Reason, reason_of
from taicho.duties.enums import DutyState
from taicho.duties.kinds import KINDS
from taicho.duties.models import Duty, DutyMeasure
from taicho.duties.models.duty import DutyQuerySet
from taicho.duties.rules.rhythm import rhythm
from taicho.kernel import clock
from taicho.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of Việc của tôi. `left` until the due time, negative after it, None without one."""

    key: UUID
    kind: str
    title: str
    due_at: datetime | None
    opens_at: datetime
    reasons: tuple[Reason, ...]
    link: str
    verb: str
    state: DutyState
    left: timedelta | None

    @property
    def is_late(self) -> bool:
        """Whether its due time has passed and it binds."""
        return self.state is DutyState.LATE

    @property
    def is_running(self) -> bool:
        """Whether its first reminder is due: what is left is little."""
        return self.left is not None and timedelta() < self.left <= rhythm().steps[0].before


def my_work(actor: Actor, at: datetime) -> list[WorkItem]:
    """What waits for the actor at `at`: what has a due time first, by due time; then the newest. Three queries."""
    duties = list(_waiting(actor, at).order_by(F("due_at").asc(nulls_last=True), "-opens_at", "pk"))
    reasons = reasons_of(duties)
    return [work_item(duty, reasons.get(duty.pk, ()), at) for duty in duties]


def work_count(actor: Actor) -> int:
    """How many duties wait for the actor now, for the counter in the menu. One query."""
    return _waiting(actor, clock.now()).count()


def work_item(duty: Duty, reasons: tuple[Reason, ...], at: datetime) -> WorkItem:
    """The line of one duty."""
    kind = KINDS[duty.kind]
    return WorkItem(
        duty.key, duty.kind, duty.title, duty.due_at, duty.opens_at, reasons, kind.link(duty), kind.verb(duty),
        duty.state(at), duty.due_at - at if duty.due_at else None,
    )  # fmt: skip


def reasons_of(duties: Iterable[Duty]) -> dict[int, tuple[Reason, ...]]:
    """The vì lines of each duty: the measures behind it that were not withdrawn, in the order of their clauses."""
    found: dict[int, list[Reason]] = {}
    behind = DutyMeasure.objects.filter(duty__in=list(duties), measure__withdrawal__isnull=True)
    behind = behind.select_related("measure__clause__document", "measure__decision").prefetch_related("measure__scope")
    for one in behind.order_by("measure__rank", "measure__clause__position", "measure__pk"):
        found.setdefault(one.duty_id, []).append(reason_of(one.measure))
    return {duty: gathered(reasons) for duty, reasons in found.items()}


def gathered(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Clauses of one document that hold until the same day stand on one line: "mục 1; mục 6"."""
    lines: dict[tuple[object, ...], Reason] = {}
    for one in reasons:
        name = (one.document or one.measure, one.until)
        before = lines.get(name)
        if before is None or one.clause in before.clause.split("; "):
            lines.setdefault(name, one)
        else:
            lines[name] = replace(before, clause=f"{before.clause}; {one.clause}")
    return tuple(lines.values())


def _waiting(actor: Actor, at: datetime) -> "DutyQuerySet[Duty]":
    return (
        Duty.objects.filter(owner__key=actor.me).waiting(at).select_related("discharge").prefetch_related("exemptions")
    )
