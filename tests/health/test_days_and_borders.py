"""The day is the office's day, from midnight to midnight in Hà Nội; instants count to the second (house § 5; F1)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from taicho.health.actions.declaring import declare
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.models import Declaration, HealthAlert, Restriction
from taicho.health.queries.in_force import due_at
from taicho.health.queries.today import today_of
from taicho.kernel import clock
from taicho.kernel.models import DrillClock
from taicho.kernel.refusals import Refusal
from tests.health.clinic import ILL, WELL, decided, declared, measured, stands, threshold
from tests.health.hands import press
from tests.organisation.browsing import said
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2026, 11, 20, 17, tzinfo=UTC)
"""Where the 20th ends and the 21st begins in Hà Nội; the 20th at 17h00 in Greenwich."""
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "day"),
    [(MIDNIGHT - SECOND, date(2026, 11, 20)), (MIDNIGHT, date(2026, 11, 21))],
    ids=["23:59:59", "00:00:00"],
)
def test_a_declaration_is_of_the_day_the_office_has(sick_bay, ordered, at, day):
    assert declared(sick_bay.staff, at=at).day == day


def test_a_declaration_counts_until_the_last_second_of_its_day(sick_bay, ordered):
    declared(sick_bay.staff)
    assert stands(sick_bay.staff, MIDNIGHT - SECOND).declared
    assert not stands(sick_bay.staff, MIDNIGHT).declared


def test_the_temperature_of_yesterday_counts_no_more_but_an_open_alert_does(land, sick_bay):  # E2, E6
    threshold(land.bureau, 37.5)
    measured(sick_bay.staff, "38.2", by=sick_bay.guard)
    how = stands(sick_bay.staff, MIDNIGHT)
    assert (how.temperature_today, how.high) == (False, True)


def test_before_it_was_opened_an_alert_stood_for_nobody(sick_bay, ordered):
    declared(sick_bay.staff, answers=ILL)
    opened = HealthAlert.objects.get().opened_at
    assert stands(sick_bay.staff, opened).alert
    assert not stands(sick_bay.staff, opened - SECOND).alert


def test_a_sheet_opened_before_midnight_and_sent_after_it_is_of_the_new_day(sick_bay, ordered, enter, time_machine):
    time_machine.move_to(MIDNIGHT - SECOND, tick=False)
    phone = enter(sick_bay.staff)
    page = phone.get(reverse("health:declare"))
    for question in ("symptoms", "contact"):
        page = press(phone, page, question, "no")
    time_machine.move_to(MIDNIGHT + SECOND, tick=False)
    press(phone, page, "affected_place", "no")
    assert Declaration.objects.get().day == date(2026, 11, 21)


def test_yesterday_is_read_and_no_longer_corrected(sick_bay, ordered, enter, time_machine):
    one = declared(sick_bay.staff)
    time_machine.move_to(MIDNIGHT, tick=False)
    phone = enter(sick_bay.staff)
    page = said(phone.get(reverse("health:declaration", args=[one.key])))
    assert "Sửa khai báo" not in page
    answers = {f"a.{key}": "no" for key in WELL} | {"go": "send"}
    refused = phone.post(reverse("health:correct-declaration", args=[one.key]), answers)
    assert refused.status_code == 400
    assert "Chỉ sửa được khai báo của hôm nay." in said(refused)
    assert Declaration.objects.count() == 1


def test_tomorrow_cannot_be_declared_today(sick_bay, ordered):
    with pytest.raises(Refusal, match="Chỉ khai báo cho hôm nay"):
        declare(
            sick_bay.staff, by=actor(sick_bay.staff), client_id=sick_bay.staff.key, day=date(2026, 11, 21),
            answers=WELL, temperature=None, at=clock.now(),
        )  # fmt: skip
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(("seconds", "asked"), [(-1, False), (0, True)], ids=["10:29:59", "10:30:00"])
def test_the_reason_of_a_correction_is_asked_from_the_very_hour_on(land, sick_bay, ordered, seconds, asked):
    decided(land.bureau, "health.declaration_hour", by=["10:30"])
    first = declared(sick_bay.staff)
    at = datetime(2026, 11, 20, 3, 30, tzinfo=UTC) + timedelta(seconds=seconds)
    if asked:
        with pytest.raises(Refusal, match="Đã quá giờ hạn: ghi lý do sửa"):
            declared(sick_bay.staff, answers=ILL, corrects=first, at=at)
        assert not HealthAlert.objects.exists()
    else:
        assert declared(sick_bay.staff, answers=ILL, corrects=first, at=at).reason is None


def test_who_only_answers_the_rest_gives_no_reason_even_late(land, sick_bay, ordered):
    decided(land.bureau, "health.declaration_hour", by=["10:30"])
    part = declared(sick_bay.staff, answers={"symptoms": True})
    late = clock.now() + timedelta(hours=3)
    assert declared(sick_bay.staff, answers=WELL | {"symptoms": True}, corrects=part, at=late).reason is None


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-30T12:00+07:00", "2026-12-01T00:00+07:00"),
        ("2026-12-31T23:59+07:00", "2027-01-01T00:00+07:00"),
        ("2028-02-28T06:00+07:00", "2028-02-29T00:00+07:00"),
        ("2026-11-20T00:00+07:00", "2026-11-21T00:00+07:00"),
    ],
)
def test_without_a_decided_hour_it_is_due_when_the_day_ends(land, sick_bay, at, due):  # house D4
    assert due_at(land.department, datetime.fromisoformat(at)) == datetime.fromisoformat(due)


def test_of_two_decided_hours_the_earlier_one_is_due(land, sick_bay):
    decided(land.bureau, "health.declaration_hour", by=["10:30"])
    decided(land.bureau, "health.declaration_hour", by=["07:15"])
    assert clock.local(due_at(land.department, clock.now())).strftime("%H:%M") == "07:15"


def test_a_restriction_stops_from_its_first_instant_and_no_longer_at_the_instant_of_the_lift(sick_bay):
    began = clock.now()
    one = restrict(sick_bay.staff, by=actor(sick_bay.nurse), kind="no_entry", reason="sốt", at=began)
    ended = began + timedelta(hours=2)
    lift(one, by=actor(sick_bay.nurse), reason="khỏi", at=ended)
    times = (began - SECOND, began, ended - SECOND, ended)
    assert [stands(sick_bay.staff, at).restricted for at in times] == [False, True, True, False]


def test_a_lift_dated_before_the_restriction_still_ends_it(sick_bay):
    one = restrict(sick_bay.staff, by=actor(sick_bay.nurse), kind="self", reason="ho", at=clock.now())
    lift(one, by=actor(sick_bay.nurse), reason="nhầm người", at=clock.now() - timedelta(days=1))
    assert not stands(sick_bay.staff, clock.now() + SECOND).restricted
    assert Restriction.objects.get().lift.reason == "nhầm người"


def test_in_a_drill_the_day_is_the_day_of_the_drill(sick_bay, ordered, settings):  # house D14
    settings.TAICHO_DRILL = True
    DrillClock.objects.create(offset=timedelta(days=-40), set_at=clock.real_now())
    one = declared(sick_bay.staff)
    assert one.day == date(2026, 10, 11)
    assert one.code.startswith("KB-1110-")
    assert stands(sick_bay.staff).declared


def test_what_was_made_today_is_asked_no_more_and_tomorrow_again(sick_bay, ordered):
    assert today_of(sick_bay.staff, clock.now()).is_owed
    declared(sick_bay.staff)
    assert not today_of(sick_bay.staff, MIDNIGHT - SECOND).is_owed
    assert today_of(sick_bay.staff, MIDNIGHT).is_owed
