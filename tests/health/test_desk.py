"""The health post at work: readings, restrictions, alerts closed with a reason (E6, F8, H11)."""

import pytest
from django.urls import reverse

from taicho.health.actions.alerts import record_step
from taicho.health.models import AlertStep, HealthAlert, Restriction, Temperature
from taicho.kernel import clock
from taicho.kernel.refusals import Conflict, Refusal
from taicho.messaging.models import Message, Receipt
from taicho.organisation.actions.outsiders import register_outsider
from tests.health.clinic import ILL, declared, measured, stands, threshold
from tests.organisation.browsing import said
from tests.organisation.land import actor
from tests.organisation.traces import traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sick_bay, enter):
    """A browser in which the health post of the Sở has entered."""
    return enter(sick_bay.nurse)


@pytest.fixture
def alert(land, sick_bay, ordered):
    """Lan was measured at 38,2 °C."""
    threshold(land.bureau, 37.5)
    measured(sick_bay.staff, "38.2", by=sick_bay.guard)
    return HealthAlert.objects.get()


def test_the_health_post_and_the_head_are_told_once_without_a_name(sick_bay, alert):  # trust.md 5.3, 8
    told = {one.kind: one for one in Message.objects.all()}
    assert [r.person for r in Receipt.objects.filter(message=told["health.alert"])] == [sick_bay.nurse]
    assert [r.person for r in Receipt.objects.filter(message=told["health.followed"])] == [sick_bay.head]
    for one in told.values():
        assert "Lan" not in one.title
        assert "38" not in one.title


def test_the_desk_shows_what_is_open_who_is_restricted_and_who_is_missing(desk, sick_bay, alert):
    declared(sick_bay.head)
    page = said(desk.get(reverse("health:desk")))
    assert "Nguyễn Thị Lan" in page
    assert "thân nhiệt cao" in page
    assert "38,2" not in page
    assert "Không ai đang bị hạn chế." in page
    assert ">1/2</td>" in page


def test_an_empty_desk_says_it_is_good(desk, sick_bay):
    assert "Không có cảnh báo nào đang mở." in said(desk.get(reverse("health:desk")))


def test_people_are_found_by_name_without_accents(desk, sick_bay):
    page = said(desk.get(reverse("health:desk"), {"q": "nguyen lan"}))
    assert reverse("health:person", args=[sick_bay.staff.key]) in page
    assert "Không có ai khớp" in said(desk.get(reverse("health:desk"), {"q": "xyz"}))


def test_a_reading_is_taken_by_hand_and_recorded_once(desk, sick_bay):
    address = reverse("health:measure", args=[sick_bay.staff.key])
    key = desk.get(address).context["form"]["client_id"].value()
    for _ in range(2):
        assert desk.post(address, {"celsius": "36,6", "client_id": key}).status_code == 302
    assert [str(one.celsius) for one in Temperature.objects.all()] == ["36.6"]


def test_a_reading_out_of_range_gets_the_sentence(desk, sick_bay):
    address = reverse("health:measure", args=[sick_bay.staff.key])
    page = desk.post(address, {"celsius": "63,6", "client_id": "00000000-0000-4000-8000-000000000001"})
    assert page.status_code == 400
    assert "Nhập thân nhiệt từ 34,0 đến 43,0 °C." in said(page)


def test_a_restriction_is_set_and_lifted_from_the_page(desk, sick_bay):
    desk.post(reverse("health:restrict", args=[sick_bay.staff.key]), {"kind": "no_entry", "reason": "sốt"})
    assert stands(sick_bay.staff).restricted
    one = Restriction.objects.get()
    page = said(desk.get(reverse("health:person", args=[sick_bay.staff.key])))
    assert "chưa vào cơ quan" in page
    refused = desk.post(reverse("health:lift", args=[one.key]), {"reason": " "})
    assert refused.status_code == 400
    desk.post(reverse("health:lift", args=[one.key]), {"reason": "âm tính"})
    one.refresh_from_db()
    assert one.lift.reason == "âm tính"


def test_the_same_restriction_twice_is_refused_in_words(desk, sick_bay):
    address = reverse("health:restrict", args=[sick_bay.staff.key])
    desk.post(address, {"kind": "no_entry", "reason": "sốt"})
    assert "Người này đang có hạn chế loại đó." in said(desk.post(address, {"kind": "no_entry", "reason": "sốt"}))


def test_a_call_names_whom_and_closing_names_why(sick_bay, alert):  # H11
    by = actor(sick_bay.nurse)
    with pytest.raises(Refusal) as refused:
        record_step(alert, by=by, kind="called", at=clock.now())
    assert refused.value.code == "whom-called"
    with pytest.raises(Refusal) as refused:
        record_step(alert, by=by, kind="closed", at=clock.now())
    assert refused.value.code == "without-reason"
    assert stands(sick_bay.staff).high


def test_a_closed_alert_no_longer_stands_and_is_closed_once(sick_bay, alert):  # E6
    by = actor(sick_bay.nurse)
    with traces() as left:
        record_step(alert, by=by, kind="closed", at=clock.now(), note="đo lại 36,6")
    assert left.verbs == ["health.record_step"]
    assert not stands(sick_bay.staff).high
    with pytest.raises(Conflict) as conflict:
        record_step(alert, by=by, kind="waiting_area", at=clock.now())
    assert conflict.value.code == "closed-already"


def test_the_steps_of_an_alert_are_recorded_from_its_page(desk, sick_bay, alert, things):  # H11
    page = said(desk.get(reverse("health:alert", args=[alert.key])))
    assert "38,2 °C" in page
    address = reverse("health:alert-step", args=[alert.key])
    sent = desk.post(address, {"kind": "called", "authority": things.station.key, "note": "ở yên, chờ xe"})
    assert sent.status_code == 302
    step = AlertStep.objects.get()
    assert (step.authority, step.note, step.taken_by) == (things.station, "ở yên, chờ xe", sick_bay.nurse.key)
    assert "Trạm Y tế xã Đông Hà" in said(desk.get(reverse("health:alert", args=[alert.key])))


def test_a_second_yes_of_the_same_person_does_not_double_the_alert(sick_bay, ordered):
    first = declared(sick_bay.staff, answers=ILL)
    declared(sick_bay.staff, answers=ILL | {"contact": True}, corrects=first)
    assert HealthAlert.objects.count() == 1
    assert Message.objects.filter(kind="health.alert").count() == 1


def test_without_a_threshold_the_page_says_so(desk, sick_bay):  # D6
    page = said(desk.get(reverse("health:person", args=[sick_bay.staff.key])))
    assert "Cơ quan chưa quyết định ngưỡng thân nhiệt cao" in page


def test_a_visitor_is_cared_for_under_the_sealed_name(desk, land, sick_bay, ordered):  # E2, E4
    visitor = register_outsider(
        by=actor(sick_bay.guard), kind="visitor", registered_in=land.bureau, full_name="Lò Văn Khách"
    )
    threshold(land.bureau, 37.5)
    measured(visitor, "38.2", by=sick_bay.guard)
    assert "Lò Văn Khách" in said(desk.get(reverse("health:desk")))
    alert = HealthAlert.objects.get(person=visitor)
    assert "Lò Văn Khách" in said(desk.get(reverse("health:alert", args=[alert.key])))
    assert desk.get(reverse("health:person", args=[visitor.key])).status_code == 200
    assert not Message.objects.filter(kind="health.followed").exists()
