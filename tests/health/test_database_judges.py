"""What the database itself never lets in, whoever writes past the actions; each with a sentence for people (house D8)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from taicho.health.models import AlertStep, Declaration, HealthAlert, Restriction, RestrictionLift, Temperature
from taicho.kernel import clock
from tests.health.clinic import ILL, WELL, declared, measured, threshold

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(land, sick_bay, ordered):
    """Makers of rows about Lan that would be taken; a test says what is wrong with one."""
    person, at = sick_bay.staff, clock.now()
    about = {"person": person, "agency": land.bureau}

    def declaration(**wrong):
        facts = {"client_id": uuid4(), "day": clock.today(), "questionnaire": "covid-2021/1", "answers": WELL}
        return Declaration(**about, made_at=at, **(facts | wrong))

    def shown(app="NCOVI", **wrong):
        return declaration(answers=None, questionnaire="", shown=app, **wrong)

    def restriction(**wrong):
        return Restriction(**(about | {"kind": "self", "reason": "ho", "starts_at": at} | wrong))

    def alert(**grounds):
        return HealthAlert(**about, opened_at=at, **grounds)

    def reading(**wrong):
        facts = {"client_id": uuid4(), "day": clock.today(), "sealed_celsius": "36.6", "taken_at": at}
        return Temperature(**about, **(facts | wrong))

    return {"declaration": declaration, "shown": shown, "restriction": restriction, "alert": alert, "reading": reading}


def refuses(row, constraint):
    """The database refuses the row by that constraint, which the model can put into words."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        row.save()
    assert broken.value.__cause__.diag.constraint_name == constraint
    told = next(one for one in row._meta.constraints if one.name == constraint).get_violation_error_message()
    assert str(told).endswith(".")
    return True


def test_a_declaration_is_answered_or_shown_and_never_both_or_neither(rows):
    judge = "health_declaration_is_answered_or_shown"
    assert refuses(rows["declaration"](answers=None), judge)
    assert refuses(rows["declaration"](questionnaire=""), judge)
    assert refuses(rows["declaration"](shown="NCOVI"), judge)
    assert refuses(rows["shown"](app=""), judge)
    rows["declaration"]().save()
    rows["shown"]().save()
    assert Declaration.objects.count() == 2


def test_a_turn_of_a_day_is_declared_once_and_a_correction_takes_no_turn(rows):
    first = rows["declaration"]()
    first.save()
    assert refuses(rows["declaration"](), "health_declaration_once_a_turn")
    rows["declaration"](turn=2).save()
    rows["declaration"](corrects=first).save()
    rows["declaration"](day=clock.today() + timedelta(days=1)).save()
    assert Declaration.objects.count() == 4


def test_one_client_id_is_one_declaration_even_of_another_day(rows):
    key = uuid4()
    rows["declaration"](client_id=key).save()
    assert refuses(
        rows["declaration"](client_id=key, day=clock.today() + timedelta(days=1)), "health_declaration_sent_once"
    )


def test_the_same_evidence_is_shown_once_a_day(rows):  # F2
    rows["shown"]().save()
    assert refuses(rows["shown"](), "health_declaration_shown_once_a_day")
    rows["shown"](app="Bluezone").save()
    assert Declaration.objects.count() == 2


def test_a_declaration_does_not_correct_itself_and_is_corrected_once(rows):
    first = rows["declaration"]()
    first.save()
    first.corrects = first
    assert refuses(first, "health_declaration_corrects_another")
    first.refresh_from_db()
    rows["declaration"](corrects=first).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows["declaration"](corrects=first).save()


def test_an_alert_has_one_ground(rows, sick_bay):  # E6, F8
    said, taken = rows["declaration"](), rows["reading"]()
    said.save()
    taken.save()
    assert refuses(rows["alert"](), "health_alert_has_one_ground")
    assert refuses(rows["alert"](declaration=said, temperature=taken), "health_alert_has_one_ground")
    rows["alert"](declaration=said).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows["alert"](declaration=said).save()


def test_an_alert_is_closed_once_and_never_without_a_reason(sick_bay, ordered, things):
    declared(sick_bay.staff, answers=ILL)
    facts = {"alert": HealthAlert.objects.get(), "taken_at": clock.now()}
    assert refuses(AlertStep(kind="closed", **facts), "health_alert_closed_with_reason")
    AlertStep(kind="closed", note="đã khỏe", **facts).save()
    assert refuses(AlertStep(kind="closed", note="lần nữa", **facts), "health_alert_closed_once")
    assert refuses(
        AlertStep(kind="waiting_area", authority=things.station, **facts), "health_alert_only_a_call_has_an_authority"
    )
    AlertStep(kind="called", authority=things.station, **facts).save()
    assert AlertStep.objects.count() == 2


def test_two_restrictions_of_a_kind_never_overlap_and_may_touch(rows):  # F8
    at = clock.now()
    rows["restriction"](ends_at=at + timedelta(hours=1)).save()
    overlapping = rows["restriction"](starts_at=at + timedelta(minutes=59))
    assert refuses(overlapping, "health_one_restriction_of_a_kind_at_a_time")
    rows["restriction"](starts_at=at + timedelta(hours=1)).save()
    rows["restriction"](kind="home").save()
    assert Restriction.objects.count() == 3


def test_a_restriction_ends_after_it_began_and_is_lifted_once(rows):
    at = clock.now()
    assert refuses(rows["restriction"](ends_at=at), "health_restriction_ends_after_start")
    one = rows["restriction"]()
    one.save()
    RestrictionLift(restriction=one, reason="hết ho", lifted_at=at).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        RestrictionLift(restriction=one, reason="hết ho", lifted_at=at).save()


def test_a_reading_under_a_used_id_is_not_taken(rows):
    key = uuid4()
    rows["reading"](client_id=key).save()
    assert refuses(rows["reading"](client_id=key), "health_temperature_sent_once")


@pytest.mark.parametrize("missing", ["reason", "person", "agency"])
def test_a_restriction_without_reason_person_or_agency_is_no_row(rows, missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows["restriction"](**{missing: None}).save()


def test_a_kind_nobody_knows_is_refused_before_the_database(rows):
    with pytest.raises(ValidationError):
        rows["restriction"](kind="shunned").full_clean(exclude=["set_by", "ends_at"])


def test_what_others_hang_on_is_not_deleted(land, sick_bay, ordered):
    threshold(land.bureau, 37.5)
    one = declared(sick_bay.staff, answers=ILL)
    measured(sick_bay.staff, "38.2", by=sick_bay.guard)
    for row in (one, Temperature.objects.get(), sick_bay.staff):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()
