"""The clocks of duties: remind the owner before, tell the superior after; each step once, whatever the clock does (A9)."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import override

from taicho.duties.actions.announcing import remind, tell_superiors
from taicho.duties.enums import StepState
from taicho.duties.models import Duty, Escalation, Reminder
from taicho.duties.models.duty import DutyQuerySet
from taicho.duties.queries.superiors import Superiors
from taicho.duties.rules.rhythm import Rhythm, Step, rhythm

LOCK = 0x636C6F63  # not a rule: the key of the advisory lock ("cloc") under which steps are taken, one worker at a time
BATCH = 2000  # not a rule: rows of one INSERT


@transaction.atomic
def run_clocks(at: datetime) -> None:
    """Take every step whose time has come at `at` and that was not taken.

    A reminder is sent while the next one is not due yet, else recorded as skipped. A superior is told once the grace
    has passed, of duties that their owners had before they were due; what is older than the rhythm allows is skipped.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    with override(settings.LANGUAGE_CODE):
        for step in rhythm().steps:
            _remind(step, at)
            _skip(step, at)
        _escalate(rhythm(), at)


def _remind(step: Step, at: datetime) -> None:
    """Send the step for duties that are due soon; who was reminded of that very hour already is not written to twice."""
    after, last = step.useful_for(at)
    due = _without(step, at).filter(due_at__gt=after, due_at__lte=last).select_related("owner").order_by("pk")
    duties = list(due)
    told = Reminder.objects.filter(
        step=step.name, state=StepState.SENT, duty__due_at__in={one.due_at for one in duties}
    )
    heard = set(told.values_list("duty__owner_id", "duty__due_at"))
    fresh = [one for one in duties if (one.owner_id, one.due_at) not in heard]
    _record(step, fresh, StepState.SENT, at)
    _record(step, [one for one in duties if (one.owner_id, one.due_at) in heard], StepState.SKIPPED, at)
    remind(step.name, fresh)


def _skip(step: Step, at: datetime) -> None:
    """Record the step as skipped where the next one is due already, or the due time itself has passed."""
    late, _ = step.useful_for(at)
    _record(step, _without(step, at).filter(due_at__lte=late), StepState.SKIPPED, at)


def _without(step: Step, at: datetime) -> "DutyQuerySet[Duty]":
    """Open duties with a due time not too long ago for which the step has not been taken."""
    taken = Reminder.objects.filter(duty=OuterRef("pk"), step=step.name)
    return _clocked(at).filter(~Exists(taken))


def _clocked(at: datetime) -> "DutyQuerySet[Duty]":
    return Duty.objects.undone().filter(opens_at__lte=at, due_at__gt=at - rhythm().look_back)


def _record(step: Step, duties: Iterable[Duty], state: StepState, at: datetime) -> None:
    Reminder.objects.bulk_create(
        [Reminder(duty=duty, step=step.name, state=state, at=at) for duty in duties], batch_size=BATCH
    )


def _escalate(rhythm: Rhythm, at: datetime) -> None:
    """One line to each superior: how many of which unit have not done what was due at which hour."""
    told = Escalation.objects.filter(duty=OuterRef("pk"))
    late = _clocked(at).seen_in_time().filter(~Exists(told), binding=True, due_at__lte=at - rhythm.grace)
    duties = list(late.select_related("unit", "agency").order_by("unit__path", "pk"))
    superiors = Superiors({duty.unit for duty in duties}, at)
    latest = at - rhythm.escalate_within
    steps = [
        _told(duty, superiors, too_late=duty.due_at is not None and duty.due_at <= latest, at=at) for duty in duties
    ]
    Escalation.objects.bulk_create(steps, batch_size=BATCH)
    tell_superiors([step for step in steps if step.state == StepState.SENT])


def _told(duty: Duty, superiors: Superiors, *, too_late: bool, at: datetime) -> Escalation:
    to = None if too_late else superiors.of(duty.unit, duty.owner_id)
    state = StepState.SKIPPED if too_late else StepState.SENT if to else StepState.NOBODY
    return Escalation(duty=duty, to=to, state=state, at=at)
