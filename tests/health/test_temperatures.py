"""Temperatures: read as people type them, judged only by what the office decided (E2)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from taicho.health.models import HealthAlert, Temperature
from taicho.health.rules.questionnaire import latest
from taicho.health.rules.temperature import parse_celsius
from taicho.kernel.refusals import Conflict, Refusal
from tests.health.clinic import declared, measured, stands, threshold

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("36,5", "36.5"), ("36.5", "36.5"), ("365", "36.5"), (" 38,2 °C", "38.2"), ("37", "37.0"), ("37 độ", "37.0"),
        ("３７,９", "37.9"), ("３８．２ ℃", "38.2"),
    ],
)  # fmt: skip
def test_a_temperature_is_read_as_people_type_it(typed, read):  # ux.md 7
    assert parse_celsius(typed, latest()) == Decimal(read)


@pytest.mark.parametrize("typed", ["33,9", "43,1", "3650", "36,55", "", "nóng", "-36,5", "36 5", "36,5,1", "٣٦"])
def test_what_is_no_body_temperature_is_refused_with_the_range(typed):  # ux.md 6
    with pytest.raises(Refusal) as refused:
        parse_celsius(typed, latest())
    assert refused.value.sentence == "Nhập thân nhiệt từ 34,0 đến 43,0 °C."


def test_without_a_decided_threshold_no_temperature_is_judged(sick_bay):  # D6
    reading = measured(sick_bay.staff, "41.0", by=sick_bay.guard)
    assert reading.judged_by is None
    assert not HealthAlert.objects.exists()
    assert stands(sick_bay.staff).temperature_today
    assert not stands(sick_bay.staff).high


@pytest.mark.parametrize(("celsius", "high"), [("37.4", False), ("37.5", True), ("38.2", True)])
def test_from_the_decided_threshold_on_an_alert_is_opened(land, sick_bay, celsius, high):  # E6
    measure = threshold(land.bureau, 37.5)
    reading = measured(sick_bay.staff, celsius, by=sick_bay.guard)
    assert reading.judged_by == measure.key
    assert HealthAlert.objects.filter(temperature=reading).exists() is high
    assert stands(sick_bay.staff).high is high


def test_of_two_decisions_the_lower_threshold_catches_both(land, sick_bay):
    threshold(land.bureau, 38)
    threshold(land.bureau, 37.5)
    measured(sick_bay.staff, "37.6", by=sick_bay.guard)
    assert stands(sick_bay.staff).high


def test_a_second_high_reading_adds_a_figure_not_a_second_alert(land, sick_bay):
    threshold(land.bureau, 37.5)
    measured(sick_bay.staff, "38.2", by=sick_bay.guard)
    measured(sick_bay.staff, "38.4", by=sick_bay.nurse)
    assert (Temperature.objects.count(), HealthAlert.objects.count()) == (2, 1)


def test_a_temperature_typed_with_a_declaration_is_judged_too(land, sick_bay, ordered):  # F1
    threshold(land.bureau, 37.5)
    one = declared(sick_bay.staff, temperature=Decimal("38.2"))
    assert HealthAlert.objects.get().temperature.declaration == one
    assert stands(sick_bay.staff).high


def test_the_same_reading_sent_twice_is_one_and_with_another_figure_a_conflict(sick_bay):  # D9
    key = uuid4()
    assert measured(sick_bay.staff, "36.6", by=sick_bay.guard, client_id=key) == measured(
        sick_bay.staff, "36.60", by=sick_bay.guard, client_id=key
    )
    with pytest.raises(Conflict) as conflict:
        measured(sick_bay.staff, "36.7", by=sick_bay.guard, client_id=key)
    assert conflict.value.code == "health_temperature_sent_once"
    assert Temperature.objects.get().celsius == Decimal("36.6")


def test_a_slip_of_the_hand_is_not_stored(sick_bay):
    with pytest.raises(Refusal) as refused:
        measured(sick_bay.staff, "63.5", by=sick_bay.guard)
    assert refused.value.field == "temperature"
    assert not Temperature.objects.exists()
