"""Reading the pages: what each role sees, what is not there, what is only counted (B1–B3, B5, B6; S-01, S-03)."""

from datetime import date

import pytest

from taicho.organisation.actions.staff import update_staff
from taicho.organisation.enums import PostRole
from tests.organisation.browsing import BODIES, OPENED, PLACES, at, listed, pages_of, said
from tests.organisation.land import SETUP, post, staff


@pytest.mark.parametrize("who", OPENED)
def test_each_role_opens_its_pages_and_is_told_who_can_open_the_others(who, things, people, enter):
    browser = enter(getattr(people, who))
    found = {name: browser.get(address).status_code for name, address in pages_of(things, people).items()}
    assert {name for name, status in found.items() if status == 200} == OPENED[who]
    assert set(found.values()) <= {200, 403}


@pytest.mark.parametrize("who", ["villager", "stranger", "researcher"])
def test_what_belongs_to_another_agency_is_not_there(who, things, people, enter):  # D13
    browser = enter(getattr(people, who))
    own = {"directory", "tree", "bodies", "sites", "authorities", "delegations", "my-data", "state-own-details"}
    own |= {"authority", "new-authority", "new-site", "edit-authority", "service-area", "end-authority"}
    if who == "researcher":
        own |= {"merger", "new-body"}
    for name, address in pages_of(things, people).items():
        if name in own:
            continue
        if who == "researcher" and name in {"new-unit", "body", *BODIES, "site", *PLACES}:
            assert browser.get(address).status_code in (200, 403), name  # the line above is seen, not changed
        else:
            assert browser.get(address).status_code == 404, name
            assert browser.post(address).status_code in (404, 405), name


def test_nobody_signed_in_is_sent_to_the_entrance(things, people, client, plain_door):
    for address in pages_of(things, people).values():
        assert client.get(address).headers.get("Location", "").startswith("/dang-nhap")


def test_a_refused_page_says_who_can(things, people, enter):
    page = enter(people.staff).get(at("edit-person", people.head))
    assert page.status_code == 403
    assert "Chỉ Văn phòng và người quản trị của cơ quan được sửa danh sách" in said(page)


def test_the_directory_finds_without_accents_narrows_and_sorts_by_ten(things, people, enter):  # B5
    update_staff(people.staff, by=SETUP, seen=1, category="public_employee")
    browser = enter(people.staff)
    assert listed(browser.get(at("directory"))) == [
        "Vũ Hải Ân", "Phạm Văn Đạt", "Đặng Thị Hồng", "Nguyễn Thị Lan", "Trần Đức Lộc", "Lê Minh Quân",
    ]  # fmt: skip
    assert listed(browser.get(at("directory"), {"q": "dang hong"})) == ["Đặng Thị Hồng"]
    narrowed = browser.get(at("directory"), {"don-vi": str(things.department.key), "doi-tuong": "public_employee"})
    assert listed(narrowed) == ["Nguyễn Thị Lan"]
    nobody = said(browser.get(at("directory"), {"q": "zzzz"}))
    assert "Bỏ lọc" in nobody


def test_a_unit_that_is_none_or_foreign_does_not_narrow_the_directory(things, people, enter):
    browser = enter(people.staff)
    for key in ("x", str(things.elsewhere.key)):
        assert browser.get(at("directory"), {"don-vi": key}).context["unit"] is None


def test_the_directory_asks_as_few_questions_for_fifty_people_as_for_six(
    things, people, enter, django_assert_max_num_queries
):
    browser = enter(people.staff)
    browser.get(at("directory"))
    for number in range(60):
        post(staff(f"Người Thứ {number}", things.department), things.department, PostRole.CLERK)
    with django_assert_max_num_queries(40):
        page = browser.get(at("directory"))
    assert len(page.context["people"]) == 50
    assert "Trang sau" in said(page)
    assert len(browser.get(at("directory"), {"page": 2}).context["people"]) == 16


def test_a_unit_of_many_people_shows_fifty_at_a_time_by_ten(things, people, enter, django_assert_max_num_queries):  # B5
    for number in range(60):
        staff(f"Người Thứ {number:02}", things.department)
    browser = enter(people.staff)
    browser.get(at("unit", things.department))
    with django_assert_max_num_queries(40):
        page = browser.get(at("unit", things.department))
    following = browser.get(at("unit", things.department), {"page": 2})
    shown = [[row.person.full_name for row in one.context["rows"]] for one in (page, following)]
    assert [len(names) for names in shown] == [50, 12]
    assert shown[0][:3] == ["Người Thứ 00", "Người Thứ 01", "Người Thứ 02"]
    assert "1–50 trong 62 người" in said(page)
    assert not set(shown[0]) & set(shown[1])


PRIVATE = ("0977 111 222", "Ngõ Bí Mật", "Nhà Trọ Kín")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("staff", True), ("head", True), ("office", True), ("leader", True), ("administrator", True), ("guard", False)],
)
def test_lodging_residence_and_own_phone_show_only_to_those_who_need_them(who, sees, things, people, enter):  # S-03
    update_staff(people.staff, by=SETUP, seen=1, personal_phone=PRIVATE[0], residence=PRIVATE[1], lodging=PRIVATE[2])
    browser = enter(getattr(people, who))
    shown = said(browser.get(at("person", people.staff))).replace("\xa0", " ")
    assert [text in shown for text in PRIVATE] == [sees] * 3
    for address in (at("directory"), at("unit", things.department), at("body", things.body)):
        elsewhere = said(browser.get(address)).replace("\xa0", " ")
        assert not any(text in elsewhere for text in PRIVATE)


def test_the_body_above_sees_how_many_and_not_who(things, people, enter):  # trust.md A9
    browser = enter(people.superior)
    page = said(browser.get(at("unit", things.department)))
    assert "Cấp trên chỉ thấy quân số" in page
    assert "Nguyễn Thị Lan" not in page
    assert "quân số cả đơn vị cấp dưới: 2" in page
    assert browser.get(at("person", people.staff)).status_code == 404


def test_the_tree_counts_a_unit_with_what_is_below_and_never_shows_nothing_as_zero(things, people, enter):
    lines = {line.name: line.people for line in enter(people.staff).get(at("tree")).context["lines"]}
    assert lines["Sở Khoa học và Công nghệ"] == 6
    assert lines["Phòng Tổng hợp"] == 2
    assert lines["UBND tỉnh Minh Giang"] is None


def test_the_tree_of_another_day_shows_the_units_and_names_of_that_day(things, people, enter):  # D15
    from taicho.organisation.actions.units import rename_unit

    rename_unit(things.department, by=SETUP, seen=1, on=date(2026, 7, 1), name="Phòng Kế hoạch")
    browser = enter(people.staff)
    assert "Phòng Kế hoạch" in {line.name for line in browser.get(at("tree")).context["lines"]}
    before = {line.name for line in browser.get(at("tree"), {"ngay": "2026-06-30"}).context["lines"]}
    assert "Phòng Tổng hợp" in before
    assert "Phòng Kế hoạch" not in before
    assert browser.get(at("tree"), {"ngay": "hôm nào đó"}).context["is_today"]
