"""A department is counted with its teams: tổ, đội have no share of their own unless a document names them. # D3, D4"""

import html
from datetime import timedelta

import pytest
from django.urls import reverse

from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.actions.staff import transfer
from taicho.organisation.enums import PostRole, UnitKind
from taicho.roster.models import Registration
from taicho.roster.queries.cap import cap_of, caps_over
from taicho.roster.queries.people import people_of
from taicho.roster.queries.sentences import arithmetic, shared_sentence
from tests.organisation.land import SETUP, post, staff, unit
from tests.roster.conftest import AWAY, HERE, HOME, TODAY, here
from tests.roster.test_pages import at, choice, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(land, people):
    """A team of five in Phòng Tổng hợp, which has two people beside: seven together."""
    team = unit("Tổ Địa bàn", land.department, UnitKind.DEPARTMENT)
    for name in ("An", "Bình", "Chi", "Dũng", "Giang"):
        staff(f"Người {name}", team)
    return team


@pytest.fixture
def five(team):
    """The people of the team, by tên."""
    return people_of(team, TODAY)


def test_a_department_has_the_people_of_its_teams_and_a_team_only_its_own(land, team, five):
    assert {person.home_unit for person in people_of(land.department, TODAY)} == {land.department, team}
    assert [person.full_name for person in five] == [
        "Người An", "Người Bình", "Người Chi", "Người Dũng", "Người Giang",
    ]  # fmt: skip


def test_an_agency_has_who_sits_in_no_department_and_as_a_whole_everyone_but_the_agencies_below(land, people, team):
    assert people_of(land.bureau, TODAY) == [people.leader]
    everyone = people_of(land.bureau, TODAY, whole_agency=True)
    assert len(everyone) == 7 + 3 + 1 and people.researcher not in everyone


def test_an_agency_set_up_below_a_department_keeps_its_own_people(land, people, team):
    station = unit("Trạm Quan trắc", land.department)
    staff("Người Trạm", station)
    assert len(people_of(land.department, TODAY)) == 7


def test_half_of_the_department_is_half_of_everyone_in_it_teams_too(land, team, order):
    order()
    cap = cap_of(land.department, TODAY)
    assert (cap.base, cap.allowed, cap.over) == (7, 3, land.department)
    assert arithmetic(cap) == ["7 người · tối đa 50% → 3 người tại cơ quan"]


@pytest.mark.parametrize("per", [{}, {"per": "unit"}])
def test_a_team_stands_under_the_cap_of_its_department_and_gets_none_of_its_own(land, team, order, per):
    order(max_pct=50, binding=True, **per)
    cap = cap_of(team, TODAY)
    assert (cap.over, cap.base, cap.allowed) == (land.department, 7, 3), "five people would be two: no document says so"


def test_a_team_within_a_team_is_counted_with_the_department_too(land, team, order):
    inner = unit("Nhóm Một", team, UnitKind.DEPARTMENT)
    staff("Người Trong", inner)
    order()
    assert {cap_of(one, TODAY).base for one in (inner, team, land.department)} == {8}


def test_a_team_that_a_document_names_itself_is_counted_by_itself(land, team, order):
    order(scope=[team], max_n=2, binding=True)
    assert (cap_of(team, TODAY).over, cap_of(team, TODAY).base, cap_of(team, TODAY).allowed) == (team, 5, 2)
    assert not cap_of(land.department, TODAY).binding


def test_a_cap_on_the_office_as_a_whole_counts_teams_wherever_one_asks(land, team, order):
    order(max_pct=50, binding=True, per="office")
    for one in (team, land.department, land.office, land.bureau):
        assert (cap_of(one, TODAY).over, cap_of(one, TODAY).base) == (land.bureau, 7 + 3 + 1)


def test_each_cap_is_asked_once_however_many_units_stand_under_it(land, team, order):
    order()
    assert [cap.over for cap in caps_over([team, land.department, land.office], TODAY)] == [
        land.office,
        land.department,
    ]
    order(scope=[team], max_n=1, binding=True)
    assert [cap.over for cap in caps_over([team], TODAY)] == [land.department, team]


# Registering


def test_two_of_the_team_and_one_of_the_department_fill_it_for_everyone(land, team, five, people, order, plan):
    order()
    plan(here(five[0], five[1], people.staff))
    for person in (five[2], people.head):
        with pytest.raises(Refusal) as refusal:
            plan(here(person))
        assert refusal.value.code == "over-the-cap"
        assert refusal.value.sentence.startswith("Phòng Tổng hợp ngày 20/11: 4 người tại cơ quan, nhiều hơn mức 3")
    assert Registration.objects.filter(mode="on_site").count() == 3


def test_a_team_with_a_cap_of_its_own_stands_under_both(land, team, five, people, order, plan):
    order()
    order(scope=[team], max_n=1, binding=True)
    plan(here(five[0]))
    with pytest.raises(Refusal, match="Tổ Địa bàn ngày 20/11: 2 người tại cơ quan, nhiều hơn mức 1"):
        plan(here(five[1]))
    plan(here(people.staff, people.head))
    with pytest.raises(Refusal, match="Phòng Tổng hợp ngày 20/11"):
        plan({five[0]: HOME, five[2]: HERE, **here(*staff_of(land, 2))})


def staff_of(land, how_many):
    """More people of Phòng Tổng hợp."""
    return [staff(f"Người Thêm {number}", land.department) for number in range(how_many)]


def test_the_office_as_a_whole_is_full_for_a_room_in_which_nobody_has_come(land, team, five, people, order, plan):
    order(max_n=2, binding=True, per="office")
    plan(here(*five[:2]))
    with pytest.raises(Refusal, match="Sở Khoa học và Công nghệ ngày 20/11: 3 người") as refusal:
        plan(here(people.guard), by=people.office)
    assert refusal.value.field == "exception"


def test_the_leader_lets_one_of_the_team_in_and_who_heads_only_the_department_does_not(team, five, people, order, plan):
    order()
    plan(here(*five[:3]))
    with pytest.raises(Refusal, match="lãnh đạo cơ quan, Chánh Văn phòng cho phép từng người"):
        plan(here(five[3]), exception="ký hồ sơ")
    plan(here(five[3]), by=people.leader, exception="ký hồ sơ")
    assert Registration.objects.get(person=five[3]).excepted_by == people.leader.key


def test_the_head_of_the_team_plans_for_the_team_and_for_nobody_beside_it(land, team, five, people, plan):
    post(five[0], team, PostRole.UNIT_HEAD)
    plan({five[1]: HOME}, by=five[0])
    with pytest.raises(NotPermitted):
        plan({people.staff: HOME}, by=five[0])
    assert set(Registration.objects.values_list("person", flat=True)) == {five[1].pk}


def test_who_moves_out_of_the_team_leaves_its_department_with_a_smaller_base(land, team, five, order):
    order()
    transfer(five[0], by=SETUP, to=land.office)
    assert (cap_of(team, TODAY).base, cap_of(land.office, TODAY).base) == (6, 4)
    assert cap_of(team, TODAY - timedelta(days=1)).base == 7


# People on post


def test_a_department_on_post_has_its_teams_on_post(land, team, order):
    order("roster.always_on", posts=[{"unit": "phòng tổng hợp"}])
    assert len(cap_of(land.department, TODAY).always_on) == 7
    assert len(cap_of(team, TODAY).always_on) == 5, "without a cap the team is shown by itself"


def test_a_team_on_post_leaves_the_rest_of_the_department_off_post(team, five, land, order):
    order("roster.always_on", posts=[{"unit": str(team.key)}])
    assert list(cap_of(land.department, TODAY).always_on) == five


def test_an_agency_on_post_by_its_name_is_who_sits_in_no_department(land, people, team, order):
    order("roster.always_on", posts=[{"unit": "Sở Khoa học và Công nghệ"}])
    assert cap_of(land.department, TODAY).always_on == ()
    assert cap_of(land.bureau, TODAY).always_on == (people.leader,)


def test_the_figures_cost_no_more_questions_with_more_people(land, team, order, django_assert_max_num_queries):
    order()
    order("roster.always_on", posts=[{"unit": "Tổ Địa bàn"}])
    with django_assert_max_num_queries(20) as few:
        cap_of(team, TODAY)
    for number in range(8):
        staff(f"Người Mới {number}", team)
    with django_assert_max_num_queries(len(few)):
        assert cap_of(team, TODAY).base == 15


# Pages


def test_the_head_registers_the_teams_on_the_page_of_the_department(land, team, five, people, order, enter):
    order()
    browser = enter(people.head)
    said = words(browser.get(at(land.department)))
    assert said.count("Tổ Địa bàn") >= 5, "each of the team is marked with it"
    assert browser.post(at(land.department), choice(five[0], "on_site")).status_code == 302
    assert "1/3 Tại cơ quan" in words(browser.get(at(land.department)))


def test_the_page_of_a_team_says_whose_bound_it_shares_and_how_far_it_is_used(
    land, team, five, people, order, plan, enter
):
    order()
    plan(here(five[0], people.staff))
    page = words(enter(people.head).get(at(team)))
    assert "1 Tại cơ quan" in page and "1/3" not in page, "the bound is not the team's own"
    assert "Tính chung cả Phòng Tổng hợp: đã đăng ký 2 người tại cơ quan" in page
    assert "7 người · tối đa 50% → 3 người tại cơ quan" in page and "vì: Công văn 58/VP-HC-QT, mục 1" in page


def test_nothing_is_shared_where_nothing_is_capped_or_the_unit_is_counted_alone(land, team, order):
    assert shared_sentence(cap_of(team, TODAY)) == ""
    order()
    assert shared_sentence(cap_of(land.department, TODAY)) == ""


def test_a_bound_shared_by_the_office_is_said_in_every_room(land, team, people, order, plan, enter):
    order(max_pct=50, binding=True, per="office")
    plan(here(people.guard), by=people.office)
    page = words(enter(people.head).get(at(land.department)))
    assert "Tính chung cả Sở Khoa học và Công nghệ: đã đăng ký 1 người tại cơ quan" in page
    assert "0 Tại cơ quan" in page


def test_of_the_team_one_reads_on_ones_own_page_why_it_is_full(land, team, five, people, order, plan, enter):
    order()
    plan(here(people.staff, people.head, five[1]))
    page = enter(five[0]).post(reverse("roster:my-schedule"), {TODAY.isoformat(): "on_site"})
    assert page.status_code == 400
    assert "Phòng Tổng hợp ngày 20/11: 4 người tại cơ quan" in html.unescape(page.content.decode())


# Leave and the base


def test_who_is_put_on_leave_in_the_same_list_leaves_the_base_before_it_is_judged(
    land, team, five, people, order, plan
):
    order(max_pct=50, binding=True, base="without_leave")
    on_leave = dict.fromkeys(five[:3], AWAY)
    with pytest.raises(Refusal, match=r"3 người tại cơ quan, nhiều hơn mức 2 \(4 người"):
        plan(on_leave | here(five[3], five[4], people.staff))
    assert not Registration.objects.exists(), "of three in the office and three on leave nothing is written"
    plan(on_leave | here(five[3], five[4]))
    assert Registration.objects.filter(mode="on_site").count() == 2


def test_who_comes_back_from_leave_is_in_the_base_again_at_once(land, team, five, people, order, plan):
    order(max_pct=50, binding=True, base="without_leave")
    plan({five[0]: AWAY})
    assert cap_of(team, TODAY).base == 6
    plan(here(five[0], five[1], five[2]))
    assert cap_of(team, TODAY).base == 7
