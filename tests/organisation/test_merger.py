"""A merger is one guided step: units end, successors begin, nothing moves (B1, house D15)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.merger import merge_units
from taicho.organisation.actions.places import add_site
from taicho.organisation.actions.posts import delegate
from taicho.organisation.actions.standing_bodies import Seat, set_up_body
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models import (
    Activation,
    Person,
    Post,
    Site,
    StaffMembership,
    StandingBody,
    Unit,
    UnitSuccession,
)
from taicho.organisation.queries.merger_plan import NewUnit, plan_merger
from tests.organisation.land import BEGAN, NOW, SETUP, START, actor, post, staff, unit

TURN = date(2026, 7, 1)
AT_TURN = datetime(2026, 6, 30, 17, 0, tzinfo=UTC)
LAST_DAY = date(2026, 6, 30)


@pytest.fixture
def communes(land):
    """Two communes, each with an office, one with a cultural department."""
    land.office_east = unit("Văn phòng", land.commune, UnitKind.DEPARTMENT)
    land.office_west = unit("Văn phòng", land.other_commune, UnitKind.DEPARTMENT)
    land.culture = unit("Phòng Văn hóa", land.other_commune, UnitKind.DEPARTMENT)
    land.lan, land.quan = staff("Nguyễn Thị Lan", land.office_east), staff("Lê Minh Quân", land.office_west)
    land.lan_heads = post(land.lan, land.office_east, PostRole.UNIT_HEAD, title="Trưởng", accountable_head=True)
    land.quan_heads = post(land.quan, land.office_west, PostRole.UNIT_HEAD, title="Trưởng", accountable_head=True)
    land.hong = staff("Đặng Thị Hồng", land.culture)
    return land


def merged(land, **more):
    new = NewUnit(land.province, UnitKind.ADMINISTRATION, "UBND xã Đông Sơn", level="commune")
    facts = {"into": new, "on": TURN, "document": "Nghị quyết 1656/NQ-UBTVQH15", "by": SETUP} | more
    return merge_units([land.commune, land.other_commune], **facts)


def test_predecessors_end_the_day_before_and_the_successor_begins_under_a_new_name(communes):
    successor = merged(communes)
    communes.commune.refresh_from_db()
    assert communes.commune.valid_to == LAST_DAY
    assert successor.valid_from == TURN
    assert not communes.commune.exists_on(TURN)
    assert communes.commune.exists_on(LAST_DAY)
    assert communes.commune.name == "UBND xã Đông Hà"
    assert set(UnitSuccession.objects.filter(successor=successor).values_list("predecessor", flat=True)) == {
        communes.commune.pk,
        communes.other_commune.pk,
    }


def test_nothing_moves_in_the_tree(communes):
    before = dict(Unit.objects.values_list("pk", "path"))
    merged(communes)
    assert dict(Unit.objects.filter(pk__in=before).values_list("pk", "path")) == before
    assert Unit.objects.find_problems() == ([], [], [], [], [])


def test_sub_units_of_one_name_become_one_and_the_others_follow(communes):
    successor = merged(communes)
    children = Unit.objects.children_of(successor).in_force(TURN)
    assert sorted(children.values_list("name", flat=True)) == ["Phòng Văn hóa", "Văn phòng"]
    office = children.get(name="Văn phòng")
    assert office.precessions.count() == 2
    assert office.agency_path == successor.path


def test_staff_follow_their_unit_at_the_turn_of_the_day_and_nobody_is_lost(communes):
    before = set(StaffMembership.objects.in_force(AT_TURN - timedelta(seconds=1)).values_list("person", flat=True))
    successor = merged(communes)
    after = StaffMembership.objects.in_force(AT_TURN)
    assert set(after.values_list("person", flat=True)) == before
    assert {m.person for m in after.filter(unit__in=Unit.objects.under(successor))} == {
        communes.lan, communes.quan, communes.hong,
    }  # fmt: skip
    assert not after.filter(unit__valid_to__isnull=False).exists()


def test_posts_end_unless_somebody_chose_that_they_go_on(communes):
    successor = merged(communes, continuing={communes.lan_heads.key})
    running = Post.objects.in_force(AT_TURN).filter(unit__in=Unit.objects.under(successor))
    assert [(p.person, p.title, p.accountable_head) for p in running] == [(communes.lan, "Trưởng", True)]
    communes.quan_heads.refresh_from_db()
    assert communes.quan_heads.ends_at == AT_TURN


def test_two_heads_of_one_successor_are_refused_and_nothing_is_written(communes):
    with pytest.raises(Refusal) as refused:
        merged(communes, continuing={communes.lan_heads.key, communes.quan_heads.key})
    assert refused.value.code == "two-heads"
    assert "Văn phòng" in refused.value.sentence
    assert not Unit.objects.filter(valid_to__isnull=False).exists()
    assert not Unit.objects.filter(name="UBND xã Đông Sơn").exists()


def test_a_unit_can_be_taken_in_by_one_that_stays(communes):
    merge_units([communes.other_commune], into=communes.commune, on=TURN, document="01/NQ", by=SETUP)
    communes.commune.refresh_from_db()
    assert communes.commune.valid_to is None
    children = Unit.objects.children_of(communes.commune).in_force(TURN)
    assert sorted(children.values_list("name", flat=True)) == ["Phòng Văn hóa", "Văn phòng"]
    serving = StaffMembership.objects.in_force(AT_TURN).filter(unit=communes.office_east)
    assert {m.person for m in serving} == {communes.lan, communes.quan}


def test_the_head_of_the_unit_that_stays_counts_when_heads_are_compared(communes):
    with pytest.raises(Refusal) as refused:
        merge_units(
            [communes.other_commune], into=communes.commune, on=TURN, document="01/NQ", by=SETUP,
            continuing={communes.quan_heads.key},
        )  # fmt: skip
    assert refused.value.code == "two-heads"


def test_a_person_seconded_to_the_unit_that_stays_belongs_to_it_afterwards(communes):
    StaffMembership.objects.create(person=communes.quan, unit=communes.office_east, main=False, starts_at=BEGAN)
    merge_units([communes.other_commune], into=communes.commune, on=TURN, document="01/NQ", by=SETUP)
    [membership] = StaffMembership.objects.in_force(AT_TURN).filter(person=communes.quan)
    assert (membership.unit, membership.main) == (communes.office_east, True)


def test_delegations_lapse_and_standing_bodies_stand_down(communes):
    deputy = staff("Y Blô Niê", communes.office_east)
    delegate(
        communes.lan_heads, by=actor(communes.lan, BEGAN), to=deputy, matters="Ký", document="1/GUQ",
        at=BEGAN + timedelta(days=1), until=NOW,
    )  # fmt: skip
    set_up_body(
        by=SETUP, unit=communes.commune, kind="command_post", name="Sở Chỉ huy", decision="1/QĐ", decided_on=START,
        seats=[Seat(communes.lan, "head")], at=BEGAN,
    )  # fmt: skip
    merged(communes, continuing={communes.lan_heads.key})
    assert not communes.lan.posts.in_force(AT_TURN).get().delegations.exists()
    assert not Activation.objects.in_force(AT_TURN).exists()
    assert PostRole.COMMAND_POST not in [c.role for c in actor(communes.lan).capacities]
    assert StandingBody.objects.get().unit == communes.commune


def test_a_site_stays_and_changes_hands(communes):
    site = add_site(by=SETUP, unit=communes.commune, name="Trụ sở", address="Số 1", valid_from=START)
    successor = merged(communes)
    assert list(Site.objects.held_by(Unit.objects.filter(pk=communes.commune.pk), LAST_DAY)) == [site]
    assert list(Site.objects.held_by(Unit.objects.filter(pk=successor.pk), TURN)) == [site]


def test_visitors_records_are_kept_by_the_successor(communes):
    visitor = Person.objects.create(kind="visitor", registered_in=communes.commune)
    successor = merged(communes)
    visitor.refresh_from_db()
    assert visitor.registered_in == successor


def test_the_plan_that_is_shown_is_the_plan_that_is_carried_out(communes):
    new = NewUnit(communes.province, UnitKind.ADMINISTRATION, "UBND xã Đông Sơn")
    plan = plan_merger([communes.commune, communes.other_commune], into=new, on=TURN)
    assert [(step.name, len(step.predecessors)) for step in plan.steps] == [
        ("UBND xã Đông Sơn", 2), ("Văn phòng", 2), ("Phòng Văn hóa", 1),
    ]  # fmt: skip
    assert plan.memberships == 3
    assert plan.posts == [communes.lan_heads, communes.quan_heads]
    merged(communes)
    ended = Unit.objects.filter(valid_to=LAST_DAY)
    assert set(ended) == set(plan.ending)


def test_the_merger_leaves_one_audit_row_and_tells_the_rooms_above(communes):
    last = AuditEntry.objects.latest("pk").pk
    NewsItem.objects.all().delete()
    merged(communes)
    assert [entry.verb for entry in AuditEntry.objects.filter(pk__gt=last)] == ["organisation.merge_units"]
    kinds = [item.kind.rsplit(".", 1)[1] for item in NewsItem.objects.order_by("pk")]
    assert sorted(kinds) == ["UnitCreated"] * 3 + ["UnitEnded"] * 5


@pytest.mark.parametrize(
    ("units", "into", "code"),
    [
        ([], "province", "nothing-to-merge"),
        (["commune", "office_east"], "province", "nested-units"),
        (["province"], "commune", "into-itself"),
        (["commune"], "commune", "into-itself"),
    ],
)
def test_what_makes_no_sense_is_refused(units, into, code, communes):
    with pytest.raises(Refusal) as refused:
        plan_merger([getattr(communes, name) for name in units], into=getattr(communes, into), on=TURN)
    assert refused.value.code == code


def test_a_unit_that_has_ended_is_not_merged_again(communes):
    merged(communes)
    again = Unit.objects.get(pk=communes.commune.pk)
    with pytest.raises(Refusal) as refused:
        plan_merger([again], into=communes.bureau, on=date(2026, 8, 1))
    assert refused.value.code == "unit-not-in-force"


def test_a_sub_unit_that_would_begin_after_the_turn_is_named(communes):
    from taicho.organisation.actions.units import create_unit

    create_unit(
        by=SETUP, parent=communes.commune, kind=UnitKind.DEPARTMENT, name="Phòng mới", valid_from=date(2026, 9, 1)
    )
    with pytest.raises(Refusal) as refused:
        merged(communes)
    assert refused.value.code == "sub-unit-begins-later"
    assert "Phòng mới" in refused.value.sentence


SHAPES = st.lists(st.sampled_from(["Văn phòng", "Phòng Một", "Phòng Hai", "Phòng Ba"]), max_size=4, unique=True)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(east=SHAPES, west=SHAPES)
def test_whatever_the_shape_nobody_and_no_name_is_lost(east, west, land):
    from django.db import transaction

    with transaction.atomic():
        for parent, names in ((land.commune, east), (land.other_commune, west)):
            for name in names:
                staff(f"Người {name}", unit(name, parent, UnitKind.DEPARTMENT))
        people = set(StaffMembership.objects.in_force(BEGAN).values_list("person", flat=True))
        successor = merged(land)
        below = Unit.objects.children_of(successor).in_force(TURN)
        assert set(below.values_list("name", flat=True)) == set(east) | set(west)
        assert set(StaffMembership.objects.in_force(AT_TURN).values_list("person", flat=True)) == people
        transaction.set_rollback(True)
