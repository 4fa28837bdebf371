"""Two hands on one alert, one restriction, one telephone: the first is kept, the second is told (house D8, D9)."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from taicho.health.actions.alerts import record_step
from taicho.health.actions.declaring import record_outside_declaration
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.actions.temperatures import record_temperature
from taicho.health.models import AlertStep, Declaration, HealthAlert, Restriction, RestrictionLift, Temperature
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.messaging.models import Message
from tests.health.clinic import ILL, declared, declares_daily, threshold
from tests.health.test_at_once import together
from tests.organisation.conftest import committed  # noqa: F401
from tests.organisation.land import actor, post, staff, unit

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def clinic():
    """Lan, the health post and a guard of one agency that judges temperatures, where commits are real."""
    bureau = unit("Sở Khoa học và Công nghệ")
    nurse, guard = staff("Cao Thị Y", bureau), staff("Phạm Văn Đạt", bureau)
    post(nurse, bureau, "health_post")
    post(guard, bureau, "guard")
    threshold(bureau, 37.5)
    declares_daily(bureau, accepted=["NCOVI"])
    return staff("Nguyễn Thị Lan", bureau), actor(nurse), actor(guard)


def test_of_two_who_lift_at_once_one_lifts_and_the_other_is_told(clinic):
    lan, nurse, _ = clinic
    at = clock.now()
    one = restrict(lan, by=nurse, kind="self", reason="ho", at=at)
    made = together(*(lambda: type(lift(one, by=nurse, reason="khỏi", at=at)).__name__ for _ in range(3)))
    assert sorted(made) == ["RestrictionLift", "lifted-already", "lifted-already"]
    assert RestrictionLift.objects.count() == 1
    assert AuditEntry.objects.filter(verb="health.lift_restriction", object_key=one.key).count() == 1


def test_of_two_who_close_at_once_one_closes(clinic):
    lan, nurse, _ = clinic
    declared(lan, answers=ILL)
    alert, at = HealthAlert.objects.get(), clock.now()
    made = together(
        *(lambda: str(record_step(alert, by=nurse, kind="closed", at=at, note="khỏi").kind) for _ in range(3))
    )
    assert sorted(made) == ["closed", "closed-already", "closed-already"]
    assert AlertStep.objects.count() == 1


def test_two_guards_with_two_thermometers_open_one_alert(clinic):
    lan, _, guard = clinic
    at = clock.now()

    def take(figure):
        return record_temperature(lan, celsius=Decimal(figure), by=guard, at=at, client_id=uuid4()).pk

    made = together(*(lambda figure=figure: take(figure) for figure in ("38.2", "38.4", "38.6")))
    assert (len(set(made)), Temperature.objects.count()) == (3, 3)
    assert HealthAlert.objects.count() == 1
    assert Message.objects.filter(kind="health.alert").count() == 1


def test_the_same_evidence_shown_at_two_gates_is_noted_once(clinic):  # F2
    lan, _, guard = clinic
    at = clock.now()
    made = together(
        *(
            lambda: record_outside_declaration(lan, by=guard, shown="NCOVI", at=at, client_id=uuid4()).shown
            for _ in range(2)
        )
    )
    assert sorted(made) == ["NCOVI", "health_declaration_shown_once_a_day"]
    assert Declaration.objects.count() == 1


def test_two_corrections_at_once_leave_one_standing_declaration(clinic):
    lan, _, _ = clinic
    first = declared(lan)
    made = together(*(lambda: str(declared(lan, answers=ILL, corrects=first).corrects_id) for _ in range(2)))
    assert sorted(made) == sorted([str(first.pk), "corrected-already"])
    assert Declaration.objects.filter(corrected_by__isnull=True).count() == 1
    assert HealthAlert.objects.count() == 1


def test_a_lift_and_a_new_restriction_at_once_leave_one_clear_state(clinic):
    lan, nurse, _ = clinic
    at = clock.now()
    one = restrict(lan, by=nurse, kind="self", reason="ho", at=at)

    def again():
        return type(restrict(lan, by=nurse, kind="self", reason="ho lại", at=at)).__name__

    made = together(lambda: type(lift(one, by=nurse, reason="khỏi", at=at)).__name__, again)
    assert made[0] == "RestrictionLift"
    assert made[1] == "health_one_restriction_of_a_kind_at_a_time"
    assert Restriction.objects.get().ends_at is not None


def test_a_message_of_an_alert_that_was_rolled_back_never_existed(clinic):
    lan, _, _ = clinic
    key = uuid4()
    declared(lan, client_id=key)

    def other(_):
        try:
            return declared(lan, client_id=key, answers=ILL)
        except Exception as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(other, range(2))) == ["Conflict", "Conflict"]
    assert not Message.objects.exists()
    assert not HealthAlert.objects.exists()
