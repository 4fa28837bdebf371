"""A daily declaration: complete, once, corrected openly (F1)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from taicho.health.actions.declaring import declare, record_outside_declaration
from taicho.health.models import Declaration, HealthAlert, Temperature
from taicho.kernel import clock
from taicho.kernel.refusals import Conflict, Refusal
from tests.health.clinic import ILL, WELL, decided, declared, stands
from tests.organisation.land import actor
from tests.organisation.traces import traces

pytestmark = pytest.mark.django_db


def test_who_declares_has_declared_today_and_not_tomorrow(sick_bay, ordered):  # F1
    assert not stands(sick_bay.staff).declared
    declared(sick_bay.staff)
    assert stands(sick_bay.staff).declared
    assert not stands(sick_bay.staff, clock.now() + timedelta(days=1)).declared


def test_a_declaration_says_who_typed_it_and_leaves_a_trail_without_answers(sick_bay, ordered):  # L4
    with traces() as left:
        one = declared(sick_bay.staff, by=sick_bay.head)
    assert one.typed_by == sick_bay.head.key
    assert "health.declare" in left.verbs
    assert "HealthAlertOpened" not in dict(left.news)


@pytest.mark.parametrize("missing", WELL)
def test_every_question_is_answered_none_for_the_person(sick_bay, ordered, missing):
    some = {key: value for key, value in WELL.items() if key != missing}
    with pytest.raises(Refusal) as refused:
        declared(sick_bay.staff, answers=some)
    assert refused.value.code == "unanswered"
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("strange", [{"mood": True}, {"symptoms": "yes"}, {"symptoms.joy": True}])
def test_an_answer_to_a_question_nobody_asks_is_refused(sick_bay, ordered, strange):
    with pytest.raises(Refusal) as refused:
        declared(sick_bay.staff, answers=WELL | strange)
    assert refused.value.code == "unknown-answer"


def test_who_answers_yes_once_may_send_at_once_and_complete_it_afterwards(sick_bay, ordered):  # F8
    first = declared(sick_bay.staff, answers={"symptoms": True})
    whole = declared(sick_bay.staff, answers=ILL, corrects=first)
    assert whole.corrects == first
    assert HealthAlert.objects.get().declaration == first


@pytest.mark.parametrize("question", WELL)
def test_any_yes_opens_one_health_alert(sick_bay, ordered, question):  # E6, F8
    with traces() as left:
        declared(sick_bay.staff, answers=WELL | {question: True})
    alert = HealthAlert.objects.get()
    assert (alert.person, alert.temperature) == (sick_bay.staff, None)
    assert ("HealthAlertOpened", {"alert": str(alert.key)}) in left.news
    assert stands(sick_bay.staff).alert


def test_three_times_no_opens_none(sick_bay, ordered):
    declared(sick_bay.staff)
    assert not HealthAlert.objects.exists()


def test_ticks_under_a_question_answered_no_are_not_kept(sick_bay, ordered):
    one = declared(sick_bay.staff, answers=WELL | {"symptoms.fever": True})
    assert Declaration.objects.get(pk=one.pk).answers == WELL


def test_the_same_declaration_sent_twice_is_one(sick_bay, ordered):  # D9
    key = uuid4()
    once = declared(sick_bay.staff, client_id=key, temperature=Decimal("36.5"))
    again = declared(sick_bay.staff, client_id=key, temperature=Decimal("36.5"))
    assert once == again
    assert (Declaration.objects.count(), Temperature.objects.count()) == (1, 1)


def test_the_same_id_with_other_answers_is_a_conflict(sick_bay, ordered):  # D9
    key = uuid4()
    declared(sick_bay.staff, client_id=key)
    with pytest.raises(Conflict) as conflict:
        declared(sick_bay.staff, client_id=key, answers=ILL)
    assert conflict.value.code == "health_declaration_sent_once"
    with pytest.raises(Conflict):
        declared(sick_bay.office, client_id=key)
    assert Declaration.objects.count() == 1


def test_a_second_declaration_of_the_day_is_a_correction_or_nothing(sick_bay, ordered):
    declared(sick_bay.staff)
    with pytest.raises(Conflict) as conflict:
        declared(sick_bay.staff, answers=ILL)
    assert conflict.value.code == "health_declaration_once_a_turn"


def test_as_many_times_a_day_as_the_measure_asks(land, sick_bay):  # F1
    decided(land.bureau, "health.daily_declaration", times_per_day=2)
    assert [declared(sick_bay.staff).turn for _ in range(2)] == [1, 2]
    with pytest.raises(Conflict):
        declared(sick_bay.staff)


def test_yesterday_cannot_be_declared_any_more(sick_bay, ordered):
    one = declared(sick_bay.staff)
    with pytest.raises(Refusal) as refused:
        declare(
            sick_bay.staff, by=actor(sick_bay.staff), client_id=uuid4(), day=one.day - timedelta(days=1), answers=WELL,
            temperature=None, at=clock.now(),
        )  # fmt: skip
    assert refused.value.code == "wrong-day"


def test_before_the_hour_a_correction_needs_no_reason_after_it_does(land, sick_bay, ordered):  # trust.md A4
    decided(land.bureau, "health.declaration_hour", by=["10:30"])
    first = declared(sick_bay.staff)
    second = declared(sick_bay.staff, answers=ILL, corrects=first)
    late = clock.now() + timedelta(minutes=30)
    with pytest.raises(Refusal) as refused:
        declared(sick_bay.staff, corrects=second, at=late)
    assert refused.value.code == "without-reason"
    third = declared(sick_bay.staff, corrects=second, reason="ghi nhầm", at=late)
    assert (third.corrects, third.reason) == (second, "ghi nhầm")


def test_a_declaration_is_corrected_once_and_on_its_day(sick_bay, ordered):
    first = declared(sick_bay.staff)
    declared(sick_bay.staff, answers=ILL, corrects=first)
    with pytest.raises(Conflict) as conflict:
        declared(sick_bay.staff, answers=ILL, corrects=first)
    assert conflict.value.code == "corrected-already"
    with pytest.raises(Refusal) as refused:
        declared(sick_bay.staff, corrects=first, at=clock.now() + timedelta(days=1))
    assert refused.value.code == "wrong-day"


def test_nobody_corrects_the_declaration_of_another(sick_bay, ordered):
    first = declared(sick_bay.staff)
    with pytest.raises(Refusal):
        declared(sick_bay.office, corrects=first)


def test_a_guard_accepts_only_evidence_that_the_measure_names(sick_bay, ordered):  # F2
    def shows(app):
        return record_outside_declaration(
            sick_bay.staff, by=actor(sick_bay.guard), shown=app, at=clock.now(), client_id=uuid4()
        )

    with pytest.raises(Refusal) as refused:
        shows("giấy viết tay")
    assert refused.value.code == "evidence-not-accepted"
    assert "NCOVI, Bluezone" in refused.value.sentence
    assert not stands(sick_bay.staff).declared
    shown = shows("NCOVI")
    assert (shown.answers, shown.typed_by) == (None, sick_bay.guard.key)
    assert stands(sick_bay.staff).declared


def test_without_a_measure_no_evidence_counts(sick_bay):  # D6
    with pytest.raises(Refusal) as refused:
        record_outside_declaration(
            sick_bay.staff, by=actor(sick_bay.guard), shown="NCOVI", at=clock.now(), client_id=uuid4()
        )
    assert "Được chấp nhận: không có." in refused.value.sentence
