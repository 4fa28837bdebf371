"""The pages of the health post and of heads: found, in order, empty, and as quick for many as for few (F1, E6, L3)."""

import re

import pytest
from django.urls import reverse

from taicho.health.actions.alerts import record_step
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.models import HealthAlert, Restriction
from taicho.health.queries import desk as questions
from taicho.kernel import clock
from taicho.messaging.models import Message
from taicho.organisation.models import Unit
from tests.health.clinic import ILL, declared, measured, stands, threshold
from tests.organisation.browsing import said
from tests.organisation.land import actor, staff
from tests.organisation.traces import questions as asked

pytestmark = pytest.mark.django_db
MANY = ("Trần Văn Ước", "Lê Thị Ánh", "Phạm Đức Đạt", "Ngô Văn Dũng", "Bùi Thị Ân", "Hồ Văn Bảo")


@pytest.fixture
def colleagues(land):
    """Six more in Phòng Tổng hợp."""
    return [staff(name, land.department) for name in MANY]


def names_in(page, among):
    """The names in the order in which the page shows them first."""
    words = said(page)
    return sorted((name for name in among if name in words), key=words.index)


def address(name, *things):
    return reverse(f"health:{name}", args=[thing.key for thing in things])


def test_who_is_restricted_stands_in_the_order_of_the_given_name(sick_bay, colleagues, enter):
    for one in colleagues:
        restrict(one, by=actor(sick_bay.nurse), kind="self", reason="ho", at=clock.now())
    page = enter(sick_bay.nurse).get(address("desk"))
    assert names_in(page, MANY) == [
        "Lê Thị Ánh", "Bùi Thị Ân", "Hồ Văn Bảo", "Ngô Văn Dũng", "Phạm Đức Đạt", "Trần Văn Ước",
    ]  # fmt: skip


def test_the_latest_alert_stands_first(sick_bay, ordered, enter, time_machine):
    for person in (sick_bay.staff, sick_bay.guard):
        declared(person, answers=ILL)
        time_machine.shift(60)
    page = enter(sick_bay.nurse).get(address("desk"))
    assert names_in(page, ["Nguyễn Thị Lan", "Phạm Văn Đạt"]) == ["Phạm Văn Đạt", "Nguyễn Thị Lan"]


def test_heads_see_first_who_has_not_declared_and_among_them_by_given_name(sick_bay, ordered, colleagues, enter):
    for one in colleagues[:3]:
        declared(one)
    page = enter(sick_bay.head).get(address("followed"))
    assert [row.person.full_name for row in page.context["people"]] == [
        "Bùi Thị Ân", "Hồ Văn Bảo", "Ngô Văn Dũng", "Nguyễn Thị Lan", "Lê Minh Quân",
        "Lê Thị Ánh", "Phạm Đức Đạt", "Trần Văn Ước",
    ]  # fmt: skip


def test_units_with_most_missing_stand_first_and_the_numbers_add_up(land, sick_bay, ordered, colleagues):
    declared(sick_bay.staff)
    found = questions.counts_by_unit(Unit.objects.under(land.bureau), clock.now())
    assert [one.missing for one in found] == sorted((one.missing for one in found), reverse=True)
    here = next(one for one in found if one.unit == land.department)
    assert (here.staff, here.declared, here.missing) == (8, 1, 7)


def test_a_correction_counts_as_one_declaration(land, sick_bay, ordered):
    first = declared(sick_bay.staff)
    declared(sick_bay.staff, answers=ILL, corrects=first)
    (here,) = questions.counts_by_unit(Unit.objects.filter(pk=land.department.pk), clock.now())
    assert (here.staff, here.declared) == (2, 1)


def test_the_list_of_a_head_asks_no_more_for_many_than_for_few(land, sick_bay, ordered, enter):
    browser = enter(sick_bay.head)
    few = asked(browser, address("followed"))
    for name in MANY:
        declared(staff(name, land.department))
    assert asked(browser, address("followed")) == few


def test_the_page_of_a_person_asks_no_more_for_a_long_history(sick_bay, ordered, enter, time_machine):
    browser = enter(sick_bay.nurse)
    by = actor(sick_bay.nurse)

    def one_more(number):
        measured(sick_bay.staff, f"36.{number}", by=sick_bay.guard)
        one = restrict(sick_bay.staff, by=by, kind="self", reason="ho", at=clock.now())
        time_machine.shift(60)
        lift(one, by=by, reason="hết ho", at=clock.now())

    one_more(0)
    few = asked(browser, address("person", sick_bay.staff))
    for number in range(1, 6):
        one_more(number)
    assert asked(browser, address("person", sick_bay.staff)) == few


def test_empty_pages_say_what_is_missing(sick_bay, enter):  # ux.md 6
    page = said(enter(sick_bay.nurse).get(address("person", sick_bay.staff)))
    for words in ("Chưa từng bị hạn chế.", "Chưa đo lần nào.", "Chưa có khai báo nào.", "Danh bạ chưa có Trạm Y tế"):
        assert words in page
    assert "Không có ai cần theo dõi." in said(enter(sick_bay.head).get(address("followed")))


def test_an_alert_with_nothing_done_says_so_and_a_closed_one_offers_nothing(sick_bay, ordered, enter):
    declared(sick_bay.staff, answers=ILL)
    alert = HealthAlert.objects.get()
    browser = enter(sick_bay.nurse)
    page = said(browser.get(address("alert", alert)))
    assert "Chưa ghi việc nào." in page
    assert "Ghi việc đã làm" in page
    record_step(alert, by=actor(sick_bay.nurse), kind="closed", at=clock.now(), note="đã khỏe")
    page = said(browser.get(address("alert", alert)))
    assert "đã khỏe" in page
    assert "Ghi việc đã làm" not in page
    assert "Không có cảnh báo nào đang mở." in said(browser.get(address("desk")))


def test_a_step_sent_from_an_old_page_after_the_closing_is_told_in_words(sick_bay, ordered, enter):
    declared(sick_bay.staff, answers=ILL)
    alert = HealthAlert.objects.get()
    record_step(alert, by=actor(sick_bay.nurse), kind="closed", at=clock.now(), note="đã khỏe")
    page = enter(sick_bay.nurse).post(address("alert-step", alert), {"kind": "waiting_area", "note": "đưa vào khu chờ"})
    assert page.status_code == 400
    assert "Cảnh báo này đã được kết thúc." in said(page)
    assert "đưa vào khu chờ" in said(page)
    assert alert.steps.count() == 1


def test_a_lift_sent_twice_is_told_in_words(sick_bay, enter):
    one = restrict(sick_bay.staff, by=actor(sick_bay.nurse), kind="self", reason="ho", at=clock.now())
    browser = enter(sick_bay.nurse)
    answers = [browser.post(address("lift", one), {"reason": "hết ho"}) for _ in range(2)]
    assert [page.status_code for page in answers] == [302, 400]
    assert "Hạn chế này đã được gỡ." in said(answers[1])
    assert Restriction.objects.get().lift.reason == "hết ho"


def test_the_same_reading_typed_again_with_another_figure_is_a_conflict_in_words(sick_bay, enter):  # D9
    browser = enter(sick_bay.nurse)
    form = {"client_id": "00000000-0000-4000-8000-000000000001"}
    assert browser.post(address("measure", sick_bay.staff), form | {"celsius": "36,6"}).status_code == 302
    page = browser.post(address("measure", sick_bay.staff), form | {"celsius": "38,6"})
    assert page.status_code == 400
    assert "Lần đo này đã được ghi với số khác." in said(page)


def test_only_twenty_of_a_long_history_stand_on_the_page(sick_bay, enter):
    for number in range(23):
        measured(sick_bay.staff, f"{35 + number // 10}.{number % 10}", by=sick_bay.guard)
    page = said(enter(sick_bay.nurse).get(address("person", sick_bay.staff)))
    assert len(re.findall(r"\d\d,\d °C", page)) == 20


def test_a_search_finds_people_of_the_own_agency_only(sick_bay, enter):
    page = said(enter(sick_bay.nurse).get(address("desk"), {"q": "trang"}))
    assert "Bùi Thu Trang" not in page
    page = said(enter(sick_bay.other_nurse).get(address("desk"), {"q": "trang"}))
    assert "Bùi Thu Trang" in page


def test_a_high_reading_typed_at_the_desk_opens_the_alert_and_tells_oneself_too(land, sick_bay, enter):  # E6
    threshold(land.bureau, 37.5)
    form = {"celsius": "38,2", "client_id": "00000000-0000-4000-8000-000000000002"}
    enter(sick_bay.nurse).post(address("measure", sick_bay.staff), form)
    assert stands(sick_bay.staff).high
    assert Message.objects.get(kind="health.alert").receipts.get().person == sick_bay.nurse


def test_who_follows_and_who_keeps_find_their_entry_in_the_menu_and_others_do_not(sick_bay, enter):
    def entries(person):
        page = said(enter(person).get(address("declare")))
        return {name for name in ("desk", "followed") if f'href="{address(name)}"' in page}

    assert entries(sick_bay.nurse) == {"desk"}
    assert entries(sick_bay.head) == {"followed"}
    assert entries(sick_bay.staff) == entries(sick_bay.guard) == set()
