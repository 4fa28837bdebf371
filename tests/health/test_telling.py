"""Who is told of an alert: those who must act, once, without a name or a fact of health (E6, F8; trust.md 5.3, 8)."""

import pytest
from django.urls import reverse

from taicho.health.actions.alerts import record_step
from taicho.health.models import HealthAlert
from taicho.health.queries.calling import told_by, whom_to_call
from taicho.kernel import clock
from taicho.kernel.refusals import Conflict
from taicho.messaging.models import Message, Receipt
from taicho.organisation.actions.authorities import register_authority
from taicho.organisation.actions.posts import end_post
from taicho.organisation.models import Post
from tests.health.clinic import ILL, declared, measured, threshold
from tests.health.hands import press
from tests.organisation.browsing import said
from tests.organisation.land import SETUP, START, actor, post, staff
from tests.organisation.traces import traces

pytestmark = pytest.mark.django_db


def told(kind):
    """Who got a message of the kind, by name."""
    rows = Receipt.objects.filter(message__kind=kind).order_by("person__name_key")
    return [one.person.full_name for one in rows]


def test_every_health_post_of_the_agency_is_told_and_none_of_another(land, sick_bay, ordered):
    second = staff("An Thị Bình", land.department)
    post(second, land.department, "health_post")
    declared(sick_bay.staff, answers=ILL)
    assert told("health.alert") == ["An Thị Bình", "Cao Thị Y"]


def test_who_held_the_post_until_today_is_told_nothing(sick_bay, ordered):  # A13
    end_post(Post.objects.get(person=sick_bay.nurse), by=SETUP, at=clock.now())
    declared(sick_bay.staff, answers=ILL)
    assert told("health.alert") == []


def test_where_nobody_was_told_the_page_does_not_say_that_somebody_was(sick_bay, ordered, enter):
    end_post(Post.objects.get(person=sick_bay.nurse), by=SETUP, at=clock.now())
    one = declared(sick_bay.staff, answers=ILL)
    assert told_by(sick_bay.staff) is None
    page = said(enter(sick_bay.staff).get(reverse("health:declaration", args=[one.key])))
    assert "Y tế cơ quan đã nhận tin" not in page
    assert "Hãy liên hệ ngay cơ sở y tế." in page


def test_a_head_who_is_unwell_is_told_of_as_well(sick_bay, ordered):
    declared(sick_bay.head, answers=ILL)
    assert told("health.followed") == ["Lê Minh Quân"]


def test_the_head_of_another_department_is_not_told(land, sick_bay, ordered):
    other = staff("Lý Văn Sáu", land.office)
    post(other, land.office, "unit_head")
    declared(sick_bay.staff, answers=ILL)
    assert told("health.followed") == ["Lê Minh Quân"]


def test_a_yes_and_a_fever_are_two_alerts_and_each_is_told_once(land, sick_bay, ordered):
    threshold(land.bureau, 37.5)
    declared(sick_bay.staff, answers=ILL)
    measured(sick_bay.staff, "38.2", by=sick_bay.guard)
    measured(sick_bay.staff, "38.9", by=sick_bay.guard)
    assert HealthAlert.objects.count() == 2
    assert told("health.alert") == ["Cao Thị Y"] * 2


def test_after_it_was_closed_the_next_yes_opens_a_new_alert_and_is_told_again(sick_bay, ordered):
    first = declared(sick_bay.staff, answers=ILL)
    record_step(HealthAlert.objects.get(), by=actor(sick_bay.nurse), kind="closed", at=clock.now(), note="nhầm")
    declared(sick_bay.staff, answers=ILL | {"contact": True}, corrects=first)
    assert HealthAlert.objects.open().count() == 1
    assert told("health.alert") == ["Cao Thị Y"] * 2


def test_no_message_names_anybody_or_says_what_it_is(land, sick_bay, ordered):
    threshold(land.bureau, 37.5)
    declared(sick_bay.staff, answers=ILL)
    measured(sick_bay.staff, "38.2", by=sick_bay.guard)
    titles = " ".join(Message.objects.values_list("title", flat=True))
    for word in ("Lan", "38", "sốt", "ho ", "thân nhiệt", "triệu chứng", "F0", "F1"):
        assert word not in titles


def test_every_message_leads_to_a_page_that_opens_to_who_got_it(sick_bay, ordered, enter):  # ux.md 11: one action
    declared(sick_bay.staff, answers=ILL)
    receipts = Receipt.objects.select_related("person__account", "message")
    opened = {one.message.kind: enter(one.person).get(one.message.link).status_code for one in receipts}
    assert opened == {"health.alert": 200, "health.followed": 200}


def test_what_is_announced_and_recorded_when_somebody_says_yes(sick_bay, ordered):  # L4
    with traces() as left:
        declared(sick_bay.staff, answers=ILL)
    assert left.verbs.count("health.declare") == left.verbs.count("health.open_alert") == 1
    assert left.verbs.count("messaging.send") == 2
    assert [name for name, _ in left.news if name == "HealthAlertOpened"] == ["HealthAlertOpened"]


def test_a_declaration_that_is_refused_tells_nobody(sick_bay, ordered):
    declared(sick_bay.staff)
    with pytest.raises(Conflict):
        declared(sick_bay.staff, answers=ILL)
    assert not Message.objects.exists()
    assert not HealthAlert.objects.exists()


# A "có" and the gate: the clause orders a call, not a stop


def test_a_yes_calls_the_health_post_and_the_person_and_is_no_temperature(sick_bay, ordered, enter, things):  # E2, F8
    phone = enter(sick_bay.staff)
    page = press(phone, phone.get(reverse("health:declare")), "symptoms", "yes")
    assert "Hãy gọi Trạm Y tế xã Đông Hà ngay." in said(page)
    press(phone, page, "go", "next.symptoms")
    assert told("health.alert") == ["Cao Thị Y"]
    assert not HealthAlert.objects.filter(temperature__isnull=False).exists()


# Whom to call


def authority(land, kind, name, **facts):
    return register_authority(
        by=SETUP, kept_by=land.bureau, kind=kind, name=name, phone="0220 385 0000", valid_from=START, **facts
    )


def test_the_station_comes_first_then_the_centre_then_the_department(land, sick_bay):  # B6
    authority(land, "health_department", "Sở Y tế Minh Giang")
    authority(land, "cdc", "CDC Minh Giang")
    authority(land, "health_station", "Trạm Y tế xã Đông Hà")
    authority(land, "police", "Công an xã Đông Hà")
    names = [one.name for one in whom_to_call(sick_bay.staff, clock.today())]
    assert names == ["Trạm Y tế xã Đông Hà", "CDC Minh Giang", "Sở Y tế Minh Giang"]


def test_nobody_is_called_who_is_in_the_directory_of_another_agency(land, sick_bay):
    authority(land, "cdc", "CDC Minh Giang")
    assert whom_to_call(sick_bay.researcher, clock.today()) == []
