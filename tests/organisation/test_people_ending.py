"""The last day of service and the way back: rights, account, devices, what was planned for later (B5, L3; S-13)."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from taicho.accounts.actions.accounts import suspend_account
from taicho.accounts.actions.grants import grant_administrator
from taicho.accounts.actions.slips import issue_slip, use_slip
from taicho.accounts.models import AdministratorGrant, EntrySlip, SecurityEvent
from taicho.accounts.queries.door import usable_slip
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.entry import issue_entry_slip
from taicho.organisation.actions.outsiders import register_outsider
from taicho.organisation.actions.posts import appoint, delegate
from taicho.organisation.actions.staff import (
    close_accounts_of_leavers,
    end_service,
    register_staff,
    take_back,
    transfer,
)
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Delegation, Person, Post, StaffMembership
from tests.organisation.browsing import at
from tests.organisation.land import NOW, SETUP, actor, post, staff
from tests.organisation.reading import links, says, typed, wrong

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PASSWORD = "con trâu đi cày ruộng"
PAPER = {"matters": "Ký báo cáo nhanh", "document": "05/GUQ"}


def device_of(account):
    """A telephone on which the person has signed in."""
    session = SessionStore()
    session.create()
    UserSession.objects.create(user=account, session_key=session.session_key, ip="192.0.2.7", user_agent="Test")
    return session.session_key


def account_of(person):
    return Person.objects.select_related("account").get(pk=person.pk).account


def test_with_the_end_of_service_the_account_is_closed_and_every_device_is_out(people):  # S-13
    key = device_of(people.staff.account)
    end_service(people.staff, by=actor(people.office), reason="nghỉ hưu")
    assert not account_of(people.staff).is_active
    assert not UserSession.objects.filter(user=people.staff.account).exists()
    assert not SessionStore(key).exists(key)


def test_the_closing_stands_in_the_trail_by_whom_and_is_news(people):  # L4
    last = AuditEntry.objects.latest("pk").pk
    NewsItem.objects.all().delete()
    end_service(people.staff, by=actor(people.office), reason="nghỉ hưu")
    rows = AuditEntry.objects.filter(pk__gt=last).order_by("pk").values_list("verb", "actor")
    assert set(rows) == {
        ("organisation.end_service", people.office.key),
        ("accounts.suspended", people.office.key),
    }
    assert SecurityEvent.objects.get(account=people.staff.account).detail == "Thôi việc"
    assert [item.kind.rsplit(".", 1)[1] for item in NewsItem.objects.order_by("pk")] == [
        "AccountSuspended", "ServiceEnded",
    ]  # fmt: skip


def test_when_the_service_cannot_be_ended_the_account_stays_open(people):
    end_service(people.staff, by=SETUP, at=NOW + DAY)
    with pytest.raises(Refusal) as refused:
        end_service(people.staff, by=SETUP, at=NOW + 2 * DAY)
    assert refused.value.code == "not-on-staff"
    assert account_of(people.staff).is_active


def test_a_person_who_leaves_is_sent_to_the_entrance_by_the_next_click(people, enter):
    browser = enter(people.staff)
    assert browser.get(at("my-data")).status_code == 200
    end_service(people.staff, by=SETUP)
    assert browser.get(at("my-data")).headers["Location"].startswith("/dang-nhap")


def test_a_person_without_an_account_leaves_just_so(land):
    person = register_staff(by=SETUP, unit=land.department, full_name="Ngô Thùy Linh", at=NOW - DAY)
    end_service(person, by=SETUP)
    assert not person.memberships.not_over(NOW).exists()


def test_an_account_is_open_until_the_last_day_has_passed_and_closed_within_the_hour_after(people):
    """Service ends with 30/11 in Việt Nam, which is 17h00 UTC."""
    midnight = clock.now().replace(day=30, hour=17)
    end_service(people.staff, by=SETUP, at=midnight)
    assert close_accounts_of_leavers(by=SETUP, at=midnight - timedelta(microseconds=1)) == 0
    assert account_of(people.staff).is_active
    assert close_accounts_of_leavers(by=SETUP, at=midnight) == 1
    assert not account_of(people.staff).is_active
    assert close_accounts_of_leavers(by=SETUP, at=midnight + DAY) == 0


def test_nobody_who_serves_or_will_serve_is_shut_out(land, people):
    newcomer = register_staff(by=SETUP, unit=land.department, full_name="Ngô Thùy Linh", at=NOW + DAY)
    issue_entry_slip(newcomer, by=actor(people.office))
    transfer(people.staff, by=SETUP, to=land.office, at=NOW + DAY)
    assert close_accounts_of_leavers(by=SETUP) == 0
    assert close_accounts_of_leavers(by=SETUP, at=NOW + 2 * DAY) == 0


def test_what_was_decided_for_later_is_called_off(land, people):  # A13
    transfer(people.head, by=SETUP, to=land.office, at=NOW + 5 * DAY)
    appoint(people.head, by=SETUP, unit=land.office, role=PostRole.OFFICE, at=NOW + 6 * DAY)
    held = Post.objects.get(person=people.leader)
    delegate(held, by=actor(people.leader), to=people.head, at=NOW + 7 * DAY, until=NOW + 8 * DAY, **PAPER)
    NewsItem.objects.all().delete()
    end_service(people.head, by=SETUP)
    for later in (NOW + 5 * DAY, NOW + 6 * DAY, NOW + 7 * DAY + HOUR):
        assert actor(people.head, later).capacities == ()
    assert not StaffMembership.objects.not_over(NOW).filter(person=people.head).exists()
    assert not Delegation.objects.filter(person=people.head).exists()
    ended = NewsItem.objects.filter(kind__endswith="PostEnded").values_list("payload__role", flat=True)
    assert sorted(ended) == [PostRole.OFFICE, PostRole.UNIT_HEAD]


def test_a_post_begun_this_morning_ends_too_when_the_paper_counts_from_midnight(land, people):
    appoint(people.staff, by=SETUP, unit=land.department, role=PostRole.CLERK, at=NOW - HOUR)
    end_service(people.staff, by=SETUP, at=NOW - 2 * HOUR)
    assert Post.objects.get(person=people.staff).ends_at == NOW
    assert actor(people.staff).capacities == ()


def test_a_seat_in_an_active_standing_body_gives_nothing_to_somebody_who_left(things, people):  # B2, A13
    assert PostRole.COMMAND_POST in {c.role for c in actor(people.head).capacities}
    end_service(people.head, by=SETUP)
    assert actor(people.head).capacities == ()
    assert things.body.compositions.get().members.filter(person=people.head).exists()


def test_a_seat_is_lost_with_a_transfer_to_another_agency_and_kept_inside_the_own(things, people):  # B2, A13
    transfer(people.head, by=SETUP, to=things.office)
    assert PostRole.COMMAND_POST in {c.role for c in actor(people.head).capacities}
    transfer(people.head, by=SETUP, to=things.commune, at=NOW + HOUR)
    assert [c.role for c in actor(people.head, NOW + HOUR).capacities] == [PostRole.STAFF]


def test_somebody_who_left_is_taken_back_as_the_same_person_without_old_rights(land, people):  # B5
    end_service(people.head, by=SETUP)
    take_back(people.head, by=actor(people.office), unit=land.office, at=NOW + HOUR, decision="7/QĐ")
    who = actor(people.head, NOW + HOUR)
    assert [(c.role, c.unit) for c in who.capacities] == [(PostRole.STAFF, land.office.key)]
    assert Person.objects.filter(full_name="Lê Minh Quân").count() == 1
    assert AuditEntry.objects.filter(verb="organisation.take_back", object_key=people.head.key).count() == 1


def test_the_account_comes_back_only_by_a_new_slip(land, people):  # S-13
    account = people.staff.account
    account.set_password(PASSWORD)
    account.save()
    old = issue_slip(account, by=SETUP)
    end_service(people.staff, by=SETUP)
    take_back(people.staff, by=SETUP, unit=land.department, at=NOW + HOUR)
    account = account_of(people.staff)
    assert account.is_active
    assert not account.check_password(PASSWORD)
    assert usable_slip(old.code, at=NOW) is None
    paper = issue_entry_slip(people.staff, by=actor(people.office))
    assert paper.person.account == account
    use_slip(usable_slip(paper.issued.code, at=NOW), at=NOW, password="bờ tre xanh mát rượi")
    assert account_of(people.staff).check_password("bờ tre xanh mát rượi")


def test_administrator_rights_granted_before_do_not_come_back_with_the_account(land, people):  # A11
    grant_administrator(people.staff.account, by=SETUP, reason="sự cố", lasting=8 * HOUR)
    end_service(people.staff, by=SETUP)
    take_back(people.staff, by=SETUP, unit=land.department, at=NOW + HOUR)
    assert not AdministratorGrant.objects.in_force(NOW + HOUR).exists()
    assert [c.role for c in actor(people.staff, NOW + HOUR).capacities] == [PostRole.STAFF]


def test_no_slip_for_somebody_who_left_nor_for_a_visitor(land, people):
    visitor = register_outsider(by=SETUP, kind="visitor", registered_in=land.bureau, full_name="Tạ Quang Huy")
    end_service(people.staff, by=SETUP)
    Person.objects.filter(pk=people.staff.pk).update(account=None)
    for person in (people.staff, visitor):
        with pytest.raises(Refusal) as refused:
            issue_entry_slip(person, by=actor(people.office))
        assert refused.value.code == "not-on-staff"
        assert "danh sách cán bộ, nhân viên" in refused.value.sentence
    assert not EntrySlip.objects.exists()


def test_an_account_closed_for_another_reason_is_not_opened_by_a_slip(people):
    suspend_account(people.staff.account, by=SETUP, reason="mất điện thoại")
    with pytest.raises(Refusal) as refused:
        issue_entry_slip(people.staff, by=actor(people.office))
    assert refused.value.code == "account-suspended"
    assert not account_of(people.staff).is_active


def test_who_still_serves_and_who_never_did_cannot_be_taken_back(land, people):
    visitor = register_outsider(by=SETUP, kind="visitor", registered_in=land.bureau, full_name="Tạ Quang Huy")
    for person, code in ((people.staff, "still-on-staff"), (visitor, "not-staff")):
        with pytest.raises(Refusal) as refused:
            take_back(person, by=SETUP, unit=land.office)
        assert refused.value.code == code
    assert not visitor.memberships.exists()


def test_the_page_of_somebody_who_left_says_so_and_offers_the_way_back(people, enter):
    end_service(people.staff, by=SETUP)
    page = enter(people.office).get(at("person", people.staff))
    assert "đã thôi việc" in says(page)
    offered = set(links(page))
    assert at("take-back", people.staff) in offered
    assert not {at("edit-person", people.staff), at("end-service", people.staff)} & offered
    assert "Cấp phiếu vào" not in says(page)


def test_the_office_takes_somebody_back_on_the_page_into_the_own_agency_only(land, people, enter, time_machine):
    end_service(people.staff, by=SETUP)
    time_machine.shift(60)
    browser = enter(people.office)
    foreign = browser.post(at("take-back", people.staff), {"to": str(land.commune.key), "decision": "9/QĐ"})
    assert wrong(foreign) == {"to": ["Chọn một mục trong danh sách."]}
    assert typed(foreign)["decision"] == "9/QĐ"
    done = browser.post(at("take-back", people.staff), {"to": str(land.office.key), "decision": "9/QĐ"})
    assert done.headers["Location"] == at("person", people.staff)
    assert Person.objects.get(pk=people.staff.pk).home_unit == land.office


@pytest.mark.parametrize(("who", "status"), [("head", 404), ("stranger", 404), ("administrator", 200), ("office", 200)])
def test_those_who_keep_the_register_open_the_way_back(who, status, people, enter):  # D13
    end_service(people.staff, by=SETUP)
    assert enter(getattr(people, who)).get(at("take-back", people.staff)).status_code == status


def test_a_namesake_registered_afterwards_gets_an_account_of_their_own(land, people):
    end_service(people.staff, by=SETUP)
    newcomer = register_staff(by=SETUP, unit=land.department, full_name="Nguyễn Thị Lan")
    issue_entry_slip(newcomer, by=actor(people.office))
    assert account_of(newcomer) not in (None, people.staff.account)
    assert not account_of(people.staff).is_active


def test_a_secondment_ends_with_the_service(land):
    person = staff("Lý Thị Mai", land.department)
    StaffMembership.objects.create(person=person, unit=land.institute, starts_at=NOW - DAY, main=False)
    post(person, land.institute, PostRole.CLERK)
    end_service(person, by=SETUP)
    assert actor(person).capacities == ()
