"""The daily declaration as a duty: opened for everyone it binds, due without an invented hour, done by declaring (F1)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from taicho.duties.actions.opening import open_duties
from taicho.duties.models import Discharge, Duty
from taicho.duties.queries.work import my_work
from taicho.health.actions.declaring import record_outside_declaration
from taicho.kernel import clock
from tests.health.clinic import ILL, decided, declared, declares_daily
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2026, 11, 20, 17, tzinfo=UTC)


def duty_of(person):
    return Duty.objects.get(kind="health.declare", owner=person)


def test_everyone_in_scope_owes_it_each_day(land, sick_bay, ordered):
    open_duties(clock.now())
    owners = set(Duty.objects.filter(kind="health.declare").values_list("owner__full_name", flat=True))
    assert {"Nguyễn Thị Lan", "Phạm Văn Đạt", "Đặng Thị Hồng", "Bùi Thu Trang"} <= owners
    assert "Đỗ Quang Huy" not in owners
    open_duties(clock.now() + timedelta(days=1))
    assert Duty.objects.filter(kind="health.declare", owner=sick_bay.staff).count() == 2


def test_before_work_names_no_hour_so_it_is_due_at_the_end_of_the_day(sick_bay, ordered):  # D4
    open_duties(clock.now())
    assert duty_of(sick_bay.staff).due_at == MIDNIGHT


def test_the_hour_the_office_decides_holds(land, sick_bay, ordered):  # D6
    decided(land.bureau, "health.declaration_hour", by=["11:30"])
    open_duties(clock.now())
    assert clock.local(duty_of(sick_bay.staff).due_at).strftime("%H:%M") == "11:30"


def test_declaring_discharges_it_with_the_declaration_as_evidence(sick_bay, ordered):
    open_duties(clock.now())
    one = declared(sick_bay.staff)
    assert Discharge.objects.get().evidence == one.key
    assert not [item for item in my_work(actor(sick_bay.staff), clock.now()) if "Khai báo" in item.title]


def test_declaring_before_the_sweep_came_opens_and_discharges_it(sick_bay, ordered):
    one = declared(sick_bay.staff)
    assert Discharge.objects.get(duty=duty_of(sick_bay.staff)).evidence == one.key
    open_duties(clock.now())
    assert Duty.objects.filter(kind="health.declare", owner=sick_bay.staff).count() == 1


def test_a_correction_leaves_the_first_discharge(sick_bay, ordered):
    first = declared(sick_bay.staff)
    declared(sick_bay.staff, answers=ILL, corrects=first)
    assert Discharge.objects.get().evidence == first.key


def test_a_declaration_shown_at_the_gate_discharges_it_too(sick_bay, ordered):  # F2
    record_outside_declaration(
        sick_bay.staff, by=actor(sick_bay.guard), shown="NCOVI", at=clock.now(), client_id=uuid4()
    )
    assert Discharge.objects.get(duty=duty_of(sick_bay.staff)).how == "NCOVI"


def test_a_voluntary_declaration_binds_nobody(land, sick_bay):
    declares_daily(land.bureau, voluntary=True)
    open_duties(clock.now())
    assert not duty_of(sick_bay.staff).binding


def test_a_voluntary_one_does_not_soften_a_mandatory_one(land, sick_bay, ordered):
    declares_daily(land.bureau, voluntary=True)
    open_duties(clock.now())
    assert duty_of(sick_bay.staff).binding


def test_twice_a_day_is_two_duties(land, sick_bay):
    decided(land.bureau, "health.daily_declaration", times_per_day=2)
    open_duties(clock.now())
    assert Duty.objects.filter(owner=sick_bay.staff, kind="health.declare").count() == 2
    declared(sick_bay.staff)
    assert Discharge.objects.count() == 1
    declared(sick_bay.staff)
    assert Discharge.objects.count() == 2
