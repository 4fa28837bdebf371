"""What stands around the roster: who may what, one's own page, words on the screen, other agencies. # D3, D4, A9, A13"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.actions.posts import delegate
from taicho.organisation.actions.staff import end_service, transfer
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models import Post
from taicho.roster.actions.registering import register_one
from taicho.roster.models import Registration
from taicho.roster.policies import may_except, may_name, may_plan, may_register
from taicho.roster.queries.days import PersonDay, counts, two_weeks
from taicho.roster.queries.people import people_of
from taicho.roster.shell import plans
from tests.organisation.land import BEGAN, NOW, SETUP, actor, post, staff, unit
from tests.roster.conftest import AWAY, HERE, HOME, TODAY, here
from tests.roster.test_pages import at, choice, words

pytestmark = pytest.mark.django_db
MINE = "/lich-cua-toi"
EVERYONE = {
    "staff",
    "head",
    "office",
    "guard",
    "leader",
    "administrator",
    "superior",
    "researcher",
    "villager",
    "stranger",
}


def who_may(policy, people, thing):
    return {name for name in EVERYONE if policy.test(actor(getattr(people, name)), thing)}


def test_who_plans_lets_in_and_names_for_a_room(room, people):
    assert who_may(may_plan, people, room) == {"head", "office", "leader"}
    assert who_may(may_except, people, room) == {"leader"}
    assert who_may(may_name, people, room) == {"office", "leader"}
    assert who_may(may_register, people, people.staff) == {"head", "office", "leader", "staff"}


@pytest.mark.parametrize("policy", [may_plan, may_except, may_name, may_register])
def test_for_nothing_nobody_may(people, policy):
    assert who_may(policy, people, None) == set()


def test_the_leader_of_the_agency_plans_nothing_in_an_agency_below(land, people):  # A9
    assert who_may(may_plan, people, land.institute) == set()
    with pytest.raises(NotPermitted):
        register_one(people.researcher, TODAY, HOME, by=actor(people.leader))


def test_who_moved_away_plans_no_more_for_the_old_room_and_is_planned_for_in_the_new_one(land, room, people):  # A13
    assert plans(actor(people.head))
    transfer(people.head, by=SETUP, to=land.office)
    assert not plans(actor(people.head)) and not may_plan.test(actor(people.head), room)
    with pytest.raises(NotPermitted):
        register_one(people.staff, TODAY, HOME, by=actor(people.head))
    row = register_one(people.head, TODAY, HOME, by=actor(people.office))
    assert row.unit == land.office


def test_a_delegate_of_the_head_plans_while_the_delegation_lasts(land, room, people, time_machine):
    headship = Post.objects.get(person=people.head)
    until = NOW + timedelta(days=5)
    delegate(headship, by=actor(people.head), to=people.staff, matters="lịch làm việc", document="05/UQ", until=until)
    assert may_plan.test(actor(people.staff), room)
    time_machine.move_to(until)
    assert not may_plan.test(actor(people.staff), room)


def test_registering_leaves_one_line_in_the_trail_of_the_unit_for_each_person(room, seven, people, plan):
    plan({seven[0]: HOME, seven[1]: HERE})
    rows = AuditEntry.objects.filter(verb="roster.register")
    assert {row.object_key for row in rows} == {one.key for one in Registration.objects.all()}
    assert {(row.actor, row.unit) for row in rows} == {(people.head.key, room.key)}


def test_a_refused_plan_leaves_no_line(order, seven, plan):
    order()
    with pytest.raises(Refusal):
        plan(here(*seven[:4]))
    assert not AuditEntry.objects.filter(verb="roster.register").exists()


def test_a_place_that_is_no_place_never_reaches_the_database(room, people, plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(
            person=people.staff, unit=room, day=TODAY, mode="absent", absence="sick", registered_at=BEGAN
        )


def test_the_last_minute_of_the_day_is_still_today_and_midnight_closes_it(plan, people, time_machine):
    time_machine.move_to("2026-11-20T16:59:59+00:00", tick=False)
    plan({people.staff: HOME})
    time_machine.move_to("2026-11-20T17:00:00+00:00", tick=False)
    with pytest.raises(Refusal, match="Ngày này đã qua") as refusal:
        plan({people.staff: HERE})
    assert (refusal.value.code, refusal.value.field) == ("day-over", "day")
    assert Registration.objects.get().mode == "remote"


def test_an_exception_ends_when_the_person_stays_at_home_and_must_be_asked_for_again(order, seven, people, plan):
    order()
    plan(here(*seven[:3]))
    plan(here(seven[3]), by=people.leader, exception="tiếp dân")
    plan({seven[3]: HOME})
    row = Registration.objects.get(person=seven[3])
    assert (row.exception, row.excepted_by) == ("", None)
    with pytest.raises(Refusal, match="nhiều hơn mức 3"):
        plan(here(seven[3]))


def test_a_reason_where_there_is_room_makes_no_exception(order, seven, people, plan):
    order()
    plan(here(seven[0]), by=people.leader, exception="cứ đến")
    assert Registration.objects.get().exception == ""


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_a_blank_reason_is_none(order, seven, people, plan, blank):
    order()
    plan(here(*seven[:3]))
    with pytest.raises(Refusal, match="nhiều hơn mức 3"):
        plan(here(seven[3]), by=people.leader, exception=blank)


# One's own page


def test_my_page_says_how_many_of_my_room_may_come_today_and_why(room, order, people, enter):
    order()
    said = words(enter(people.staff).get(MINE))
    assert "Tối đa tại cơ quan hôm nay 7 người · tối đa 50% → 3 người tại cơ quan" in said
    assert "vì: Công văn 58/VP-HC-QT, mục 1" in said


def test_my_page_offers_me_nothing_that_others_decide(room, order, people, enter):
    order()
    order("roster.always_on", posts=[{"person": "Nguyễn Thị Lan"}, {"service": "văn thư"}])
    page = enter(people.staff).get(MINE).content.decode()
    assert "cap_base" not in page and "nguoi-thuong-truc" not in page


def test_without_a_letter_my_page_says_that_no_letter_caps(room, people, enter):
    assert "Không văn bản nào đặt mức tối đa cho ngày này" in words(enter(people.staff).get(MINE))


def test_a_target_is_no_bound_on_my_page(room, order, people, enter):
    order(max_pct=50)
    said = words(enter(people.staff).get(MINE))
    assert "Khoảng 3 người tại cơ quan (mức hướng tới, không bắt buộc)" in said and "→ 3 người" not in said


@pytest.mark.parametrize("today", [date(2026, 11, 16), date(2026, 11, 22)])
def test_my_two_weeks_begin_with_monday_on_a_monday_and_on_a_sunday(people, today):
    days = [one.day for one in two_weeks(people.staff, today)]
    assert (days[0], days[-1], len(days)) == (date(2026, 11, 16), date(2026, 11, 29), 14)


def test_the_weekend_is_known_and_days_of_others_are_not_mine(plan, people, seven):
    plan({people.head: HOME})
    week = list(two_weeks(people.staff, TODAY))
    assert [one.day.isoweekday() for one in week if one.is_weekend] == [6, 7, 6, 7]
    assert not any(one.row for one in week)


@pytest.mark.parametrize(
    ("place", "letter", "value"), [(HERE, "C", "on_site"), (HOME, "N", "remote"), (AWAY, "V", "absent:leave")]
)
def test_each_place_has_its_letter_and_goes_back_to_the_form_as_it_came(plan, people, place, letter, value):
    plan({people.staff: place})
    (row,) = [one for one in two_weeks(people.staff, TODAY) if one.row]
    assert (row.letter, row.value, row.row.place) == (letter, value, value)


def test_nothing_registered_has_no_letter_and_is_counted_as_open(people):
    empty = PersonDay(people.staff, TODAY)
    assert (empty.letter, empty.value) == ("", "")
    assert counts([empty, empty])[""] == 2


@pytest.mark.parametrize(
    "written", ["absent:", "on_site:leave", "absent:sick", "\x00", "x" * 5000, "remote ", "REMOTE"]
)
def test_an_odd_place_on_my_page_is_refused_and_the_other_days_wait(people, enter, written):
    tomorrow = TODAY + timedelta(days=1)
    page = enter(people.staff).post(MINE, {TODAY.isoformat(): written, tomorrow.isoformat(): "remote"})
    assert page.status_code == 400 and not Registration.objects.exists()


def test_what_is_registered_can_be_changed_and_never_made_nothing(plan, people, enter):
    plan({people.staff: HOME})
    page = enter(people.staff).get(MINE).content.decode()
    (box,) = [part.split("</select>")[0] for part in page.split(f'name="{TODAY}"')[1:2]]
    assert 'value="remote" selected' in box and 'value=""' not in box


def test_an_empty_choice_for_who_is_registered_is_left_as_it_is(room, plan, people, enter):
    plan({people.staff: HOME})
    assert enter(people.head).post(at(room), choice(people.staff, "")).status_code == 302
    assert Registration.objects.get().mode == "remote"


# Other agencies


def test_a_page_of_another_agency_is_no_page_and_one_below_may_be_seen_and_not_planned(land, people, enter):
    foreign = unit("Phòng Lạ", land.elsewhere, UnitKind.DEPARTMENT)
    browser = enter(people.leader)
    assert browser.get(at(foreign)).status_code == 404
    assert browser.post(at(foreign), {"x": "y"}).status_code == 404
    assert browser.get(at(land.institute)).status_code == 403


def test_a_person_of_another_room_slipped_into_the_form_is_not_registered(land, room, people, enter):
    enter(people.head).post(at(room), choice(people.guard, "remote"))
    assert not Registration.objects.exists()


def test_a_unit_that_has_ended_has_no_page(land, room, people, enter):
    end_service(people.guard, by=SETUP)
    gone = unit("Phòng Cũ", land.bureau, UnitKind.DEPARTMENT)
    gone.valid_to = TODAY - timedelta(days=1)
    gone.save()
    assert enter(people.leader).get(at(gone)).status_code == 404


def test_an_empty_room_says_so_and_has_nothing_to_save(land, people, enter):
    empty = unit("Phòng Trống", land.bureau, UnitKind.DEPARTMENT)
    page = enter(people.leader).get(at(empty))
    assert "Đơn vị chưa có ai trong danh sách vào ngày này." in words(page)
    assert "Lưu lịch ngày này" not in words(page)


def test_the_list_is_by_given_name_with_marked_letters_in_their_place(land, people):
    fresh = unit("Phòng Mới", land.bureau, UnitKind.DEPARTMENT)
    for name in ("Lê Văn Đạt", "Vũ Thị Dung", "Trần An", "Phạm Thị Ánh", "Đỗ Bích"):
        staff(name, fresh)
    assert [one.full_name for one in people_of(fresh, TODAY)] == [
        "Trần An", "Phạm Thị Ánh", "Đỗ Bích", "Vũ Thị Dung", "Lê Văn Đạt",
    ]  # fmt: skip


def test_the_page_of_a_room_asks_no_more_with_more_people(room, people, order, enter, django_assert_max_num_queries):
    order()
    browser = enter(people.head)
    browser.get(at(room))
    with django_assert_max_num_queries(60) as few:
        browser.get(at(room))
    for number in range(10):
        staff(f"Người Mới {number}", room)
    with django_assert_max_num_queries(len(few)):
        assert words(browser.get(at(room))).count("Người Mới") == 10


def test_the_head_of_a_room_sees_who_may_name_and_no_button(room, order, people, enter):
    order("roster.always_on", posts=[{"service": "văn thư"}])
    said = words(enter(people.head).get(at(room)))
    assert "Văn phòng, Chánh Văn phòng, lãnh đạo cơ quan nêu người." in said


def test_in_the_menu_everyone_has_the_own_two_weeks(people, enter):
    assert f'href="{reverse("roster:my-schedule")}"' in enter(people.guard).get(MINE).content.decode()


def test_a_chief_of_office_lets_in_like_the_leader(land, room, seven, order, plan):
    chief = staff("Chánh Văn Phòng", land.office)
    post(chief, land.office, PostRole.CHIEF_OF_OFFICE)
    order()
    plan(here(*seven[:3]))
    plan(here(seven[3]), by=chief, exception="trực tổng đài")
    assert Registration.objects.get(person=seven[3]).excepted_by == chief.key
