"""The life of a unit: first day, last day, names until a day, and what the trail says of each step (B1, D15)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from taicho.kernel.audit import proves
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.saving import keep
from taicho.organisation.actions.staff import end_service
from taicho.organisation.actions.units import create_unit, edit_unit, end_unit, rename_unit
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models import FormerUnitName, Unit, UnitSuccession
from taicho.organisation.queries.names import name_on, names_on
from tests.organisation.land import SETUP, START, actor, post, staff, unit
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401
from tests.organisation.traces import traces

DAY = timedelta(days=1)
LAST = date(2026, 6, 30)
MIDNIGHT = datetime(2026, 6, 30, 17, 0, tzinfo=UTC)


def fresh(one):
    return Unit.objects.get(pk=one.pk)


@pytest.mark.parametrize(
    ("day", "there"),
    [(START - DAY, False), (START, True), (LAST - DAY, True), (LAST, True), (LAST + DAY, False)],
    ids=["day before", "first day", "eve of the end", "last day", "day after"],
)
def test_a_unit_exists_from_its_first_day_to_its_last_both_included(day, there, land):  # B1
    end_unit(land.other_commune, by=SETUP, last_day=LAST)
    assert fresh(land.other_commune).exists_on(day) is there
    assert Unit.objects.in_force(day).filter(pk=land.other_commune.pk).exists() is there


def test_a_unit_may_live_one_single_day_and_never_less(land):
    tent = create_unit(by=SETUP, parent=land.bureau, kind=UnitKind.DEPARTMENT, name="Tổ một ngày", valid_from=LAST)
    assert end_unit(tent, by=SETUP, last_day=LAST).exists_on(LAST)
    with pytest.raises(IntegrityError, match="organisation_unit_ends_after_start"), transaction.atomic():
        Unit.objects.filter(pk=tent.pk).update(valid_to=LAST - DAY)


def test_rights_in_a_unit_end_at_midnight_in_ha_noi_after_its_last_day(land):  # B3, A13 of trust.md
    head = staff("Lê Minh Quân", land.other_commune)
    post(head, land.other_commune, PostRole.UNIT_HEAD)
    Unit.objects.filter(pk=land.other_commune.pk).update(valid_to=LAST)
    assert actor(head, MIDNIGHT - timedelta(seconds=1)).holds([PostRole.UNIT_HEAD])
    assert not actor(head, MIDNIGHT).capacities


def test_a_unit_ends_when_its_people_have_left_by_the_end_of_that_day(land):
    person = staff("Nguyễn Thị Lan", land.other_commune)
    end_service(person, by=SETUP, at=MIDNIGHT)
    with pytest.raises(Refusal) as refused:
        end_unit(land.other_commune, by=SETUP, last_day=LAST - DAY)
    assert refused.value.code == "still-staffed"
    assert end_unit(land.other_commune, by=SETUP, last_day=LAST).valid_to == LAST


def test_a_unit_does_not_end_before_a_sub_unit_whose_end_is_already_set(land):  # B1
    room = unit("Phòng Thử nghiệm", land.other_commune, UnitKind.DEPARTMENT)
    end_unit(room, by=SETUP, last_day=LAST)
    with pytest.raises(Refusal) as refused:
        end_unit(land.other_commune, by=SETUP, last_day=LAST - DAY)
    assert refused.value.code == "has-units"
    assert fresh(land.other_commune).valid_to is None
    assert end_unit(land.other_commune, by=SETUP, last_day=LAST).valid_to == LAST


def test_no_unit_is_planted_under_one_whose_last_day_is_set_since_it_would_outlive_it(land):  # B1
    end_unit(land.other_commune, by=SETUP, last_day=date(2026, 12, 31))
    with pytest.raises(Refusal) as refused:
        unit("Phòng Thử nghiệm", fresh(land.other_commune), UnitKind.DEPARTMENT)
    assert refused.value.code == "parent-ends"
    assert "hết ngày 31/12/2026" in refused.value.sentence
    assert not Unit.objects.filter(name="Phòng Thử nghiệm").exists()


def test_a_sub_unit_does_not_begin_before_the_unit_above_it(land):
    with pytest.raises(Refusal) as refused:
        create_unit(
            by=SETUP, parent=land.bureau, kind=UnitKind.DEPARTMENT, name="Phòng Sớm", valid_from=START - DAY
        )  # fmt: skip
    assert (refused.value.code, refused.value.field) == ("parent-not-in-force", "valid_from")


def test_a_name_of_invisible_letters_is_no_name(land):
    with pytest.raises(Refusal) as refused:
        unit("\u200b\u2060 \u200e", land.bureau, UnitKind.DEPARTMENT)
    assert (refused.value.code, refused.value.field) == ("bad-field", "name")
    assert refused.value.sentence.startswith("Tên đơn vị: ")


def test_a_name_arrives_in_any_spelling_and_is_kept_in_one(land):
    decomposed = "  Pho\u0300ng\u00a0 To\u0302\u0309 chu\u031b\u0301c \u200b"
    made = unit(decomposed, land.bureau, UnitKind.DEPARTMENT)
    assert fresh(made).name == "Phòng Tổ chức"
    assert fresh(made).name_folded == "phong to chuc"


def test_an_identifier_is_free_again_the_day_after_its_unit_ended_and_not_on_its_last_day(land):  # QĐ 20/2020
    edit_unit(land.other_commune, by=SETUP, seen=1, identifier="H26.7")
    end_unit(land.other_commune, by=SETUP, last_day=LAST)
    facts = {"by": SETUP, "parent": land.province, "kind": UnitKind.AGENCY, "identifier": "h26.7"}
    with pytest.raises(Conflict) as refused:
        create_unit(name="Trung tâm Mới", valid_from=LAST, **facts)
    assert refused.value.sentence == "Mã định danh này đang thuộc một đơn vị khác. Hãy kiểm tra lại mã."
    assert create_unit(name="Trung tâm Mới", valid_from=LAST + DAY, **facts).identifier == "H26.7"


@pytest.mark.parametrize(
    ("day", "name"),
    [(LAST - DAY, "Phòng Tổng hợp"), (LAST, "Phòng Tổng hợp"), (LAST + DAY, "Phòng Kế hoạch")],
    ids=["eve", "last day of the old name", "first day of the new name"],
)
def test_the_old_name_holds_until_the_eve_of_the_day_of_renaming(day, name, land):
    rename_unit(land.department, by=SETUP, seen=1, on=LAST + DAY, name="Phòng Kế hoạch")
    assert name_on(land.department, day) == name


def test_many_names_of_a_day_are_asked_in_one_question(land, django_assert_num_queries):
    rename_unit(land.department, by=SETUP, seen=1, on=LAST, name="Phòng Kế hoạch")
    with django_assert_num_queries(1):
        names = names_on([land.department, land.office], LAST - DAY)
    assert names == {land.department.pk: "Phòng Tổng hợp", land.office.pk: "Văn phòng"}


def test_of_two_people_who_rename_one_unit_the_second_is_shown_the_conflict_and_not_a_wrong_day(land):  # ux.md 6
    rename_unit(land.department, by=SETUP, seen=1, on=LAST, name="Phòng Kế hoạch")
    with pytest.raises(Conflict) as conflict:
        rename_unit(fresh(land.department), by=SETUP, seen=1, on=LAST, name="Phòng Tài vụ")
    assert conflict.value.code == "changed-meanwhile"
    assert fresh(land.department).name == "Phòng Kế hoạch"
    assert FormerUnitName.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"on": START, "name": "Phòng Kế hoạch"}, "bad-day", "on"),
        ({"on": date(2026, 10, 1), "name": "Phòng Kế hoạch"}, "bad-day", "on"),
        ({"on": LAST, "name": " Phòng  Tổng hợp "}, "same-name", "name"),
        ({"on": LAST, "name": "văn phòng"}, "organisation_unit_name_once_among_siblings", None),
    ],
    ids=["on the first day", "after the last day", "the same name", "the name of a sibling"],
)
def test_a_renaming_that_makes_no_sense_is_refused_and_leaves_no_former_name(changes, code, field, land):
    Unit.objects.filter(pk=land.department.pk).update(valid_to=date(2026, 9, 30))
    with traces() as left, pytest.raises(Refusal) as refused:
        rename_unit(fresh(land.department), by=SETUP, seen=1, **changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not FormerUnitName.objects.exists()
    assert (fresh(land.department).name, fresh(land.department).version) == ("Phòng Tổng hợp", 1)
    assert (left.verbs, left.news) == ([], [])


def test_only_the_symbol_may_change_with_a_renaming_and_the_old_one_is_remembered(land):
    rename_unit(land.department, by=SETUP, seen=1, on=LAST, name="Phòng Tổng hợp", symbol="TH")
    assert FormerUnitName.objects.get().symbol == ""
    assert fresh(land.department).symbol == "TH"


def test_two_former_names_never_end_on_one_day(land):
    keep(FormerUnitName(unit=land.department, name="Phòng Một", until=LAST))
    with pytest.raises(Conflict) as refused:
        keep(FormerUnitName(unit=land.department, name="Phòng Hai", until=LAST))
    assert refused.value.sentence == "Tên đơn vị đã được đổi trong ngày này."


def test_the_database_lets_no_department_stand_outside_an_agency_nor_an_agency_below_itself(land):  # B1
    for depth in (0, land.department.depth + 1):
        with pytest.raises(IntegrityError, match="organisation_unit_belongs_to_an_agency"), transaction.atomic():
            Unit.objects.filter(pk=land.department.pk).update(agency_depth=depth)


def test_a_unit_succeeds_another_once_and_never_itself(land):  # D15
    paper = {"on": LAST, "document": "01/NQ"}
    keep(UnitSuccession(predecessor=land.commune, successor=land.other_commune, **paper))
    with pytest.raises(Conflict) as refused:
        keep(UnitSuccession(predecessor=land.commune, successor=land.commune, **paper))
    assert refused.value.sentence == "Một đơn vị không thể kế thừa chính nó."
    with pytest.raises(IntegrityError, match="organisation_succession_once"), transaction.atomic():
        UnitSuccession.objects.create(predecessor=land.commune, successor=land.other_commune, **paper)


def test_each_step_leaves_one_row_in_the_trail_and_tells_the_rooms_above(land, people):  # L4
    who = actor(people.administrator)
    facts = {"kind": UnitKind.DEPARTMENT, "name": "Phòng Mới"}
    with traces() as left:
        made = create_unit(by=who, parent=land.bureau, valid_from=START, **facts)
        edit_unit(made, by=who, seen=1, symbol="PM")
        rename_unit(made, by=who, seen=2, on=LAST, name="Phòng Rất Mới", document="9/QĐ", symbol="PM")
        end_unit(made, by=who, last_day=date(2026, 12, 31))
    assert left.verbs == ["create_unit", "edit_unit", "rename_unit", "end_unit"]
    assert {(entry.actor, entry.object_key, entry.unit) for entry in left.entries} == {
        (people.administrator.key, made.key, made.key)
    }
    assert left.news == [
        ("UnitCreated", {"unit": str(made.key), "on": "2026-01-01"}),
        ("UnitRenamed", {"unit": str(made.key), "on": "2026-06-30"}),
        ("UnitEnded", {"unit": str(made.key), "last_day": "2026-12-31", "successors": []}),
    ]
    created, edited, renamed, _ = left.entries
    assert proves(created, {"name": "Phòng Mới", "kind": "department"})
    assert proves(edited, {"symbol": "PM"})
    assert proves(renamed, {"name": "Phòng Rất Mới", "document": "9/QĐ"})


def test_an_edit_of_something_that_is_not_a_plain_fact_is_a_fault_of_the_program(land):
    for name in ("name", "path", "valid_to", "agency_depth", "key"):
        with pytest.raises(ValueError, match="not editable"):
            edit_unit(land.department, by=SETUP, seen=1, **{name: "x"})
