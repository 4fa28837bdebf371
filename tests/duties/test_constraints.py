"""The database is the last judge: what may be there once is there once, whoever writes (D8)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from taicho.duties.actions.opening import open_duties
from taicho.duties.enums import ExemptionReason, StepState
from taicho.duties.models import (
    Discharge,
    Duty,
    DutyMeasure,
    Escalation,
    Exemption,
    Hindrance,
    Reminder,
    SweptDay,
)
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep
from tests.duties.rounds import ROUND, order
from tests.organisation.land import NOW


@pytest.fixture
def duty(land, people):
    """The round of Lan, without a day in the marks of the sweep."""
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    return Duty.objects.get(owner=people.staff, kind=ROUND)


def copy(duty, **facts):
    """The same duty once more, some facts other."""
    columns = {field.attname: getattr(duty, field.attname) for field in Duty._meta.concrete_fields}
    return Duty(**(columns | {"id": None, "key": uuid4()} | facts))


def broken(record):
    """The name of the constraint that a record breaks, written past every check of ours."""
    with pytest.raises(IntegrityError) as wrong, transaction.atomic():
        record.save()
    return wrong.value.__cause__.diag.constraint_name


def test_nobody_has_the_same_duty_twice(duty):
    assert broken(copy(duty)) == "duties_duty_once_a_person_and_occasion"
    with pytest.raises(Refusal, match="Người này đã có việc này"):
        keep(copy(duty))
    keep(copy(duty, occasion="2026-12-01"))


def test_nothing_is_due_or_closed_before_it_opens(duty):
    for due in (duty.opens_at, duty.opens_at - timedelta(seconds=1)):
        assert broken(copy(duty, occasion="x", due_at=due)) == "duties_due_after_it_opens"
    assert broken(copy(duty, occasion="x", closes_at=duty.opens_at)) == "duties_closes_after_it_opens"


def test_it_is_done_once(duty):
    Discharge.objects.create(duty=duty, at=NOW, evidence=uuid4())
    assert "duty_id" in broken(Discharge(duty=duty, at=NOW, evidence=uuid4()))


def test_one_exemption_stands_at_a_time(duty):
    first = Exemption.objects.create(duty=duty, reason=ExemptionReason.LEFT, at=NOW)
    another = Exemption(duty=duty, reason=ExemptionReason.LAPSED, at=NOW)
    assert broken(another) == "duties_one_exemption_at_a_time"
    first.ended_at = NOW
    first.save()
    another.save()


@pytest.mark.parametrize("facts", [{"why": "", "by": uuid4()}, {"why": "nghỉ phép", "by": None}])
def test_an_excuse_without_who_or_why_is_not_kept(duty, facts):
    free = Exemption(duty=duty, reason=ExemptionReason.EXCUSED, at=NOW, **facts)
    assert broken(free) == "duties_excuse_has_who_and_why"


def test_each_step_of_the_clock_is_kept_once(duty):
    Reminder.objects.create(duty=duty, step="before-30", state=StepState.SENT, at=NOW)
    again = Reminder(duty=duty, step="before-30", state=StepState.SKIPPED, at=NOW)
    assert broken(again) == "duties_reminder_once_a_step"
    Reminder(duty=duty, step="before-10", state=StepState.SENT, at=NOW).save()


def test_a_superior_is_told_once_and_is_somebody(duty, people):
    nobody = Escalation(duty=duty, to=None, state=StepState.SENT, at=NOW)
    assert broken(nobody) == "duties_escalation_sent_to_somebody"
    too_many = Escalation(duty=duty, to=people.head, state=StepState.SKIPPED, at=NOW)
    assert broken(too_many) == "duties_escalation_sent_to_somebody"
    Escalation.objects.create(duty=duty, to=people.head, state=StepState.SENT, at=NOW)
    assert "duty_id" in broken(Escalation(duty=duty, to=people.leader, state=StepState.SENT, at=NOW))


def test_a_measure_stands_behind_a_duty_once(duty):
    one = DutyMeasure.objects.filter(duty=duty).first()
    assert broken(DutyMeasure(duty=duty, measure=one.measure)) == "duties_measure_once_a_duty"


def test_a_day_is_marked_once(duty):
    mark = SweptDay.objects.get()
    again = SweptDay(day=mark.day, swept_at=NOW, seen="x", next_at=NOW)
    assert broken(again) == "duties_day_swept_once"


@pytest.mark.parametrize("of_one", [True, False])
def test_a_hindrance_stands_once_also_where_it_is_of_no_single_agency(land, of_one):
    facts = {"day": NOW.date(), "agency": land.bureau if of_one else None, "kind": ROUND, "error": "x",
             "since": NOW, "last_at": NOW}  # fmt: skip
    first = Hindrance.objects.create(**facts)
    assert broken(Hindrance(**facts)) == "duties_hindrance_once"
    first.ended_at = NOW
    first.save()
    Hindrance(**facts).save()


def test_nobody_with_a_duty_can_be_deleted_and_no_duty_loses_its_reason(duty, people):
    with pytest.raises(ProtectedError):
        people.staff.delete()
    with pytest.raises(ProtectedError):
        DutyMeasure.objects.filter(duty=duty).first().measure.delete()
