"""How far each capacity counts, which hat is worn, from which instant to which (B1–B3, B5; house § 7)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st

from taicho.accounts.actions.grants import end_grant, grant_administrator
from taicho.kernel.actor import Actor
from taicho.organisation.actions.staff import end_service, register_staff, transfer
from taicho.organisation.actions.units import close_unit
from taicho.organisation.enums import AGENCY_WIDE_ROLES, SENSITIVE_ROLES, PostRole, StandingBodyKind
from taicho.organisation.models import (
    Activation,
    BodyMember,
    Composition,
    Person,
    StaffMembership,
    StandingBody,
    UnitSuccession,
)
from taicho.organisation.queries.build_actor import build_actor, needs_second_factor
from taicho.organisation.queries.hats import wearer_of, wearing
from taicho.organisation.rules.days import after, begins, is_start_of_day, last_day_before, start_of
from taicho.organisation.rules.reach import ancestors_of, depth_of, path_of_depth, reach_of, reach_of_root
from tests.organisation.land import BEGAN, NOW, SETUP, actor, post, staff, unit
from tests.organisation.properties import given

DAY, HOUR, INSTANT = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)
UNITS = ("province", "bureau", "office", "department", "institute", "commune", "elsewhere")


def reached(who, role, land):
    """Units over which the actor holds the role."""
    return {name for name in UNITS if who.holds([role], over=getattr(land, name).path)}


@pytest.mark.parametrize("role", sorted(set(PostRole) - {PostRole.STAFF, PostRole.ADMINISTRATOR}))
def test_a_post_in_a_department_counts_for_the_department_or_for_the_whole_agency(role, land, people):  # B1, B3
    """Who serves the whole house does so from any room; agencies below, in their own tree, are inside a path."""
    post(people.staff, land.department, role)
    over = {"department"} if role not in AGENCY_WIDE_ROLES else {"bureau", "office", "department", "institute"}
    assert reached(actor(people.staff), role, land) == over


def test_nobody_reaches_a_neighbour_whose_path_begins_alike(land):
    """Paths are compared by steps, so 0001 does not reach into 00010001 of another tree's numbering by accident."""
    siblings = [unit(f"Phòng {n}", land.bureau, "department") for n in range(12)]
    head = staff("Lê Văn An", siblings[0])
    post(head, siblings[0], PostRole.UNIT_HEAD)
    who = actor(head)
    assert [who.holds([PostRole.UNIT_HEAD], over=one.path) for one in siblings] == [True] + [False] * 11


PATHS = st.lists(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=4), min_size=1, max_size=6)


@given(PATHS, PATHS)
def test_a_reach_holds_a_path_exactly_when_its_steps_come_first(one, other):  # B1
    path, below = "".join(one), "".join(one + other)
    reach = reach_of(PostRole.UNIT_HEAD, path=path, agency_path=path[:4])
    assert path in reach
    assert below in reach
    assert ("".join(other) in reach) is (other[: len(one)] == one)
    assert below in reach_of_root(path)


@given(PATHS)
def test_the_units_above_are_as_many_as_the_depth_less_one(steps):
    path = "".join(steps)
    assert depth_of(path) == len(steps)
    assert [depth_of(above) for above in ancestors_of(path)] == list(range(1, len(steps)))
    assert all(path.startswith(above) and above != path for above in ancestors_of(path))
    assert path_of_depth(path, len(steps)) == path


@given(st.dates(datetime(2000, 1, 1).date(), datetime(2100, 1, 1).date()))
def test_a_day_in_viet_nam_begins_at_17h00_utc_and_is_over_24_hours_later(day):  # house § 5
    assert (start_of(day).hour, start_of(day).minute) == (17, 0)
    assert after(day) - start_of(day) == DAY
    assert is_start_of_day(start_of(day))
    assert last_day_before(after(day)) == day
    assert last_day_before(after(day) + INSTANT) == day + DAY


@given(st.dates(datetime(2020, 1, 1).date(), datetime(2030, 1, 1).date()), st.integers(-500, 500))
def test_a_day_on_a_form_never_counts_from_before_now(day, hours):
    now = start_of(day) + timedelta(hours=hours)
    assert begins(day, now) == max(now, start_of(day))
    assert begins(None, now) is None


def test_a_member_of_staff_acts_from_the_first_instant_until_the_last(land):  # B5
    person = staff("Lê Văn An", land.department)
    end_service(person, by=SETUP, at=NOW)
    moments = (BEGAN - INSTANT, BEGAN, NOW - INSTANT, NOW)
    assert [bool(actor(person, moment).capacities) for moment in moments] == [False, True, True, False]


def test_between_two_units_there_is_no_instant_without_and_none_with_both(land, people):  # A13
    transfer(people.staff, by=SETUP, to=land.office, at=NOW + DAY)
    for moment, home in ((NOW + DAY - INSTANT, land.department), (NOW + DAY, land.office)):
        assert [c.unit for c in actor(people.staff, moment).capacities] == [home.key]


@pytest.mark.parametrize(("moment", "acts"), [(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), True),
                                              (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), False)])  # fmt: skip
def test_a_unit_that_ends_on_a_day_gives_rights_until_midnight_in_viet_nam(moment, acts, land, people):  # D15
    close_unit(land.department, NOW.date())
    assert bool(actor(people.staff, moment).capacities) is acts


@pytest.mark.parametrize("kind", StandingBodyKind)
def test_a_seat_gives_the_role_of_its_body_in_the_agency_of_the_body(kind, land, people):  # B2
    body = StandingBody.objects.create(unit=land.bureau, kind=kind, name="Tổ chức")
    seats = Composition.objects.create(body=body, decision="1/QĐ", decided_on=BEGAN.date(), starts_at=BEGAN)
    Activation.objects.create(body=body, document="1/QĐ", starts_at=BEGAN)
    BodyMember.objects.create(composition=seats, person=people.staff)
    assert reached(actor(people.staff), kind.role, land) == {"bureau", "office", "department", "institute"}
    assert needs_second_factor(people.staff.account) is (kind.role in SENSITIVE_ROLES)


def test_the_director_of_an_agency_below_sits_in_the_body_above_until_moving_away(land, people):  # B2
    body = StandingBody.objects.create(unit=land.province, kind="steering_committee", name="Ban Chỉ đạo tỉnh")
    seats = Composition.objects.create(body=body, decision="1/QĐ", decided_on=BEGAN.date(), starts_at=BEGAN + DAY)
    Activation.objects.create(body=body, document="1/QĐ", starts_at=BEGAN)
    BodyMember.objects.create(composition=seats, person=people.leader)
    assert PostRole.STEERING_COMMITTEE in {c.role for c in actor(people.leader).capacities}
    transfer(people.leader, by=SETUP, to=land.commune, at=NOW)
    assert PostRole.STEERING_COMMITTEE not in {c.role for c in actor(people.leader).capacities}


def test_a_merger_of_the_own_agency_takes_no_seat_in_the_body_above(land, people):  # B2, D15
    body = StandingBody.objects.create(unit=land.province, kind="steering_committee", name="Ban Chỉ đạo tỉnh")
    seats = Composition.objects.create(body=body, decision="1/QĐ", decided_on=BEGAN.date(), starts_at=BEGAN)
    Activation.objects.create(body=body, document="1/QĐ", starts_at=BEGAN)
    BodyMember.objects.create(composition=seats, person=people.villager)
    transfer(people.villager, by=SETUP, to=land.other_commune, at=NOW)
    assert PostRole.STEERING_COMMITTEE not in {c.role for c in actor(people.villager).capacities}
    UnitSuccession.objects.create(
        predecessor=land.commune, successor=land.other_commune, on=NOW.date(), document="1/NQ"
    )
    assert PostRole.STEERING_COMMITTEE in {c.role for c in actor(people.villager).capacities}


def test_a_person_who_belongs_nowhere_reaches_nothing_even_with_granted_rights(land, people):  # trust.md A11
    """Only the account of the first start, which has no person, stands for the whole installation."""
    newcomer = register_staff(by=SETUP, unit=land.department, full_name="Ngô Thùy Linh", at=NOW + DAY)
    newcomer.account = people.staff.account
    Person.objects.filter(pk=people.staff.pk).update(account=None)
    newcomer.save()
    grant_administrator(newcomer.account, by=SETUP, reason="sự cố", lasting=8 * HOUR)
    assert actor(newcomer).capacities == ()


def test_granted_rights_end_with_their_grant_and_not_with_the_day(land, people):
    grant = grant_administrator(people.staff.account, by=SETUP, reason="sự cố", lasting=2 * HOUR)
    assert reached(actor(people.staff), PostRole.ADMINISTRATOR, land) == set(UNITS) - {"elsewhere"}
    end_grant(grant, by=SETUP, reason="xong")
    assert reached(actor(people.staff), PostRole.ADMINISTRATOR, land) == set()


def test_a_seconded_person_acts_in_both_units_and_is_at_home_in_the_main_one(land, people):  # B5
    StaffMembership.objects.create(person=people.staff, unit=land.institute, starts_at=BEGAN, main=False)
    who = actor(people.staff)
    assert {c.unit for c in who.capacities} == {land.department.key, land.institute.key}
    assert who.unit == land.department.key


def test_the_actor_takes_as_few_questions_with_ten_hats_as_with_one(land, people, django_assert_max_num_queries):
    for role in sorted(AGENCY_WIDE_ROLES):
        post(people.staff, land.bureau, role)
    with django_assert_max_num_queries(4):
        who = build_actor(people.staff.account)
    assert len(who.capacities) == len(AGENCY_WIDE_ROLES) + 1


def test_the_hat_that_was_chosen_comes_first_and_no_right_is_lost(land, people):  # ux.md 1.8
    post(people.staff, land.office, PostRole.CLERK)
    post(people.staff, land.department, PostRole.GUARD)
    who = actor(people.staff)
    for chosen in who.capacities:
        worn = wearing(who, str(chosen.key))
        assert worn.capacities[0] == chosen
        assert set(worn.capacities) == set(who.capacities)


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_without_a_known_choice_a_post_is_worn_before_a_seat_and_a_seat_before_being_staff(key, things, people):
    roles = [c.role for c in wearing(actor(people.head), key).capacities]
    assert roles == [PostRole.UNIT_HEAD, PostRole.COMMAND_POST, PostRole.STAFF]


def test_the_frame_names_the_person_the_agency_the_department_and_every_hat(things, people):  # ux.md 1.8
    worn = wearer_of(wearing(actor(people.head), ""))
    assert (worn.name, worn.unit) == ("Lê Minh Quân", "Sở Khoa học và Công nghệ · Phòng Tổng hợp")
    assert [hat.title for hat in worn.hats] == ["Trưởng phòng", "Sở Chỉ huy", "Nhân viên"]
    assert wearer_of(actor(people.leader)).unit == "Sở Khoa học và Công nghệ"


def test_somebody_without_any_capacity_has_a_name_and_no_hat(people):
    end_service(people.staff, by=SETUP)
    worn = wearer_of(actor(people.staff))
    assert (worn.name, worn.hats, worn.hat) == ("Nguyễn Thị Lan", (), None)
    assert isinstance(actor(people.staff), Actor)
