"""Health data follow the person: the health post of today's agency has the care, the one of yesterday nothing (L3, A13)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from taicho.health.actions.alerts import record_step
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.listeners import on_person_transferred
from taicho.health.models import AlertStep, Declaration, HealthAlert, Restriction, RestrictionLift, Temperature
from taicho.health.policies import may_keep_health
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.messaging.models import Message, Receipt
from taicho.organisation.actions.merger import merge_units
from taicho.organisation.actions.outsiders import register_outsider
from taicho.organisation.actions.posts import delegate, end_post
from taicho.organisation.actions.staff import end_service, take_back, transfer
from taicho.organisation.models import Post, StaffMembership
from taicho.organisation.news import PersonTransferred
from tests.health.clinic import ILL, declared, measured, stands, threshold
from tests.organisation.browsing import said
from tests.organisation.land import SETUP, actor, post, staff, unit

pytestmark = pytest.mark.django_db
EVERY_TABLE = {Declaration, Temperature, HealthAlert, AlertStep, Restriction, RestrictionLift}


@pytest.fixture
def lan(land, sick_bay, ordered):
    """Lan of the Sở answered "có", was measured hot, was restricted twice and released once: a row in every table."""
    threshold(land.bureau, 37.5)
    by, now = actor(sick_bay.nurse), clock.now()
    declared(sick_bay.staff, answers=ILL)
    measured(sick_bay.staff, "38.4", by=sick_bay.guard)
    record_step(HealthAlert.objects.get(declaration__isnull=False), by=by, kind="waiting_area", at=now)
    ended = restrict(sick_bay.staff, by=by, kind="self", reason="ho", at=now - timedelta(hours=1))
    lift(ended, by=by, reason="hết ho", at=now)
    restrict(sick_bay.staff, by=by, kind="no_entry", reason="sốt", at=now)
    return sick_bay.staff


def move(person, to, *, at=None):
    """Transfer the person; the news as the listeners get it."""
    at = at or clock.now()
    before = person.home_unit
    transfer(person, by=SETUP, to=to, at=at)
    return PersonTransferred(person=str(person.key), from_unit=str(before.key), to_unit=str(to.key), at=at.isoformat())


def tables_open_to(who):
    return {table for table in EVERY_TABLE if table.objects.visible_to(actor(who)).exists()}


def test_after_a_transfer_the_new_health_post_sees_all_of_it_and_the_old_one_nothing(land, sick_bay, lan):  # L3, A13
    assert (tables_open_to(sick_bay.nurse), tables_open_to(sick_bay.other_nurse)) == (EVERY_TABLE, set())
    move(lan, land.institute)
    assert (tables_open_to(sick_bay.nurse), tables_open_to(sick_bay.other_nurse)) == (set(), EVERY_TABLE)


def pages_about(person):
    """Every page of the health post about the person."""
    alert = HealthAlert.objects.filter(person=person, declaration__isnull=False).get()
    held = Restriction.objects.get(person=person, ends_at=None)
    declaration = Declaration.objects.get(person=person)
    return [
        reverse(f"health:{name}", args=[thing.key])
        for name, thing in (
            ("alert", alert), ("alert-step", alert), ("lift", held), ("person", person), ("measure", person),
            ("restrict", person), ("declaration", declaration),
        )
    ]  # fmt: skip


def test_every_page_opens_to_the_new_health_post_and_is_not_there_for_the_old_one(land, sick_bay, lan, enter):
    move(lan, land.institute)
    old = {enter(sick_bay.nurse).get(page).status_code for page in pages_about(lan)}
    new = {enter(sick_bay.other_nurse).get(page).status_code for page in pages_about(lan)}
    assert (old, new) == ({404}, {200})


def test_the_desk_names_the_newcomer_at_the_new_agency_and_no_longer_at_the_old_one(land, sick_bay, lan, enter):
    move(lan, land.institute)
    assert "Nguyễn Thị Lan" not in said(enter(sick_bay.nurse).get(reverse("health:desk")))
    page = said(enter(sick_bay.other_nurse).get(reverse("health:desk")))
    assert "Nguyễn Thị Lan" in page
    assert "Không ai đang bị hạn chế." not in page


def test_the_new_health_post_lifts_and_closes_with_a_reason_and_the_gate_is_free(land, sick_bay, lan, enter):  # E6, F8
    move(lan, land.institute)
    browser = enter(sick_bay.other_nurse)
    held = Restriction.objects.get(ends_at=None)
    lifted = browser.post(reverse("health:lift", args=[held.key]), {"reason": "âm tính"})
    assert lifted.url == reverse("health:person", args=[lan.key])
    for alert in HealthAlert.objects.open():
        browser.post(reverse("health:alert-step", args=[alert.key]), {"kind": "closed", "note": "đã khỏe"})
    how = stands(lan, clock.now() + timedelta(seconds=1))
    assert not (how.restricted or how.alert or how.high)
    lifting = AuditEntry.objects.get(verb="health.lift_restriction", object_key=held.key)
    assert (lifting.actor, lifting.unit) == (sick_bay.other_nurse.key, land.institute.key)


def test_the_old_health_post_neither_lifts_nor_closes_any_more(land, sick_bay, lan, enter):  # A13
    held, alert = Restriction.objects.get(ends_at=None), HealthAlert.objects.open().first()
    browser = enter(sick_bay.nurse)
    move(lan, land.institute)
    assert browser.post(reverse("health:lift", args=[held.key]), {"reason": "âm tính"}).status_code == 404
    step = {"kind": "closed", "note": "đã khỏe"}
    assert browser.post(reverse("health:alert-step", args=[alert.key]), step).status_code == 404
    assert not may_keep_health.test(actor(sick_bay.nurse), held)
    assert may_keep_health.test(actor(sick_bay.other_nurse), held)
    assert stands(lan).restricted


def test_what_the_new_health_post_reads_is_in_the_read_log(
    land, sick_bay, lan, enter, django_capture_on_commit_callbacks
):
    move(lan, land.institute)
    alert = HealthAlert.objects.open().first()
    with django_capture_on_commit_callbacks(execute=True):
        enter(sick_bay.other_nurse).get(reverse("health:alert", args=[alert.key]))
    look = AuditEntry.objects.get(verb="health.read_alert")
    assert (look.actor, look.object_key) == (sick_bay.other_nurse.key, alert.key)


def test_a_transfer_for_next_week_changes_nothing_before_the_day(land, sick_bay, lan, time_machine):
    coming = clock.now() + timedelta(days=7)
    move(lan, land.institute, at=coming)
    assert tables_open_to(sick_bay.other_nurse) == set()
    time_machine.move_to(coming - timedelta(seconds=1), tick=False)
    assert tables_open_to(sick_bay.nurse) == EVERY_TABLE
    time_machine.move_to(coming, tick=False)
    assert (tables_open_to(sick_bay.nurse), tables_open_to(sick_bay.other_nurse)) == (set(), EVERY_TABLE)


def test_a_transfer_within_the_agency_leaves_the_care_where_it_is(land, sick_bay, lan):
    move(lan, land.office)
    assert tables_open_to(sick_bay.nurse) == EVERY_TABLE


def test_who_comes_back_is_in_the_care_of_the_first_health_post_again(land, sick_bay, lan, time_machine):
    move(lan, land.institute)
    time_machine.shift(60)
    move(lan, land.department)
    assert (tables_open_to(sick_bay.nurse), tables_open_to(sick_bay.other_nurse)) == (EVERY_TABLE, set())


def test_a_secondment_does_not_open_the_file_to_the_second_agency(land, sick_bay, lan, enter):
    StaffMembership.objects.create(person=lan, unit=land.institute, main=False, starts_at=clock.now())
    assert tables_open_to(sick_bay.other_nurse) == set()
    page = reverse("health:person", args=[lan.key])
    assert enter(sick_bay.other_nurse).get(page).status_code == 404
    assert enter(sick_bay.nurse).get(page).status_code == 200


def test_who_has_left_the_service_is_still_released_by_the_last_health_post(sick_bay, lan, enter, time_machine):
    end_service(lan, by=SETUP, reason="nghỉ việc")
    time_machine.shift(60)
    held = Restriction.objects.get(ends_at=None)
    browser = enter(sick_bay.nurse)
    released = browser.post(reverse("health:lift", args=[held.key]), {"reason": "âm tính"})
    assert browser.get(released.url).status_code == 200
    assert not Restriction.objects.in_force(clock.now() + timedelta(seconds=1)).filter(person=lan).exists()


def test_who_left_one_agency_and_joined_another_belongs_to_the_second(land, sick_bay, lan, time_machine):
    end_service(lan, by=SETUP)
    time_machine.shift(3600)
    assert tables_open_to(sick_bay.nurse) == EVERY_TABLE
    take_back(lan, by=SETUP, unit=land.institute)
    assert (tables_open_to(sick_bay.nurse), tables_open_to(sick_bay.other_nurse)) == (set(), EVERY_TABLE)


def test_when_the_agency_is_merged_the_health_post_of_the_successor_has_the_care(land, sick_bay, lan, time_machine):
    heir = unit("Trung tâm Công nghệ mới", land.bureau)
    nurse = staff("Kiều Thị Mơ", heir)
    post(nurse, heir, "health_post")
    move(lan, land.institute)
    merge_units([land.institute], into=heir, on=clock.today() + timedelta(days=1), document="45/QĐ", by=SETUP)
    assert (tables_open_to(sick_bay.other_nurse), tables_open_to(nurse)) == (EVERY_TABLE, set())
    time_machine.shift(timedelta(days=1))
    assert (tables_open_to(sick_bay.other_nurse), tables_open_to(nurse)) == (set(), EVERY_TABLE)


def test_a_visitor_stays_with_the_agency_that_registered_the_visit(land, sick_bay, ordered):  # E2, E4
    visitor = register_outsider(
        by=actor(sick_bay.guard), kind="visitor", registered_in=land.bureau, full_name="Lò Văn Khách"
    )
    threshold(land.bureau, 37.5)
    measured(visitor, "38.2", by=sick_bay.guard)
    assert HealthAlert.objects.visible_to(actor(sick_bay.nurse)).filter(person=visitor).exists()
    assert not HealthAlert.objects.visible_to(actor(sick_bay.other_nurse)).exists()


def test_with_the_post_ends_the_sight(sick_bay, lan):  # A13
    held = Post.objects.get(person=sick_bay.nurse, role="health_post")
    end_post(held, by=SETUP, at=clock.now())
    assert tables_open_to(sick_bay.nurse) == set()


def test_who_is_delegated_the_health_post_sees_what_its_holder_sees(sick_bay, lan):
    held = Post.objects.get(person=sick_bay.nurse, role="health_post")
    until = clock.now() + timedelta(days=2)
    delegate(held, by=actor(sick_bay.nurse), to=sick_bay.office, matters="trực y tế", document="12/TUQ", until=until)
    assert tables_open_to(sick_bay.office) == EVERY_TABLE
    assert tables_open_to(sick_bay.leader) == set()


# The new health post is told


def told_about(person):
    """Who got the message that this person has come."""
    return [one.person for one in Receipt.objects.filter(message__about=person.key)]


def test_the_new_health_post_is_told_that_somebody_has_come_and_not_who(land, sick_bay, lan):  # trust.md 5.3, 8
    on_person_transferred(move(lan, land.institute))
    assert told_about(lan) == [sick_bay.other_nurse]
    message = Message.objects.get(about=lan.key)
    assert message.title == "Có người mới chuyển đến cần theo dõi sức khỏe."
    assert "Lan" not in message.title


def test_the_news_delivered_twice_tells_once(land, sick_bay, lan):
    news = move(lan, land.institute)
    on_person_transferred(news)
    on_person_transferred(news)
    assert told_about(lan) == [sick_bay.other_nurse]


def test_nobody_is_told_of_who_is_well_or_moves_within_the_agency(land, sick_bay, lan):
    on_person_transferred(move(sick_bay.head, land.institute))
    on_person_transferred(move(lan, land.office))
    assert not Message.objects.filter(about__in=[sick_bay.head.key, lan.key]).exists()


def test_a_transfer_to_come_tells_nobody_yet(land, sick_bay, lan):
    on_person_transferred(move(lan, land.institute, at=clock.now() + timedelta(days=7)))
    assert told_about(lan) == []
