"""The tree and the page of a unit: what stands on them, for whom, on which day, in how many questions (B1–B3, D13)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from taicho.kernel.vietnamese import fold
from taicho.organisation.actions.merger import merge_units
from taicho.organisation.actions.places import add_site
from taicho.organisation.actions.staff import end_service
from taicho.organisation.actions.units import create_unit, end_unit, rename_unit
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models import StaffMembership, Unit
from taicho.organisation.queries import unit_page as asked
from taicho.organisation.queries.merger_plan import NewUnit
from tests.organisation.browsing import at
from tests.organisation.land import NOW, SETUP, actor, post, staff, unit
from tests.organisation.page_parts import facts, links, page_of, rows, sheet, trail
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401
from tests.organisation.traces import questions

DAY = timedelta(days=1)


def shown(browser, address, **query):
    answer = browser.get(address, query)
    assert answer.status_code == 200
    return page_of(answer)


def tree(page):
    """Name → the words behind it, line by line."""
    return {
        line.one("a").text: [part.text for part in (line.one("span", "nowrap"), line.one("div", "tree-note")) if part]
        for line in page.all("div", "tree-line")
    }


def test_the_page_names_heads_with_field_and_area_and_the_accountable_one_first(things, people, enter):  # B3
    post(people.staff, things.department, PostRole.DEPUTY_HEAD, portfolio="Địa bàn vùng cao")
    page = shown(enter(people.guard), at("unit", things.department))
    assert facts(sheet(page, "Người phụ trách")) == [
        ("Trưởng phòng", "Lê Minh Quân · người đứng đầu"),
        ("Phó trưởng phòng", "Nguyễn Thị Lan · Địa bàn vùng cao"),
    ]


def test_a_unit_without_a_named_head_says_that_nobody_answers_for_it(things, people, enter):  # B3
    page = shown(enter(people.staff), at("unit", things.office))
    assert sheet(page, "Người phụ trách").text.endswith("Chưa ghi ai là người đứng đầu đơn vị.")


def test_roles_that_head_nothing_stand_apart_from_the_heads(things, people, enter):  # B3
    page = shown(enter(people.staff), at("unit", things.office))
    assert facts(sheet(page, "Vai trò khác")) == [("Văn phòng", "Trần Đức Lộc"), ("Bảo vệ", "Phạm Văn Đạt")]


def test_the_list_of_a_unit_goes_by_ten_and_says_who_is_only_seconded(things, people, enter):  # B5
    StaffMembership.objects.create(person=people.guard, unit=things.department, main=False, starts_at=NOW - DAY)
    page = shown(enter(people.staff), at("unit", things.department))
    assert [name for name, _ in rows(sheet(page, "Người của đơn vị"))] == [
        "Phạm Văn Đạt – · biệt phái", "Nguyễn Thị Lan –", "Lê Minh Quân –",
    ]  # fmt: skip


def test_bodies_and_sites_of_a_unit_are_one_step_away(things, people, enter):  # B2, D8
    page = shown(enter(people.staff), at("unit", things.bureau))
    assert links(sheet(page, "Ban, tổ chỉ đạo")) == {"Sở Chỉ huy": at("body", things.body)}
    assert links(sheet(page, "Địa điểm làm việc")) == {"Trụ sở 1": at("site", things.site)}


def test_a_site_that_passed_to_another_unit_is_no_longer_on_the_page(things, people, enter):  # D8
    holding = things.site.holdings.get()
    holding.valid_to = NOW.date() - DAY
    holding.save()
    assert sheet(shown(enter(people.staff), at("unit", things.bureau)), "Địa điểm làm việc") is None


def test_the_history_tells_beginning_former_names_predecessors_and_the_last_day(things, people, enter):  # D15
    first, second = (unit(f"Phòng {word}", things.bureau, UnitKind.DEPARTMENT) for word in ("Một", "Hai"))
    heir = merge_units(
        [first, second], into=NewUnit(things.bureau, UnitKind.DEPARTMENT, "Phòng Ba"), on=date(2026, 7, 1),
        document="15/QĐ-UBND", by=SETUP,
    )  # fmt: skip
    rename_unit(heir, by=SETUP, seen=1, on=date(2026, 9, 1), name="Phòng Bốn", document="9/QĐ")
    end_unit(heir, by=SETUP, last_day=date(2026, 10, 31))
    browser = enter(people.staff)
    page = shown(browser, at("unit", heir))
    assert facts(sheet(page, "Lịch sử")) == [
        ("01/7/2026", "Bắt đầu"),
        ("hết 31/8/2026", "Mang tên Phòng Ba · 9/QĐ"),
        ("01/7/2026", "Kế thừa Phòng Một · 15/QĐ-UBND"),
        ("01/7/2026", "Kế thừa Phòng Hai · 15/QĐ-UBND"),
        ("31/10/2026", "Ngày cuối"),
    ]
    assert page.one("div", "page-head").one(css="badge").text == "đã kết thúc hết 31/10/2026"
    before = facts(sheet(shown(browser, at("unit", first)), "Lịch sử"))
    assert ("01/7/2026", "Nhập vào Phòng Bốn · 15/QĐ-UBND") in before


def test_nothing_is_begun_in_a_unit_that_is_over_and_everything_in_one_that_ends_today(things, people, enter):  # D15
    browser = enter(people.administrator)
    ending = end_unit(unit("Tổ hết hôm nay", things.bureau), by=SETUP, last_day=NOW.date())
    ended = end_unit(unit("Tổ hết hôm qua", things.bureau), by=SETUP, last_day=NOW.date() - DAY)
    assert "Thêm người" in links(shown(browser, at("unit", ending)))
    assert not {"Thêm người", "Đổi tên", "Kết thúc đơn vị"} & set(links(shown(browser, at("unit", ended))))


VERBS = {"Thêm người", "Sửa thông tin", "Sáp nhập đơn vị cấp dưới", "Thành lập ban, tổ chỉ đạo"}


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("staff", set()),
        ("head", set()),
        ("office", {"Thêm người"}),
        ("leader", {"Thành lập ban, tổ chỉ đạo"}),
        ("administrator", VERBS),
    ],
)
def test_a_page_offers_only_what_its_reader_may_do(who, offered, things, people, enter):  # S-01
    assert set(links(shown(enter(getattr(people, who)), at("unit", things.bureau)))) & VERBS == offered


def test_the_trail_leads_through_the_units_above_that_one_sees(things, people, enter):  # look
    page = shown(enter(people.staff), at("unit", things.department))
    assert trail(page) == [
        ("Cơ cấu", True), ("UBND tỉnh Minh Giang", True), ("Sở Khoa học và Công nghệ", True), ("Phòng Tổng hợp", False),
    ]  # fmt: skip


def test_my_unit_is_the_main_unit_and_without_one_the_tree(things, people, enter):
    mine = reverse("organisation:my-unit")
    assert enter(people.staff).get(mine).headers["Location"] == at("unit", things.department)
    browser = enter(people.researcher)
    StaffMembership.objects.filter(person=people.researcher).update(ends_at=NOW)
    assert browser.get(mine).headers["Location"] == at("tree")


def test_who_has_left_the_service_is_sent_to_the_entrance_at_once(things, people, enter):  # B5, L3
    browser = enter(people.researcher)
    end_service(people.researcher, by=SETUP)
    assert browser.get(at("unit", things.institute)).headers["Location"].startswith("/dang-nhap")


def test_the_tree_of_a_member_of_staff_has_the_line_above_without_names_or_numbers(
    things, people, enter
):  # trust.md A9
    seen = tree(shown(enter(people.staff), at("tree")))
    assert list(seen) == ["UBND tỉnh Minh Giang", "Sở Khoa học và Công nghệ", "Văn phòng", "Phòng Tổng hợp"]
    assert seen["UBND tỉnh Minh Giang"] == [""]
    assert seen["Sở Khoa học và Công nghệ"] == ["6 người", "Giám đốc Sở: Đặng Thị Hồng"]
    assert seen["Phòng Tổng hợp"] == ["2 người", "Trưởng phòng: Lê Minh Quân"]


def test_the_tree_of_the_body_above_has_numbers_without_names(things, people, enter):  # trust.md A9
    seen = tree(shown(enter(people.superior), at("tree")))
    assert seen["Sở Khoa học và Công nghệ"] == ["7 người"]
    assert seen["UBND tỉnh Minh Giang"] == ["9 người"]
    assert "UBND tỉnh Hải Vân" not in seen


def test_the_tree_counts_a_person_once_in_the_main_unit_and_not_where_seconded(things, people, enter):  # B5
    StaffMembership.objects.create(person=people.guard, unit=things.department, main=False, starts_at=NOW - DAY)
    seen = tree(shown(enter(people.staff), at("tree")))
    assert (seen["Phòng Tổng hợp"][0], seen["Văn phòng"][0]) == ("2 người", "3 người")


@pytest.mark.parametrize(
    ("day", "there"),
    [("2026-06-30", False), ("2026-07-01", True), ("2026-09-30", True), ("2026-10-01", False)],
    ids=["day before", "first day", "last day", "day after"],
)
def test_the_tree_of_a_day_holds_a_unit_on_its_first_and_last_day_and_not_around_them(
    day, there, things, people, enter
):  # D15
    made = create_unit(
        by=SETUP, parent=things.bureau, kind=UnitKind.DEPARTMENT, name="Tổ mùa dịch", valid_from=date(2026, 7, 1)
    )
    end_unit(made, by=SETUP, last_day=date(2026, 9, 30))
    page = shown(enter(people.staff), at("tree"), ngay=day)
    assert ("Tổ mùa dịch" in tree(page)) is there
    assert "Về hôm nay" in links(page)


def test_the_tree_of_a_day_counts_the_people_of_that_day_from_its_midnight_in_ha_noi(
    things, people, enter
):  # house § 5
    end_service(people.staff, by=SETUP, at=NOW.replace(month=6, day=30, hour=17, minute=0))
    browser = enter(people.guard)
    counts = [tree(shown(browser, at("tree"), ngay=day))["Phòng Tổng hợp"][0] for day in ("2026-06-30", "2026-07-01")]
    assert counts == ["2 người", "1 người"]


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "1899-12-31", "2026-13-01", "x" * 5000, "\x00"])
def test_a_day_that_is_none_shows_today_and_never_a_broken_page(typed, things, people, enter):  # hostile input
    page = shown(enter(people.staff), at("tree"), ngay=typed)
    assert "Về hôm nay" not in links(page)
    assert "Phòng Tổng hợp" in tree(page)


def test_a_tree_deeper_than_its_style_knows_stays_readable_and_whole(things, people, enter):  # B1
    deep = things.department
    for number in range(8):
        deep = unit(f"Tổ {number}", deep, UnitKind.DEPARTMENT)
    page = shown(enter(people.staff), at("tree"))
    steps = [line.attrs["class"].split()[-1] for line in page.all("div", "tree-line")]
    assert "Tổ 7" in tree(page)
    assert steps[-5:] == ["tree-depth-6"] * 5
    assert steps[:3] == ["tree-depth-0", "tree-depth-1", "tree-depth-2"]


def test_a_very_large_tree_is_shown_by_its_upper_levels_and_the_own_agency_and_says_so(
    things, people, enter, monkeypatch
):  # B1
    for number in range(4):
        unit(f"Phòng {number}", things.commune, UnitKind.DEPARTMENT)
    monkeypatch.setattr(asked, "MOST_LINES", 10)
    page = shown(enter(people.administrator), at("tree"))
    assert {"UBND xã Đông Hà", "Văn phòng", "Phòng Tổng hợp"} <= set(tree(page))
    assert "Phòng 0" not in tree(page)
    assert "Chỉ hiện các cấp trên cùng" in page.text


def test_the_tree_asks_as_few_questions_for_sixty_units_as_for_eight(
    things, people, enter, django_assert_max_num_queries
):
    browser = enter(people.superior)
    few = questions(browser, at("tree"))
    for number in range(30):
        below = unit(f"UBND xã Số {number}", things.province, UnitKind.ADMINISTRATION)
        unit("Văn phòng", below, UnitKind.DEPARTMENT)
    with django_assert_max_num_queries(few):
        page = shown(browser, at("tree"))
    assert len(list(page.all("div", "tree-line"))) == 67


def test_the_page_of_a_unit_asks_as_few_questions_however_much_hangs_on_it(
    things, people, enter, django_assert_max_num_queries
):
    browser = enter(people.administrator)
    few = questions(browser, at("unit", things.bureau))
    for number in range(12):
        below = unit(f"Phòng {number}", things.bureau, UnitKind.DEPARTMENT)
        post(staff(f"Người {number}", below), below, PostRole.UNIT_HEAD, accountable_head=True)
        post(staff(f"Phó {number}", things.bureau), things.bureau, PostRole.DEPUTY_HEAD)
        add_site(by=SETUP, unit=things.bureau, name=f"Trụ sở {number}", address="Số 1")
    with django_assert_max_num_queries(few):
        page = shown(browser, at("unit", things.bureau))
    assert len(list(sheet(page, "Đơn vị cấp dưới").all("div", "tree-line"))) == 15
    assert len(facts(sheet(page, "Người phụ trách"))) == 13


def test_the_search_box_finds_units_of_today_only_and_only_those_one_sees(things, people, enter):  # D13
    end_unit(unit("Phòng Tổng kết", things.bureau, UnitKind.DEPARTMENT), by=SETUP, last_day=date(2026, 6, 30))
    unit("Phòng Tổng đài", things.commune, UnitKind.DEPARTMENT)

    def found(person):
        groups = enter(person).get("/tim", {"q": fold("phòng tổng")}).context["found"].groups
        return [hit.title for _, hits in groups for hit in hits]

    assert found(people.staff) == ["Phòng Tổng hợp"]
    assert found(people.villager) == ["Phòng Tổng đài"]


def test_the_headcount_of_a_whole_is_the_sum_of_its_parts_and_its_own_people(things, people):  # B1, J3
    viewer, units = actor(people.superior), list(Unit.objects.filter(path__startswith=things.province.path))
    counts = asked.headcounts(viewer, units, NOW)
    for one in units:
        children = [below for below in units if below.parent_path == one.path]
        own = StaffMembership.objects.in_force(NOW).filter(unit=one, main=True).count()
        assert counts[one.pk] == own + sum(counts[below.pk] for below in children)
