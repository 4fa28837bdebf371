"""What a unit is told of its cap: the figures, the reasons, and what the office still has to decide. # D3, D4, D6"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from taicho.kernel import clock
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.actions.staff import end_service, transfer
from taicho.organisation.enums import PostRole, UnitKind
from taicho.roster.actions.naming import name_people
from taicho.roster.enums import AlwaysOn
from taicho.roster.models import PostNaming
from taicho.roster.queries.cap import cap_of
from taicho.roster.queries.sentences import arithmetic, target_sentence
from tests.organisation.land import SETUP, actor, post, staff, unit
from tests.roster.conftest import AWAY, TODAY

pytestmark = pytest.mark.django_db


def test_without_a_letter_there_is_no_cap(room):
    cap = cap_of(room, TODAY)
    assert (cap.base, cap.binding, cap.allowed, cap.refused_above, arithmetic(cap)) == (7, False, None, None, [])


def test_seven_people_half_of_them_three_may_come_because_of_the_clause(room, order):  # edge 1
    order()
    cap = cap_of(room, TODAY)
    assert cap.allowed == 3
    assert arithmetic(cap) == ["7 người · tối đa 50% → 3 người tại cơ quan"]
    assert [reason.text for reason in cap.reasons] == ["Công văn 58/VP-HC-QT, mục 1"]


def test_the_cap_ends_with_its_last_day(room, order):  # edge 3
    measure = order()
    measure.until_day = TODAY
    measure.save()
    assert cap_of(room, TODAY).binding
    assert not cap_of(room, TODAY + timedelta(days=1)).binding


def test_a_unit_of_one_may_send_nobody_and_is_told_that_an_exception_is_needed(land, order):  # edge 2
    order()
    alone = unit("Tổ Một Người", land.bureau, UnitKind.DEPARTMENT)
    staff("Người Duy Nhất", alone)
    cap = cap_of(alone, TODAY)
    assert (cap.base, cap.allowed, cap.needs_exception) == (1, 0, True)


@pytest.fixture
def lan_on_post(order, people):
    """Lan must be on post, by the same letter's office."""
    return order("roster.always_on", posts=[{"person": str(people.staff.key)}], presence="on_site")


def test_with_one_on_post_and_no_decision_both_figures_are_shown_and_the_office_is_asked(
    room, order, lan_on_post, people
):
    order()
    cap = cap_of(room, TODAY)
    assert cap.asks_decision
    assert (cap.allowed, cap.asks_above, cap.refused_above) == (None, 3, 4)
    assert cap.always_on == (people.staff,)
    assert arithmetic(cap) == [
        "7 người · tối đa 50% → 3 người tại cơ quan, kể cả 1 người thường trực",
        "1 người thường trực tách ra; còn 6 người · tối đa 50% → 3; cộng lại 4 người tại cơ quan",
    ]


@pytest.mark.parametrize(("way", "allowed"), [("counted", 3), ("apart", 4)])
def test_the_decision_of_the_office_settles_it_and_stands_as_the_reason(
    room, order, lan_on_post, decision, way, allowed
):  # D6
    order()
    decision(way)
    cap = cap_of(room, TODAY)
    assert (cap.asks_decision, cap.decided, cap.allowed, cap.refused_above) == (False, AlwaysOn(way), allowed, allowed)
    assert len(arithmetic(cap)) == 1
    assert [reason.own_decision for reason in cap.decision_reasons] == [True]
    assert "Cách tính" in cap.decision_reasons[0].text


def test_where_both_readings_come_to_the_same_nobody_is_asked(land, order, people):
    order()
    order("roster.always_on", posts=[{"unit": "Phòng Tổng hợp"}])
    cap = cap_of(land.department, TODAY)
    assert {one.allowed for one in cap.readings} == {2}
    assert not cap.asks_decision


def test_a_whole_room_on_post_is_found_by_its_name_however_it_is_written(room, order):
    order("roster.always_on", posts=[{"unit": "phòng TỔNG HỢP"}])
    assert len(cap_of(room, TODAY).always_on) == 7


def test_who_is_only_to_be_ready_is_not_on_site(room, order, people):
    order("roster.always_on", posts=[{"person": "Nguyễn Thị Lan"}], presence="ready")
    order()
    cap = cap_of(room, TODAY)
    assert (cap.always_on, cap.allowed) == ((), 3)


def test_a_request_to_keep_posts_takes_nobody_out_of_the_cap(room, order, people):  # đề nghị never exempts
    order()
    order.force = "request"
    order("roster.always_on", posts=[{"person": "Nguyễn Thị Lan"}])
    assert cap_of(room, TODAY).allowed == 3


def test_a_document_that_names_how_many_needs_only_so_many(room, order):
    order()
    order("roster.always_on", posts=[{"unit": "Phòng Tổng hợp"}], min_n=2)
    assert [one.on_post for one in cap_of(room, TODAY).readings] == [2, 2]


# The level above


def test_posts_of_the_own_office_do_not_break_the_cap_of_the_level_above(land, order, people):  # edge 9
    five = [staff(f"Người {number}", land.institute) for number in range(4)]
    order(scope=[land.bureau], issuer="UBND tỉnh Minh Giang", max_pct=50, binding=True)
    own = "Sở Khoa học và Công nghệ"
    order("roster.always_on", issuer=own, posts=[{"person": str(person.key)} for person in five[:3]])
    cap = cap_of(land.institute, TODAY)
    assert (cap.base, cap.readings[0].limit, cap.readings[0].on_post) == (5, 2, 3)
    assert "tối đa 2 người" in cap.conflict and "3 người phải thường trực" in cap.conflict
    assert cap.refused_above is None, "no plan is refused"
    assert not cap.asks_decision, "and no reading of one's own loosens the level above"


def test_a_decision_of_the_own_office_does_not_loosen_the_level_above(room, order, decision, people):
    order(issuer="UBND tỉnh Minh Giang", max_pct=50, binding=True)
    order("roster.always_on", issuer="Sở Khoa học và Công nghệ", posts=[{"person": "Nguyễn Thị Lan"}])
    decision("apart")
    cap = cap_of(room, TODAY)
    assert (cap.allowed, cap.conflict) == (3, "")


# Whom it counts


def test_a_figure_with_about_is_a_target_and_refuses_nothing(room, order):
    order(max_pct=50)
    cap = cap_of(room, TODAY)
    assert (cap.target, cap.binding, cap.refused_above) == (3, False, None)
    assert target_sentence(cap) == "Khoảng 3 người tại cơ quan (mức hướng tới, không bắt buộc)"


def test_a_request_sets_no_cap(room, order):
    order.force = "request"
    order()
    cap = cap_of(room, TODAY)
    assert (cap.binding, len(cap.requests)) == (False, 1)


def test_leave_stays_in_the_base_unless_the_document_takes_it_out(room, seven, order, plan):
    plan({seven[0]: AWAY, seven[1]: AWAY, seven[2]: AWAY})
    order()
    assert (cap_of(room, TODAY).base, cap_of(room, TODAY).allowed) == (7, 3)
    order(max_pct=50, binding=True, base="without_leave", issuer="Sở Nội vụ")
    assert (cap_of(room, TODAY).base, cap_of(room, TODAY).allowed) == (4, 2)


def test_a_cap_on_the_whole_office_counts_everyone_of_it(room, land, order):
    order(max_pct=50, binding=True, per="office")
    everyone = cap_of(room, TODAY)
    assert everyone.base == cap_of(land.office, TODAY).base == 7 + 3 + 1
    assert everyone.allowed == 5


def test_who_leaves_or_moves_today_is_not_counted_any_more(room, land, seven, order):
    order()
    transfer(seven[0], by=SETUP, to=land.office)
    end_service(seven[1], by=SETUP)
    cap = cap_of(room, TODAY)
    assert (cap.base, cap.allowed) == (5, 2)
    assert cap_of(room, TODAY - timedelta(days=1)).base == 7


def test_a_share_and_a_number_are_both_said(room, order):
    order(max_pct=50, max_n=2, binding=True)
    assert arithmetic(cap_of(room, TODAY)) == ["7 người · tối đa 50%, không quá 2 người → 2 người tại cơ quan"]


# Posts without a name


def test_a_post_named_only_by_its_work_has_nobody_until_the_office_names_somebody(room, order, people):  # never guessed
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    order()
    cap = cap_of(room, TODAY)
    assert (cap.always_on, cap.unnamed, cap.allowed) == ((), ("bộ phận: văn thư",), 3)
    name_people(measure, "service:văn thư", [people.staff], by=actor(people.office))
    cap = cap_of(room, TODAY)
    assert (cap.always_on, cap.unnamed) == ((people.staff,), ())


def test_who_is_named_on_an_english_page_is_named_on_a_vietnamese_one(room, order, people, enter):  # D10
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    address = f"{reverse('roster:name-holders', args=[measure.key])}?vi-tri=1&don-vi={room.key}"
    with translation.override("en"):
        enter(people.office).post(address, {"people": [str(people.staff.key)]}, headers={"accept-language": "en"})
    assert cap_of(room, TODAY).always_on == (people.staff,)


def test_two_people_of_one_name_are_not_guessed_between(room, land, order):
    staff("Bùi Gia Khánh", land.department)
    order("roster.always_on", posts=[{"person": "Bùi Gia Khánh"}])
    assert cap_of(room, TODAY).always_on == ()


def test_a_unit_nobody_knows_is_said_to_have_no_people(room, order):
    order("roster.always_on", posts=[{"unit": "Phòng Không Có"}])
    assert cap_of(room, TODAY).unnamed == ("đơn vị: Phòng Không Có",)


def test_a_room_elsewhere_that_keeps_a_post_is_no_gap_here(room, order):
    order("roster.always_on", posts=[{"unit": "Văn phòng"}])
    cap = cap_of(room, TODAY)
    assert (cap.always_on, cap.unnamed) == ((), ())


@pytest.mark.parametrize("who", ["head", "staff", "guard", "superior", "stranger"])
def test_only_the_office_and_the_leadership_name_who_holds_a_post(room, order, people, who):
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    with pytest.raises(NotPermitted, match="nêu người thường trực"):
        name_people(measure, "service:văn thư", [people.staff], by=actor(getattr(people, who)))


def test_naming_again_replaces_and_nobody_takes_it_back(room, order, people):
    measure, line = order("roster.always_on", posts=[{"service": "văn thư"}]), "service:văn thư"
    office = actor(people.office)
    name_people(measure, line, [people.staff, people.head], by=office)
    name_people(measure, line, [people.head, people.guard], by=office)
    assert set(PostNaming.objects.values_list("person", flat=True)) == {people.head.pk, people.guard.pk}
    name_people(measure, line, [], by=office)
    assert not PostNaming.objects.exists()


def test_people_of_another_agency_and_posts_that_are_not_there_are_refused(room, order, people):
    measure, office = order("roster.always_on", posts=[{"service": "văn thư"}]), actor(people.office)
    for line, whom, code in (
        ("service:lái xe", people.staff, "no-such-post"),
        ("service:văn thư", people.stranger, "not-of-the-agency"),
    ):
        with pytest.raises(Refusal) as refusal:
            name_people(measure, line, [whom], by=office)
        assert refusal.value.code == code


def test_a_head_of_office_may_name_too(room, order, people, land):
    chief = staff("Chánh Văn Phòng", land.office)
    post(chief, land.office, PostRole.CHIEF_OF_OFFICE)
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    assert name_people(measure, "service:văn thư", [people.staff], by=actor(chief))


def test_the_day_decides_and_not_the_hour(room, order, time_machine):
    order()
    time_machine.move_to("2026-11-20T16:59:00+00:00")
    assert clock.today() == date(2026, 11, 20) and cap_of(room, clock.today()).allowed == 3
