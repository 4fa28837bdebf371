"""Who works where on a day: one place each, under the cap, exceptions by name and with a reason. # D3"""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from taicho.directives.actions.measures import decide
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.enums import PostRole, UnitKind
from taicho.roster.actions.registering import Place, register_day, register_one
from taicho.roster.models import Registration
from taicho.roster.queries.days import two_weeks
from tests.organisation.land import START, actor, post, staff, unit
from tests.roster.conftest import AWAY, HERE, HOME, TODAY, here


def registered():
    return {row.person.full_name: row.mode for row in Registration.objects.select_related("person")}


def on_site():
    return Registration.objects.filter(mode="on_site").count()


@pytest.mark.django_db
def test_each_person_is_in_one_place_a_day(plan, seven):
    plan({seven[0]: HERE, seven[1]: HOME, seven[2]: AWAY})
    plan({seven[0]: HOME})
    assert registered() == {seven[0].full_name: "remote", seven[1].full_name: "remote", seven[2].full_name: "absent"}


@pytest.mark.django_db
def test_saving_what_is_registered_already_changes_nothing_and_leaves_no_line(plan, seven):
    plan({seven[0]: HERE})
    assert plan({seven[0]: HERE}) == []
    assert AuditEntry.objects.filter(verb="roster.register").count() == 1


@pytest.mark.django_db
def test_the_database_itself_keeps_one_place_a_day_and_reasons_where_they_belong(plan, seven):
    (row,) = plan({seven[0]: HERE})
    facts = {"person": row.person, "unit": row.unit, "day": TODAY, "registered_at": clock.now()}
    for wrong in (
        {"mode": "remote"},
        {"day": TODAY + timedelta(days=1), "mode": "absent"},
        {"day": TODAY + timedelta(days=1), "mode": "remote", "absence": "leave"},
        {"day": TODAY + timedelta(days=1), "mode": "remote", "exception": "gấp", "excepted_by": row.person.key},
        {"day": TODAY + timedelta(days=1), "mode": "on_site", "exception": "gấp"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.create(**facts | wrong)


@pytest.mark.django_db
def test_who_is_away_has_a_reason_and_a_day_that_is_over_is_closed(plan, seven):
    with pytest.raises(Refusal, match="Chọn lý do vắng"):
        plan({seven[0]: Place("absent")})
    with pytest.raises(Refusal, match="đã qua"):
        plan({seven[0]: HERE}, day=TODAY - timedelta(days=1))
    assert not Registration.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("staff", True),
        ("head", True),
        ("office", True),
        ("leader", True),
        ("guard", False),
        ("superior", False),
        ("stranger", False),
    ],
)
def test_who_registers_lan(room, people, plan, who, may):
    if may:
        assert plan({people.staff: HOME}, by=getattr(people, who))
        return
    with pytest.raises(NotPermitted, match="Chỉ bản thân, người phụ trách đơn vị và Văn phòng"):
        plan({people.staff: HOME}, by=getattr(people, who))


@pytest.mark.django_db
def test_one_of_another_room_in_the_list_stops_the_whole_list(plan, seven, people):
    with pytest.raises(NotPermitted):
        plan({seven[0]: HOME, people.guard: HOME})
    assert not Registration.objects.exists()


# The cap


@pytest.mark.django_db
def test_the_fourth_of_seven_is_refused_with_the_arithmetic_and_who_can_decide(order, plan, seven):
    order()
    plan(here(*seven[:3]))
    with pytest.raises(Refusal) as refusal:
        plan(here(seven[3]))
    assert refusal.value.code == "over-the-cap"
    for words in ("4 người tại cơ quan", "nhiều hơn mức 3", "7 người · tối đa 50%", "Chánh Văn phòng"):
        assert words in refusal.value.sentence
    assert on_site() == 3


@pytest.mark.django_db
def test_a_list_is_judged_as_a_whole_whatever_its_order(order, plan, seven):
    order()
    plan(here(*seven[:3]))
    plan({seven[3]: HERE, seven[0]: HOME})
    assert on_site() == 3


@pytest.mark.django_db
def test_who_works_at_home_or_is_away_needs_no_room(order, plan, seven):
    order()
    plan(here(*seven[:3]) | dict.fromkeys(seven[3:5], HOME) | dict.fromkeys(seven[5:], AWAY))
    assert Registration.objects.count() == 7


@pytest.mark.django_db
def test_a_cap_that_came_later_lets_people_be_taken_off_one_by_one(order, plan, seven):
    plan(here(*seven[:6]))
    order()
    plan({seven[0]: HOME})
    assert on_site() == 5
    with pytest.raises(Refusal, match="nhiều hơn mức 3"):
        plan(here(seven[6]))


@pytest.mark.django_db
def test_oneself_is_refused_too_when_the_room_is_full(order, plan, seven, people):
    order()
    plan(here(*[person for person in seven if person != people.staff][:3]))
    with pytest.raises(Refusal, match="nhiều hơn mức 3"):
        register_one(people.staff, TODAY, HERE, by=actor(people.staff))


@pytest.mark.django_db
def test_without_a_binding_cap_everyone_may_come(order, plan, seven):
    order(max_pct=50)
    plan(here(*seven))
    assert on_site() == 7


@pytest.mark.django_db
def test_the_leader_lets_one_more_in_by_name_with_the_reason(order, plan, seven, people):
    order()
    plan(here(*seven[:3]))
    plan(here(seven[3]), by=people.leader, exception="ký hồ sơ gấp")
    row = Registration.objects.get(person=seven[3])
    assert (row.exception, row.excepted_by) == ("ký hồ sơ gấp", people.leader.key)
    with pytest.raises(Refusal):
        plan(here(seven[4]))


@pytest.mark.django_db
def test_a_head_of_a_room_cannot_let_anybody_in_over_the_cap(order, plan, seven):
    order()
    plan(here(*seven[:3]))
    with pytest.raises(Refusal, match="lãnh đạo cơ quan, Chánh Văn phòng cho phép từng người") as refusal:
        plan(here(seven[3]), exception="tôi cần")
    assert (refusal.value.code, refusal.value.field) == ("over-the-cap", "exception")
    assert not Registration.objects.exclude(exception="").exists()


@pytest.mark.django_db
def test_one_alone_comes_only_by_exception(order, land, people):  # edge 2
    alone = unit("Tổ Một Người", land.bureau, UnitKind.DEPARTMENT)
    only = staff("Người Duy Nhất", alone)
    order()
    with pytest.raises(Refusal, match="nhiều hơn mức 0"):
        register_one(only, TODAY, HERE, by=actor(people.leader))
    assert register_one(only, TODAY, HERE, by=actor(people.leader), exception="trực điện thoại").exception


# People on post


@pytest.fixture
def lan_on_post(order):
    """Lan must be on post, by the office that caps."""
    order()
    order("roster.always_on", posts=[{"person": "Nguyễn Thị Lan"}])


def others(seven, people):
    return [person for person in seven if person != people.staff]


@pytest.mark.django_db
def test_a_place_is_kept_for_who_must_be_on_post_even_before_the_name_is_entered(
    lan_on_post, decision, plan, seven, people
):
    decision("counted")
    plan(here(*others(seven, people)[:2]))
    with pytest.raises(Refusal, match="nhiều hơn mức 3"):
        plan(here(others(seven, people)[2]))
    plan(here(people.staff))
    assert on_site() == 3


@pytest.mark.django_db
def test_taken_apart_three_more_may_come(lan_on_post, decision, plan, seven, people):  # issue: 4 with one exempt
    decision("apart")
    plan(here(people.staff, *others(seven, people)[:3]))
    with pytest.raises(Refusal, match="nhiều hơn mức 4"):
        plan(here(others(seven, people)[3]))


@pytest.mark.django_db
def test_until_the_office_decides_the_fourth_comes_with_a_reason_of_the_head_and_the_fifth_does_not(
    lan_on_post, plan, seven, people
):
    three = others(seven, people)
    plan(here(people.staff, *three[:2]))
    with pytest.raises(Refusal) as refusal:
        plan(here(three[2]))
    assert refusal.value.code == "needs-reason"
    assert "chưa quyết định" in refusal.value.sentence
    plan(here(three[2]), exception="họp giao ban")
    assert Registration.objects.get(person=three[2]).excepted_by == people.head.key


@pytest.mark.django_db
def test_against_the_level_above_no_plan_is_refused_and_each_further_person_is_confirmed_by_name(
    order, land, people
):  # edge 9
    five = [people.researcher, *(staff(f"Người {number}", land.institute) for number in range(4))]
    director = five[1]
    post(director, land.institute, PostRole.LEADER, accountable_head=True)
    order(scope=[land.bureau], issuer="UBND tỉnh Minh Giang", max_pct=50, binding=True)
    order("roster.always_on", issuer="Sở Khoa học và Công nghệ", posts=[{"person": str(one.key)} for one in five[:3]])
    by = actor(director)
    register_day(here(*five[:3]), TODAY, by=by)
    with pytest.raises(Refusal) as refusal:
        register_one(five[3], TODAY, HERE, by=by)
    assert refusal.value.code == "needs-reason" and "Văn bản cấp trên" in refusal.value.sentence
    assert register_one(five[3], TODAY, HERE, by=by, exception="tiếp đoàn kiểm tra").exception


# Two at once


def test_of_two_who_take_the_last_place_at_once_one_gets_it(committed):
    bureau = unit("Sở Nội vụ")
    room = unit("Phòng Một", bureau, UnitKind.DEPARTMENT)
    two = [staff(f"Người {name}", room) for name in ("Một", "Hai")]
    decide(
        bureau, by=Actor(person=two[0].key), kind="roster.onsite_cap", params={"max_n": 1, "binding": True}, subject="số người tại cơ quan",
        reason="chỗ ngồi", from_day=START,
    )  # fmt: skip
    outcomes, ready = [], threading.Barrier(2)

    def press(person):
        ready.wait()
        try:
            register_one(person, TODAY, HERE, by=actor(person))
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    hands = [threading.Thread(target=press, args=[person]) for person in two]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    assert sorted(outcomes) == ["done", "over-the-cap"]
    assert on_site() == 1


# Seeing


@pytest.mark.django_db
def test_plans_are_seen_by_oneself_the_heads_and_those_who_need_them_and_by_nobody_from_above(plan, people):  # A9
    plan({people.staff: HOME})
    seen = {name for name, who in vars(people).items() if Registration.objects.visible_to(actor(who)).exists()}
    assert seen == {"staff", "head", "office", "guard", "leader"}


@pytest.mark.django_db
def test_my_two_weeks_begin_on_monday(plan, people):
    plan({people.staff: AWAY})
    days = list(two_weeks(people.staff, TODAY))
    assert (len(days), days[0].day.weekday(), days[0].day <= TODAY) == (14, 0, True)
    assert [(day.day, day.letter, day.value) for day in days if day.row] == [(TODAY, "V", "absent:leave")]
