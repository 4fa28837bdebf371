"""The health post and its own health: often there is no second one, so it may, it is called so and the head knows (L3, L4)."""

import pytest
from django.core import mail
from django.urls import reverse

from taicho.health.actions.alerts import record_step
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.models import HealthAlert, Restriction
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict, Refusal
from taicho.messaging.actions.outside import deliver_due
from taicho.messaging.models import Message, Receipt
from taicho.organisation.actions.posts import appoint, end_post
from taicho.organisation.models import Post
from tests.health.clinic import ILL, declared, stands
from tests.organisation.browsing import said
from tests.organisation.land import BEGAN, SETUP, actor, post

pytestmark = pytest.mark.django_db
TITLE = "Y tế cơ quan vừa tự kết thúc việc theo dõi sức khỏe của chính mình."


@pytest.fixture
def restriction(sick_bay):
    """The health post of the Sở has told itself to stay away."""
    return restrict(sick_bay.nurse, by=actor(sick_bay.nurse), kind="self", reason="ho, sốt", at=clock.now())


@pytest.fixture
def alert(sick_bay, ordered):
    """The health post of the Sở has answered "có" itself."""
    declared(sick_bay.nurse, answers=ILL)
    return HealthAlert.objects.get()


def told():
    """Who got the message about an own decision."""
    return [one.person for one in Receipt.objects.filter(message__kind="health.own_decision").order_by("pk")]


def test_lifting_ones_own_restriction_is_called_so_in_the_trail_and_the_head_is_told(sick_bay, restriction):
    lift(restriction, by=actor(sick_bay.nurse), reason="hết sốt", at=clock.now())
    entry = AuditEntry.objects.get(object_key=restriction.key, verb="health.lift_own_restriction")
    assert entry.actor == sick_bay.nurse.key
    assert told() == [sick_bay.leader]


def test_closing_ones_own_alert_is_called_so_in_the_trail_and_the_head_is_told(sick_bay, alert):
    record_step(alert, by=actor(sick_bay.nurse), kind="closed", at=clock.now(), note="test nhanh âm tính")
    entry = AuditEntry.objects.get(object_key=alert.key, verb="health.close_own_alert")
    assert entry.actor == sick_bay.nurse.key
    assert told() == [sick_bay.leader]


@pytest.mark.parametrize("kind", ["waiting_area", "called"])
def test_other_steps_about_oneself_end_nothing_and_tell_nobody(sick_bay, alert, things, kind):
    authority = things.station if kind == "called" else None
    record_step(alert, by=actor(sick_bay.nurse), kind=kind, at=clock.now(), authority=authority)
    assert AuditEntry.objects.filter(verb="health.record_step", object_key=alert.key).count() == 1
    assert told() == []


def test_about_anybody_else_nothing_of_this_is_said(sick_bay, ordered):
    one = restrict(sick_bay.staff, by=actor(sick_bay.nurse), kind="self", reason="ho", at=clock.now())
    lift(one, by=actor(sick_bay.nurse), reason="hết ho", at=clock.now())
    assert AuditEntry.objects.filter(verb="health.lift_restriction").count() == 1
    assert not AuditEntry.objects.filter(verb="health.lift_own_restriction").exists()
    assert told() == []


def test_the_head_reads_neither_name_nor_reason_and_lands_on_a_page_that_opens(sick_bay, restriction, enter):  # L3
    lift(restriction, by=actor(sick_bay.nurse), reason="hết sốt", at=clock.now())
    message = Message.objects.get(kind="health.own_decision")
    assert message.title == TITLE
    assert message.sent_by == sick_bay.nurse.key
    page = enter(sick_bay.leader).get(message.link)
    assert page.status_code == 200
    assert "hết sốt" not in said(page)


def test_no_word_of_health_leaves_the_system_with_it(sick_bay, restriction, settings, time_machine):  # trust.md 5.3, 8
    settings.TAICHO_MAIL, settings.TAICHO_ADDRESS, settings.TAICHO_DRILL = True, "https://taicho.example.vn", False
    sick_bay.leader.email = "hong@example.vn"
    sick_bay.leader.save()
    lift(restriction, by=actor(sick_bay.nurse), reason="hết sốt", at=clock.now())
    time_machine.shift(4 * 3600)
    deliver_due()
    (letter,) = mail.outbox
    assert letter.to == ["hong@example.vn"]
    for word in ("sức khỏe", "Y tế", "y tế", "Cao Thị", "hết sốt", "theo dõi"):
        assert word not in letter.subject + letter.body


def test_the_marked_head_is_told_and_the_other_leaders_are_not(land, sick_bay, restriction):
    appoint(sick_bay.office, by=SETUP, unit=land.bureau, role="leader", title="Phó Giám đốc", at=BEGAN)
    lift(restriction, by=actor(sick_bay.nurse), reason="hết sốt", at=clock.now())
    assert told() == [sick_bay.leader]


def test_where_nobody_is_marked_as_head_all_who_lead_the_agency_are_told(land, sick_bay, restriction):
    end_post(Post.objects.get(person=sick_bay.leader), by=SETUP, at=clock.now())
    post(sick_bay.office, land.bureau, "deputy_head")
    lift(restriction, by=actor(sick_bay.nurse), reason="hết sốt", at=clock.now())
    assert told() == [sick_bay.office]


def test_a_head_who_keeps_the_health_post_too_is_not_told_by_themselves(land, sick_bay):
    post(sick_bay.leader, land.bureau, "health_post")
    deputy = post(sick_bay.office, land.bureau, "deputy_head")
    by = actor(sick_bay.leader)
    lift(restrict(sick_bay.leader, by=by, kind="self", reason="ho", at=clock.now()), by=by, reason="x", at=clock.now())
    assert told() == [deputy.person]


def test_without_a_head_the_trail_alone_says_it_and_nothing_breaks(sick_bay, restriction):
    end_post(Post.objects.get(person=sick_bay.leader), by=SETUP, at=clock.now())
    lift(restriction, by=actor(sick_bay.nurse), reason="hết sốt", at=clock.now())
    assert AuditEntry.objects.filter(verb="health.lift_own_restriction").count() == 1
    assert told() == []


def test_what_is_refused_tells_nobody(sick_bay, restriction, alert):
    by = actor(sick_bay.nurse)
    with pytest.raises(Refusal):
        lift(restriction, by=by, reason=" ", at=clock.now())
    with pytest.raises(Refusal):
        record_step(alert, by=by, kind="closed", at=clock.now())
    assert told() == []
    assert stands(sick_bay.nurse).restricted
    lift(restriction, by=by, reason="hết sốt", at=clock.now())
    with pytest.raises(Conflict):
        lift(restriction, by=by, reason="lần nữa", at=clock.now())
    assert told() == [sick_bay.leader]


def test_the_page_lets_the_health_post_lift_its_own(sick_bay, restriction, enter):
    page = enter(sick_bay.nurse).post(reverse("health:lift", args=[restriction.key]), {"reason": "hết sốt"})
    assert page.status_code == 302
    assert Restriction.objects.get().ends_at is not None
    assert told() == [sick_bay.leader]


def test_who_is_restricted_and_holds_no_health_post_reads_why_and_cannot_lift_it(sick_bay, enter):  # Điều 4
    one = restrict(sick_bay.staff, by=actor(sick_bay.nurse), kind="no_entry", reason="sốt", at=clock.now())
    page = enter(sick_bay.staff).post(reverse("health:lift", args=[one.key]), {"reason": "tôi khỏe rồi"})
    assert page.status_code == 403
    assert "Chỉ y tế cơ quan làm được việc này." in said(page)
    assert stands(sick_bay.staff).restricted
