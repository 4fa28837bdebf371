"""Laws that hold after any merger of any trees: one place, one heir, no cycle, no code twice, nobody lost (B1, D15)."""

from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.merger import merge_units
from taicho.organisation.actions.places import add_site
from taicho.organisation.actions.posts import appoint
from taicho.organisation.actions.units import create_unit, end_unit, rename_unit
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models import (
    OutsideAuthority,
    Post,
    SiteHolding,
    StaffMembership,
    Unit,
    UnitSuccession,
)
from taicho.organisation.queries.merger_plan import NewUnit, plan_merger
from taicho.organisation.queries.names import name_on
from taicho.organisation.rules.days import start_of
from tests.organisation.land import BEGAN, SETUP, START, post, staff, unit

DAY = timedelta(days=1)
TURN = date(2026, 7, 1)
NAMES = ("Văn phòng", "Phòng Một", "Phòng Hai")
TREES = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(NAMES)), max_size=5)
QUIET = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def grow(root, shape, code):
    """Plant sub-units in the drawn shape (the parent's place among those there are, a name), one person in each."""
    there = [root]
    for number, (place, name) in enumerate(shape):
        parent = Unit.objects.get(pk=there[place % len(there)].pk)
        if Unit.objects.children_of(parent).filter(name=name).exists():
            continue
        there.append(unit(name, parent, UnitKind.DEPARTMENT, identifier=f"{code}.{number}"))
        staff(f"Người {number}", there[-1])
    return there


def the_state_on(day):
    return list(Unit.objects.in_force(day))


def check_places(day):
    """Every unit in force hangs under one in force and belongs to the nearest agency above; no code is there twice."""
    there = {one.path: one for one in the_state_on(day)}
    for one in there.values():
        assert not one.parent_path or one.parent_path in there
        lineage = [there[one.path[:end]] for end in range(4, len(one.path) + 1, 4)]
        assert one.agency_path == [above for above in lineage if above.is_agency][-1].path
    codes = Counter(one.identifier for one in there.values() if one.identifier)
    assert max(codes.values(), default=1) == 1


@QUIET
@given(east=TREES, west=TREES, into_new=st.booleans())
def test_after_any_merger_every_unit_has_one_place_and_every_code_one_owner_on_every_day(east, west, into_new, land):
    with undone():
        grow(land.commune, east, "H11")
        grow(land.other_commune, west, "H12")
        new = NewUnit(land.province, UnitKind.ADMINISTRATION, "UBND xã Đông Sơn", identifier="H13")
        ending = [land.commune, land.other_commune] if into_new else [land.other_commune]
        merge_units(ending, into=new if into_new else land.commune, on=TURN, document="1/NQ", by=SETUP)
        for day in (START, TURN - DAY, TURN, TURN + DAY):
            check_places(day)
        assert Unit.objects.find_problems() == ([], [], [], [], [])


@QUIET
@given(east=TREES, west=TREES)
def test_every_unit_that_ends_has_exactly_one_heir_which_begins_or_stands_on_the_morrow(east, west, land):
    with undone():
        grow(land.commune, east, "H11")
        grow(land.other_commune, west, "H12")
        new = NewUnit(land.province, UnitKind.ADMINISTRATION, "UBND xã Đông Sơn")
        merge_units([land.commune, land.other_commune], into=new, on=TURN, document="1/NQ", by=SETUP)
        ended = Unit.objects.filter(valid_to=TURN - DAY)
        assert ended.count() == 2 + len(StaffMembership.objects.filter(ends_at=start_of(TURN)))
        for one in ended:
            [succession] = one.successions.select_related("successor")
            assert succession.on == TURN
            assert succession.successor.exists_on(TURN)
            assert not succession.successor.successions.exists()


@QUIET
@given(steps=st.lists(st.sampled_from(["rename", "merge", "found"]), min_size=2, max_size=6))
def test_however_often_units_are_merged_successions_lead_forward_in_time_and_never_in_a_ring(steps, land):
    with undone():
        here, on = unit("Phòng 0", land.bureau, UnitKind.DEPARTMENT), START
        for number, step in enumerate(steps, 1):
            on += timedelta(days=30)
            if step == "rename":
                here = rename_unit(here, by=SETUP, seen=here.version, on=on, name=f"Phòng đổi {number}")
                continue
            facts = {"by": SETUP, "parent": land.bureau, "kind": UnitKind.DEPARTMENT}
            other = create_unit(name=f"Phòng thêm {number}", valid_from=on - DAY, **facts)
            into = NewUnit(land.bureau, UnitKind.DEPARTMENT, f"Phòng {number}") if step == "merge" else other
            here = merge_units([here, other] if step == "merge" else [here], into=into, on=on, document="1", by=SETUP)
        followed = dict(UnitSuccession.objects.values_list("predecessor", "successor"))
        for one in followed:
            seen = [one]
            while seen[-1] in followed:
                seen.append(followed[seen[-1]])
                assert len(seen) <= len(followed) + 1
            assert seen[-1] == here.pk
        for row in UnitSuccession.objects.select_related("predecessor", "successor"):
            assert row.predecessor.valid_to < row.on <= (row.successor.valid_to or date.max)


@QUIET
@given(offsets=st.lists(st.integers(1, 300), min_size=1, max_size=5, unique=True), asked=st.integers(-10, 400))
def test_a_unit_has_exactly_one_name_on_each_day_the_last_one_given_before_it(offsets, asked, land):
    with undone():
        given_on = {}
        for number, offset in enumerate(sorted(offsets)):
            on = START + timedelta(days=offset)
            rename_unit(land.department, by=SETUP, seen=number + 1, on=on, name=f"Phòng {number}")
            given_on[on] = f"Phòng {number}"
        day = START + timedelta(days=asked)
        expected = [name for on, name in given_on.items() if on <= day]
        assert name_on(land.department, day) == (expected[-1] if expected else "Phòng Tổng hợp")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"on": START}, "unit-not-in-force", "units"),
        ({"into": "ended"}, "unit-not-in-force", "into"),
        ({"into": "ending"}, "already-ended", "into"),
        ({"units": ["ending"]}, "already-ended", "units"),
        ({"units": ["commune", "commune"]}, "nested-units", "units"),
    ],
    ids=["on their first day", "into one that is over", "into one that will end", "one that will end", "one twice"],
)
def test_what_cannot_be_merged_is_refused_with_the_field_at_fault(change, code, field, land):
    land.ended = end_unit(unit("UBND xã Cũ", land.province), by=SETUP, last_day=date(2026, 5, 31))
    land.ending = end_unit(unit("UBND xã Sắp hết", land.province), by=SETUP, last_day=date(2026, 12, 31))
    units = [getattr(land, name) for name in change.get("units", ["commune"])]
    into = getattr(land, change["into"]) if "into" in change else land.other_commune
    with pytest.raises(Refusal) as refused:
        plan_merger(units, into=into, on=change.get("on", TURN))
    assert (refused.value.code, refused.value.field) == (code, field)


def test_one_unit_may_be_renewed_as_another_kind_under_its_own_name(land):  # D15: renewal under a new law
    new = NewUnit(land.province, UnitKind.ADMINISTRATION, "Trung tâm Ứng dụng")
    moved = merge_units([land.institute], into=new, on=TURN, document="2/NQ", by=SETUP)
    assert (moved.kind, moved.parent_path) == (UnitKind.ADMINISTRATION, land.province.path)


def test_what_was_to_begin_after_the_turn_begins_in_the_successor(land):  # B3, B5
    late = start_of(TURN + timedelta(days=10))
    person = staff("Nguyễn Thị Lan", land.department)
    later = StaffMembership.objects.create(person=person, unit=land.commune, main=False, starts_at=late)
    named = appoint(person, by=SETUP, unit=land.commune, role=PostRole.CLERK, at=late)
    heir = merge_units([land.commune], into=land.other_commune, on=TURN, document="1/NQ", by=SETUP)
    later.refresh_from_db()
    assert (later.unit, later.starts_at) == (heir, late)
    assert (Post.objects.get(pk=named.pk).unit, Post.objects.get(pk=named.pk).starts_at) == (heir, late)


def test_a_limited_membership_keeps_its_end_in_the_successor(land):  # B5
    person = staff("Nguyễn Thị Lan", land.commune)
    leaving = start_of(TURN + timedelta(days=90))
    StaffMembership.objects.filter(person=person).update(ends_at=leaving)
    merge_units([land.commune], into=land.other_commune, on=TURN, document="1/NQ", by=SETUP)
    spans = person.memberships.order_by("starts_at").values_list("unit__name", "starts_at", "ends_at")
    assert list(spans) == [
        ("UBND xã Đông Hà", BEGAN, start_of(TURN)), ("UBND xã Tây Sơn", start_of(TURN), leaving),
    ]  # fmt: skip


def test_one_person_with_the_same_post_in_both_units_holds_it_once_afterwards(land):  # B3
    both = staff("Nguyễn Thị Lan", land.commune)
    posts = [post(both, of, PostRole.CLERK, title="Văn thư") for of in (land.commune, land.other_commune)]
    new = NewUnit(land.province, UnitKind.ADMINISTRATION, "UBND xã Đông Sơn")
    heir = merge_units(
        [land.commune, land.other_commune], into=new, on=TURN, document="1/NQ", by=SETUP,
        continuing={one.key for one in posts},
    )  # fmt: skip
    assert Post.objects.in_force(start_of(TURN)).filter(person=both).get().unit == heir


def test_a_site_has_exactly_one_holder_on_the_eve_and_on_the_day_of_the_merger(land):  # D8
    site = add_site(by=SETUP, unit=land.commune, name="Trụ sở", address="Số 1", valid_from=START)
    soon = add_site(by=SETUP, unit=land.commune, name="Trụ sở mới", address="Số 2", valid_from=TURN + DAY)
    heir = merge_units([land.commune], into=land.other_commune, on=TURN, document="1/NQ", by=SETUP)
    holders = [
        [
            held.unit
            for held in SiteHolding.objects.filter(site=site)
            if held.valid_from <= day <= (held.valid_to or day)
        ]
        for day in (TURN - DAY, TURN)
    ]
    assert holders == [[land.commune], [heir]]
    assert soon.holdings.get().unit == heir


def test_numbers_to_call_are_kept_by_the_successor(land):  # B6
    OutsideAuthority.objects.create(kind="cdc", name="CDC", phone="19009095", kept_by=land.commune, valid_from=START)
    heir = merge_units([land.commune], into=land.other_commune, on=TURN, document="1/NQ", by=SETUP)
    assert OutsideAuthority.objects.get().kept_by == heir


def test_a_unit_that_changed_since_it_was_chosen_is_merged_as_it_is_now(land):  # two people at once
    chosen = [Unit.objects.get(pk=land.commune.pk)]
    end_unit(land.commune, by=SETUP, last_day=date(2026, 5, 31))
    with pytest.raises(Refusal) as refused:
        merge_units(chosen, into=land.other_commune, on=TURN, document="1/NQ", by=SETUP)
    assert refused.value.code == "unit-not-in-force"
