"""Two hands on one person: nobody overwrites unseen, both versions are shown, and what no version counts stays (ux.md 6)."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.entry import issue_entry_slip
from taicho.organisation.actions.posts import revoke
from taicho.organisation.actions.staff import end_service, register_staff, transfer, update_staff
from taicho.organisation.enums import UnitKind
from taicho.organisation.models import Delegation, HomeWorkingMeans, Person, Post, StaffMembership
from tests.organisation.browsing import at
from tests.organisation.land import BEGAN, NOW, SETUP, actor, staff, unit
from tests.organisation.reading import links, rows, says, typed, wrong

HOUR = timedelta(hours=1)


def form_of(browser, address, **changes):
    """What the browser sends when these fields were changed on the page as it is now."""
    return typed(browser.get(address)) | changes


@pytest.fixture
def clash(people, enter):
    """The office has the form open with two corrections; meanwhile somebody else saves."""
    browser, address = enter(people.office), at("edit-person", people.staff)
    mine = form_of(browser, address, position="Kế toán", birth_date="9/3/1987", birth_year="1987", party_member="True")
    update_staff(people.staff, by=SETUP, seen=1, position="Thanh tra viên", email="lan@minhgiang.gov.vn")
    return browser, address, mine


def test_both_versions_stand_side_by_side_in_display_words(clash):
    browser, address, mine = clash
    answer = browser.post(address, mine)
    assert answer.status_code == 409
    shown = {line[0]: line[1:] for line in rows(answer, "Hai bản khác nhau")}
    assert shown["Chức vụ"] == ["Kế toán", "Thanh tra viên"]
    assert shown["Đảng viên"] == ["Có", "(để trống)"]
    assert shown["Thư điện tử"] == ["(để trống)", "lan@minhgiang.gov.vn"]
    assert "Họ và tên" not in shown
    assert "Chưa ghi gì" in says(answer)


def test_what_was_typed_stays_in_the_form_of_the_conflict(clash):
    browser, address, mine = clash
    kept = typed(browser.post(address, mine))
    assert kept == mine | {"version": "2"}


def test_nothing_is_written_until_one_has_chosen(clash, people):
    browser, address, mine = clash
    last = AuditEntry.objects.latest("pk").pk
    before = Person.objects.filter(pk=people.staff.pk).values().get()
    browser.post(address, mine)
    assert Person.objects.filter(pk=people.staff.pk).values().get() == before
    assert not AuditEntry.objects.filter(pk__gt=last).exists()


def test_keeping_one_s_own_version_is_one_more_press(clash, people):
    browser, address, mine = clash
    again = typed(browser.post(address, mine))
    assert browser.post(address, again).status_code == 302
    person = Person.objects.get(pk=people.staff.pk)
    assert (person.position, person.email, person.version) == ("Kế toán", "", 3)
    assert person.birth_date == date(1987, 3, 9)


def test_taking_the_other_version_leads_to_a_fresh_form(clash, people):
    browser, address, mine = clash
    assert links(browser.post(address, mine))[address] == "Lấy bản kia"
    fresh = typed(browser.get(address))
    assert (fresh["position"], fresh["version"]) == ("Thanh tra viên", "2")


def test_a_third_save_while_one_chooses_is_a_conflict_again(clash, people):
    browser, address, mine = clash
    again = typed(browser.post(address, mine))
    update_staff(Person.objects.get(pk=people.staff.pk), by=SETUP, seen=2, position="Chuyên viên")
    answer = browser.post(address, again)
    assert answer.status_code == 409
    assert {line[0]: line[2] for line in rows(answer, "Hai bản khác nhau")}["Chức vụ"] == "Chuyên viên"


def test_the_office_and_the_person_correct_one_record_at_once(people, enter):  # B5
    """The person has the own page open; the office saves first."""
    own = Client()
    own.force_login(people.staff.account)
    address = at("state-own-details")
    mine = form_of(own, address, residence="Số 8, phố Mới", has_computer="True")
    update_staff(people.staff, by=SETUP, seen=1, residence="Số 7, phố Cũ")
    answer = own.post(address, mine)
    assert answer.status_code == 409
    assert ["Nơi cư trú", "Số 8, phố Mới", "Số 7, phố Cũ"] in rows(answer, "Hai bản khác nhau")
    assert not HomeWorkingMeans.objects.filter(person=people.staff).exists()
    assert own.post(address, typed(answer)).status_code == 302
    assert HomeWorkingMeans.objects.get(person=people.staff).has_computer


def test_an_account_opened_while_the_form_was_open_is_not_lost_by_saving_it(land, people):
    """Issuing a slip is no edit of the register, so no version counts it; the save must not undo it."""
    newcomer = register_staff(by=SETUP, unit=land.department, full_name="Ngô Thùy Linh")
    read_before = Person.objects.get(pk=newcomer.pk)
    issue_entry_slip(newcomer, by=actor(people.office))
    update_staff(read_before, by=SETUP, seen=1, position="Kế toán")
    saved = Person.objects.get(pk=newcomer.pk)
    assert saved.account is not None
    assert saved.position == "Kế toán"


def test_an_edit_that_changes_nothing_takes_no_version_from_others(people):
    update_staff(people.staff, by=SETUP, seen=1, full_name="Nguyễn Thị Lan", lodging="Số 5, ngõ 2")
    assert Person.objects.get(pk=people.staff.pk).version == 1
    update_staff(people.staff, by=SETUP, seen=1, position="Kế toán")


@pytest.mark.parametrize("page", ["transfer", "end-service", "appoint"])
def test_a_form_opened_before_the_person_left_is_refused_with_the_reason(page, land, people, enter):
    browser = enter(people.administrator)
    sent = typed(browser.get(at(page, people.staff))) | {
        "reason": "nghỉ hưu",
        "to": str(land.office.key),
        "role": "clerk",
    }
    end_service(people.staff, by=SETUP)
    answer = browser.post(at(page, people.staff), sent)
    assert answer.status_code == 400
    assert "danh sách cán bộ, nhân viên" in str(wrong(answer))


def test_pressing_twice_revokes_a_delegation_once_and_says_that_it_is_over(things, people, enter):
    given = Delegation.objects.create(
        post=things.post, person=people.head, matters="Ký", document="5", starts_at=BEGAN, ends_at=NOW + HOUR
    )
    browser = enter(people.leader)
    revoke(given, by=actor(people.leader), at=NOW - HOUR)
    answer = browser.post(at("revoke", given))
    assert (answer.status_code, "Ủy quyền này đã hết hiệu lực" in says(answer)) == (400, True)
    given.refresh_from_db()
    assert given.ends_at == NOW - HOUR


def both(*verbs):
    """Carry out two verbs at the same moment, each on a connection of its own; what became of each, sorted."""
    outcomes, together = [], threading.Barrier(2)

    def press(verb):
        together.wait()
        try:
            verb()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    hands = [threading.Thread(target=press, args=[verb]) for verb in verbs]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    return sorted(outcomes)


def test_two_offices_save_one_person_at_the_same_moment_and_one_of_them_is_asked(committed):  # house D8
    person = staff("Nguyễn Thị Lan", unit("Sở Nội vụ"))
    hands = [
        lambda word=word: update_staff(Person.objects.get(pk=person.pk), by=SETUP, seen=1, position=word)
        for word in ("Kế toán", "Văn thư")
    ]
    assert both(*hands) == ["changed-meanwhile", "done"]
    assert Person.objects.get(pk=person.pk).version == 2


def test_a_transfer_and_an_end_of_service_at_the_same_moment_leave_one_truth(committed):  # A13
    root = unit("Sở Nội vụ")
    rooms = [unit(name, root, UnitKind.DEPARTMENT) for name in ("Phòng Tổng hợp", "Văn phòng")]
    person = staff("Nguyễn Thị Lan", rooms[0])

    def ends():
        end_service(Person.objects.get(pk=person.pk), by=SETUP, at=NOW)

    def moves():
        transfer(Person.objects.get(pk=person.pk), by=SETUP, to=rooms[1], at=NOW)

    outcomes = both(ends, moves)
    assert "done" in outcomes
    running = StaffMembership.objects.not_over(NOW).filter(person=person)
    account_is_open = Person.objects.get(pk=person.pk).account.is_active
    assert running.count() == (1 if account_is_open else 0)
    assert not Post.objects.not_over(NOW).filter(person=person).exists()


def test_the_conflict_names_no_field_that_the_form_does_not_show(people):
    with pytest.raises(Conflict) as refused:
        update_staff(people.staff, by=SETUP, seen=7, position="Kế toán")
    assert refused.value.sentence == (
        "Trong lúc đồng chí sửa, người khác đã lưu bản mới. Hãy xem hai bản và chọn bản giữ lại."
    )
    assert refused.value.field is None
