"""Who acts: rights come from posts held at this very moment (B2, B3, house § 7)."""

from datetime import UTC, datetime, timedelta

import pytest

from taicho.accounts.actions.first_start import invite_first_administrator
from taicho.accounts.actions.grants import grant_administrator
from taicho.accounts.requirements import actor_of, second_factor_reason
from taicho.kernel.actor import Assurance
from taicho.organisation.actions.posts import delegate, end_post, revoke
from taicho.organisation.actions.staff import transfer
from taicho.organisation.actions.units import close_unit, create_unit
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Activation, BodyMember, Composition, Post, StandingBody
from taicho.organisation.policies import may_add_top_unit, may_manage_structure
from taicho.organisation.queries.build_actor import build_actor, needs_second_factor
from tests.organisation.land import BEGAN, NOW, SETUP, actor, staff

HOUR = timedelta(hours=1)


def roles(who, at=None):
    return [capacity.role for capacity in actor(who, at).capacities]


def test_a_member_of_staff_acts_as_staff_of_the_own_unit_and_nothing_else(people, land):  # B5
    who = actor(people.staff)
    assert [(c.role, c.unit) for c in who.capacities] == [(PostRole.STAFF, land.department.key)]
    assert who.unit == land.department.key
    assert who.root == land.province.key
    assert who.person == people.staff.key


def test_an_account_of_nobody_is_no_actor(db, django_user_model):
    assert build_actor(django_user_model.objects.create(name="nobody")) is None


def test_a_head_reaches_the_own_unit_and_below_but_not_the_next_department(people, land):  # B1
    who = actor(people.head)
    assert who.holds([PostRole.UNIT_HEAD], over=land.department.path)
    assert not who.holds([PostRole.UNIT_HEAD], over=land.office.path)
    assert not who.holds([PostRole.UNIT_HEAD], over=land.bureau.path)


def test_the_office_works_for_the_whole_agency_though_it_is_one_department(people, land):  # B3
    who = actor(people.office)
    assert who.holds([PostRole.OFFICE], over=land.department.path)
    assert not who.holds([PostRole.OFFICE], over=land.commune.path)


def test_the_actor_is_built_in_four_queries_however_many_hats(people, land, django_assert_max_num_queries):
    account = people.leader.account
    with django_assert_max_num_queries(4):
        build_actor(account)


def test_how_sure_we_are_travels_with_the_actor(people):
    who = build_actor(people.leader.account, assurance=Assurance.TWO_FACTORS, confirmed_at=NOW)
    assert (who.assurance, who.confirmed_at) == (Assurance.TWO_FACTORS, NOW)


def test_a_post_counts_from_its_first_instant_until_its_last_and_not_after(people, land):
    held = Post.objects.get(person=people.head)
    end_post(held, by=SETUP, at=NOW)
    assert PostRole.UNIT_HEAD in roles(people.head, NOW - timedelta(microseconds=1))
    assert PostRole.UNIT_HEAD not in roles(people.head, NOW)
    assert PostRole.UNIT_HEAD in roles(people.head, BEGAN)
    assert PostRole.UNIT_HEAD not in roles(people.head, BEGAN - timedelta(microseconds=1))


def test_a_transferred_person_loses_every_right_of_the_old_unit_at_once(people, land):  # A13 of trust.md
    transfer(people.office, by=SETUP, to=land.commune)
    assert [(c.role, c.unit) for c in actor(people.office).capacities] == [(PostRole.STAFF, land.commune.key)]


def test_a_delegate_acts_in_the_role_of_the_post_from_the_day_given_until_the_day_given(people, land):  # TUQ.
    held = Post.objects.get(person=people.leader)
    delegate(
        held, by=actor(people.leader), to=people.head, matters="Ký báo cáo nhanh", document="05/GUQ-SKHCN",
        at=NOW + HOUR, until=NOW + 3 * HOUR,
    )  # fmt: skip
    assert PostRole.LEADER not in roles(people.head, NOW)
    assert PostRole.LEADER in roles(people.head, NOW + HOUR)
    assert PostRole.LEADER in roles(people.head, NOW + 3 * HOUR - timedelta(seconds=1))
    assert PostRole.LEADER not in roles(people.head, NOW + 3 * HOUR)


def test_a_delegation_lapses_with_the_post_it_hangs_on(people):
    held = Post.objects.get(person=people.leader)
    delegate(
        held, by=actor(people.leader), to=people.head, matters="Điều hành", document="06/GUQ", until=NOW + 9 * HOUR,
        at=NOW - HOUR,
    )  # fmt: skip
    end_post(held, by=SETUP, at=NOW + HOUR)
    assert PostRole.LEADER in roles(people.head, NOW)
    assert PostRole.LEADER not in roles(people.head, NOW + HOUR)


def test_a_revoked_delegation_gives_nothing_from_that_instant(people):
    held = Post.objects.get(person=people.leader)
    given = delegate(
        held, by=actor(people.leader), to=people.head, matters="Điều hành", document="07/GUQ", until=NOW + 9 * HOUR,
        at=NOW - HOUR,
    )  # fmt: skip
    revoke(given, by=actor(people.leader), at=NOW)
    assert PostRole.LEADER not in roles(people.head, NOW)


def test_a_member_of_an_active_standing_body_holds_its_role_and_loses_it_when_it_stands_down(people, land):  # B2
    body = StandingBody.objects.create(unit=land.bureau, kind="command_post", name="Sở Chỉ huy")
    seats = Composition.objects.create(body=body, decision="12/QĐ", decided_on=BEGAN.date(), starts_at=BEGAN)
    BodyMember.objects.create(composition=seats, person=people.head, portfolio="Hậu cần")
    assert PostRole.COMMAND_POST not in roles(people.head)
    Activation.objects.create(body=body, document="12/QĐ", starts_at=BEGAN, ends_at=NOW)
    assert PostRole.COMMAND_POST in roles(people.head, NOW - HOUR)
    assert PostRole.COMMAND_POST not in roles(people.head, NOW)


def test_a_seat_in_an_earlier_composition_gives_nothing_today(people, land):  # B2, kiện toàn
    body = StandingBody.objects.create(unit=land.bureau, kind="steering_committee", name="Ban Chỉ đạo")
    Activation.objects.create(body=body, document="12/QĐ", starts_at=BEGAN)
    old = Composition.objects.create(
        body=body, decision="12/QĐ", decided_on=BEGAN.date(), starts_at=BEGAN, ends_at=NOW - HOUR
    )
    BodyMember.objects.create(composition=old, person=people.head)
    assert PostRole.STEERING_COMMITTEE not in roles(people.head, NOW)
    assert PostRole.STEERING_COMMITTEE in roles(people.head, NOW - 2 * HOUR)


def test_a_post_in_a_unit_that_has_ended_gives_nothing(people, land):  # D15
    close_unit(land.department, datetime(2026, 11, 19, tzinfo=UTC).date())
    assert actor(people.head).capacities == ()
    assert not actor(people.head).holds([PostRole.UNIT_HEAD])


def test_one_person_may_wear_two_hats_and_the_main_unit_comes_first(people, land):  # ux.md 1.8
    both = staff("Ngô Thùy Linh", land.department)
    Post.objects.create(person=both, unit=land.bureau, role=PostRole.CLERK, title="Văn thư", starts_at=BEGAN)
    assert roles(both) == [PostRole.STAFF, PostRole.CLERK]
    assert actor(both).unit == land.department.key


def test_a_grant_makes_an_administrator_of_the_whole_tree_for_a_while(people, land):  # trust.md A11
    grant_administrator(people.staff.account, by=SETUP, reason="khắc phục sự cố", lasting=HOUR)
    assert actor(people.staff).holds([PostRole.ADMINISTRATOR], over=land.commune.path)
    assert not actor(people.staff).holds([PostRole.ADMINISTRATOR], over=land.elsewhere.path)
    assert PostRole.ADMINISTRATOR not in roles(people.staff, NOW + HOUR)


def test_the_first_administrator_acts_before_there_is_any_unit(db):
    entry = invite_first_administrator(by=SETUP, reason="cài đặt lần đầu")
    who = build_actor(entry.account)
    assert may_add_top_unit.test(who)
    assert who.person == entry.account.key
    top = create_unit(by=who, parent=None, kind="agency", name="Sở Nội vụ", valid_from=NOW.date())
    assert may_manage_structure.test(who, top)


@pytest.mark.parametrize(
    ("who", "needs"),
    [
        ("office", True), ("leader", True), ("administrator", True), ("superior", True),
        ("staff", False), ("head", False), ("guard", False),
    ],
)  # fmt: skip
def test_sensitive_posts_need_a_second_factor_and_others_do_not(who, needs, people):  # S-13
    account = getattr(people, who).account
    assert needs_second_factor(account) is needs
    assert bool(second_factor_reason(account)) is needs


def test_the_door_writes_the_person_into_the_trail(people):
    assert actor_of(people.staff.account).person == people.staff.key
