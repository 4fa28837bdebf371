"""The tree: any depth, asked by ranges of paths, renamed and ended with a memory (B1)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taicho.kernel.actor import PathRange
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.units import create_unit, edit_unit, end_unit, rename_unit
from taicho.organisation.enums import UnitKind
from taicho.organisation.models import FormerUnitName, Unit
from taicho.organisation.queries.names import name_on
from taicho.organisation.rules.identifier import parse_identifier, top_group
from taicho.organisation.rules.levels import all_levels, level_at, levels_at
from taicho.organisation.rules.reach import STEP, ancestors_of, depth_of, path_of_depth, reach_of
from tests.organisation.land import SETUP, START, staff, unit

STEPS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=STEP, max_size=STEP)
PATHS = st.lists(STEPS, min_size=1, max_size=6).map("".join)


@given(PATHS, PATHS)
def test_a_path_is_in_a_reach_exactly_when_the_unit_lies_under_it(top, other):  # B1
    assert (other in PathRange.under(top)) == other.startswith(top)


@given(PATHS)
def test_every_ancestor_reaches_the_unit_and_stands_above_it(path):
    above = ancestors_of(path)
    assert len(above) == depth_of(path) - 1
    assert all(path in PathRange.under(ancestor) and ancestor not in PathRange.under(path) for ancestor in above)
    assert above == tuple(path_of_depth(path, depth) for depth in range(1, depth_of(path)))


@given(PATHS, PATHS)
def test_reaches_are_nested_or_apart_and_never_overlap_half(one, other):
    first, second = PathRange.under(one), PathRange.under(other)
    apart = first.end <= second.start or second.end <= first.start
    nested = one in second or other in first
    assert apart != nested


@given(PATHS, st.data())
def test_an_agency_wide_role_reaches_the_agency_and_any_other_its_own_unit(path, data):
    agency = path_of_depth(path, data.draw(st.integers(1, depth_of(path))))
    assert reach_of("office", path=path, agency_path=agency) == PathRange.under(agency)
    assert reach_of("unit_head", path=path, agency_path=agency) == PathRange.under(path)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=3, max_size=12))
@pytest.mark.django_db
def test_the_database_finds_by_range_what_python_finds_by_prefix(parents):
    from django.db import transaction

    with transaction.atomic():
        made = [unit("Gốc")]
        for number, parent in enumerate(parents):
            made.append(unit(f"Đơn vị {number}", Unit.objects.get(pk=made[parent % len(made)].pk)))
        for one in made:
            found = set(Unit.objects.under(one).values_list("path", flat=True))
            assert found == {other.path for other in made if other.path.startswith(one.path)}
        transaction.set_rollback(True)


def test_a_tree_may_be_deeper_than_four_levels(land):
    deep = land.department
    for number in range(8):
        deep = unit(f"Tổ {number}", deep, UnitKind.DEPARTMENT)
    assert deep.depth == land.department.depth + 8
    assert deep.agency_path == land.bureau.path
    assert deep.path in land.province.reach


def test_a_department_stands_in_an_agency(db):
    with pytest.raises(Refusal) as refused:
        unit("Phòng Tổng hợp", None, UnitKind.DEPARTMENT)
    assert refused.value.code == "department-without-agency"


def test_party_and_mass_bodies_are_agencies_of_their_own_outside_the_line():  # B1, S1d L25
    for kind in (UnitKind.PARTY_BODY, UnitKind.MASS_ORGANISATION):
        assert kind.is_agency
        assert not kind.is_in_line
    assert UnitKind.DEPARTMENT.is_in_line


def test_a_unit_does_not_begin_under_one_that_has_ended(land):
    end_unit(land.institute, by=SETUP, last_day=date(2026, 6, 30))
    with pytest.raises(Refusal) as refused:
        create_unit(
            by=SETUP, parent=Unit.objects.get(pk=land.institute.pk), kind=UnitKind.DEPARTMENT, name="Phòng Một",
            valid_from=date(2026, 7, 1),
        )  # fmt: skip
    assert refused.value.code == "parent-not-in-force"


def test_old_papers_keep_the_old_name_of_a_renamed_unit(land):
    rename_unit(
        land.department, by=SETUP, seen=1, on=date(2026, 7, 1), name="Phòng Kế hoạch", symbol="KH", document="9/QĐ"
    )
    assert name_on(land.department, date(2026, 6, 30)) == "Phòng Tổng hợp"
    assert name_on(land.department, date(2026, 7, 1)) == "Phòng Kế hoạch"
    assert land.department.name_folded == "phong ke hoach"


def test_renaming_twice_remembers_both_names_and_not_two_on_one_day(land):
    for on, name, seen in ((date(2026, 3, 1), "Phòng Một", 1), (date(2026, 6, 1), "Phòng Hai", 2)):
        rename_unit(land.department, by=SETUP, seen=seen, on=on, name=name)
    names = [name_on(land.department, date(2026, month, 15)) for month in (2, 4, 7)]
    assert names == ["Phòng Tổng hợp", "Phòng Một", "Phòng Hai"]
    with pytest.raises(Refusal) as refused:
        rename_unit(land.department, by=SETUP, seen=3, on=date(2026, 5, 1), name="Phòng Ba")
    assert refused.value.code == "bad-day"
    assert FormerUnitName.objects.count() == 2


def test_an_edit_made_from_an_old_version_is_a_conflict_and_writes_nothing(land):  # ux.md 6
    edit_unit(land.department, by=SETUP, seen=1, symbol="TH")
    with pytest.raises(Conflict) as conflict:
        edit_unit(Unit.objects.get(pk=land.department.pk), by=SETUP, seen=1, symbol="THOP")
    assert conflict.value.code == "changed-meanwhile"
    assert Unit.objects.get(pk=land.department.pk).symbol == "TH"


def test_an_edit_that_changes_nothing_makes_no_new_version(land):
    edit_unit(land.department, by=SETUP, seen=1, symbol="")
    assert Unit.objects.get(pk=land.department.pk).version == 1


def test_a_unit_with_people_or_sub_units_is_not_simply_ended(land):
    staff("Nguyễn Thị Lan", land.department)
    for one, code in ((land.department, "still-staffed"), (land.bureau, "has-units")):
        with pytest.raises(Refusal) as refused:
            end_unit(one, by=SETUP, last_day=date(2026, 12, 31))
        assert refused.value.code == code


def test_a_unit_ends_once_and_not_before_it_began(land):
    with pytest.raises(Refusal) as refused:
        end_unit(land.institute, by=SETUP, last_day=date(2025, 12, 31))
    assert refused.value.code == "bad-day"
    end_unit(land.institute, by=SETUP, last_day=date(2026, 12, 31))
    with pytest.raises(Refusal) as refused:
        end_unit(land.institute, by=SETUP, last_day=date(2026, 12, 31))
    assert refused.value.code == "already-ended"


def test_level_names_come_from_data_and_change_on_the_day_the_law_changed():  # D4
    assert [level.key for level in levels_at(date(2025, 6, 30))] == ["province", "district", "commune", "hamlet"]
    assert [level.key for level in levels_at(date(2025, 7, 1))] == ["province", "commune", "hamlet"]
    assert level_at("commune", date(2025, 6, 30)).depth == 3
    assert level_at("commune", date(2025, 7, 1)).depth == 2
    assert level_at("district", date(2025, 7, 1)) is None


def test_every_level_names_its_source_and_its_words_in_two_languages():
    for level in all_levels():
        assert level.source
        assert level.label_vi and level.label_en
        assert len(level.forms_vi) == len(level.forms_en)


def test_a_district_cannot_be_created_after_districts_ended(land):
    with pytest.raises(Refusal) as refused:
        unit("UBND huyện Cũ", land.province, UnitKind.ADMINISTRATION, level="district")
    assert refused.value.code == "unknown-level"


@pytest.mark.parametrize(
    ("written", "kept", "top"),
    [
        ("H26.1.15", "H26.1.15", "H26"),
        ("000.00.15.h56", "000.00.15.H56", "H56"),
        (" G09 ", "G09", "G09"),
        ("Z01.5", "Z01.5", "Z01"),
        ("", "", ""),
    ],
)
def test_identifiers_are_taken_in_both_orders(written, kept, top):  # QĐ 20/2020/QĐ-TTg, Điều 4
    assert parse_identifier(written) == kept
    assert top_group(kept) == top


@pytest.mark.parametrize("written", ["H26,15", "26.15", "H26..15", "H26." + ".".join(["00"] * 12), "=H26", "H26.ĐB"])
def test_a_malformed_identifier_is_refused_with_an_example(written):
    with pytest.raises(Refusal) as refused:
        parse_identifier(written)
    assert refused.value.code == "bad-identifier"
    assert "H26.15" in refused.value.sentence


def test_an_identifier_belongs_to_one_unit_at_a_time(land):
    unit("Sở Y tế", land.province, identifier="H26.1", symbol="SYT")
    with pytest.raises(Refusal) as refused:
        unit("Sở Tài chính", land.province, identifier="h26.1")
    assert refused.value.code == "organisation_unit_identifier_once_at_a_time"
    assert START
