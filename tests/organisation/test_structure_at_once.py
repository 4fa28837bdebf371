"""Two people press at the same instant: the database lets one through and tells the other (house D8, ux.md 6)."""

import threading
from datetime import date

from django.db import connection

from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.authorities import register_authority, set_service_area
from taicho.organisation.actions.merger import merge_units
from taicho.organisation.actions.places import add_gate, add_site
from taicho.organisation.actions.standing_bodies import Seat, recompose_body, set_up_body
from taicho.organisation.actions.units import edit_unit, end_unit, rename_unit
from taicho.organisation.enums import UnitKind
from taicho.organisation.models import Composition, FormerUnitName, Gate, ServiceArea, Unit, UnitSuccession
from taicho.organisation.queries.merger_plan import NewUnit
from tests.organisation.land import BEGAN, NOW, SETUP, START, staff, unit

TURN = date(2026, 12, 1)


def together(*steps):
    """Let two hands do their steps at once, each on a connection of its own; return the outcomes, sorted."""
    outcomes, ready = [], threading.Barrier(len(steps))

    def press(step):
        ready.wait()
        try:
            step()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    hands = [threading.Thread(target=press, args=[step]) for step in steps]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    return sorted(outcomes)


def bureau():
    root = unit("Sở Nội vụ")
    return root, [unit(name, root, UnitKind.DEPARTMENT) for name in ("Phòng Một", "Phòng Hai", "Phòng Ba")]


def fresh(one):
    return Unit.objects.get(pk=one.pk)


def test_of_two_edits_of_one_version_one_is_kept_and_the_other_is_shown_the_conflict(committed):
    _, [room, *_] = bureau()
    mine, theirs = fresh(room), fresh(room)
    assert together(
        lambda: edit_unit(mine, by=SETUP, seen=1, symbol="A"), lambda: edit_unit(theirs, by=SETUP, seen=1, symbol="B")
    ) == ["changed-meanwhile", "done"]
    assert fresh(room).version == 2
    assert fresh(room).symbol in ("A", "B")


def test_of_two_renamings_one_is_remembered(committed):  # D15
    _, [room, *_] = bureau()
    mine, theirs = fresh(room), fresh(room)
    assert together(
        lambda: rename_unit(mine, by=SETUP, seen=1, on=TURN, name="Phòng A"),
        lambda: rename_unit(theirs, by=SETUP, seen=1, on=TURN, name="Phòng B"),
    ) == ["changed-meanwhile", "done"]
    assert FormerUnitName.objects.get().name == "Phòng Một"


def test_of_two_mergers_that_take_one_unit_one_is_carried_out_and_the_other_writes_nothing(committed):  # D15
    root, [one, two, three] = bureau()

    def merge(units, name):
        into = NewUnit(root, UnitKind.DEPARTMENT, name)
        return lambda: merge_units(units, into=into, on=TURN, document="1/QĐ", by=SETUP)

    outcomes = together(merge([one, two], "Phòng Bốn"), merge([two, three], "Phòng Năm"))
    assert outcomes == ["already-ended", "done"]
    assert Unit.objects.filter(name__in=["Phòng Bốn", "Phòng Năm"]).count() == 1
    assert UnitSuccession.objects.filter(predecessor=two).count() == 1
    assert Unit.objects.filter(valid_to=date(2026, 11, 30)).count() == 2
    assert Unit.objects.find_problems() == ([], [], [], [], [])


def test_a_unit_ended_twice_at_once_ends_once(committed):  # B1
    _, [room, *_] = bureau()
    days = [date(2026, 12, 31), date(2027, 1, 31)]
    outcomes = together(*(lambda day=day: end_unit(fresh(room), by=SETUP, last_day=day) for day in days))
    assert outcomes == ["already-ended", "done"]
    assert fresh(room).valid_to in days


def test_a_commune_claimed_by_two_stations_at_once_is_given_to_one(committed):  # B5, B6
    root, _ = bureau()
    stations = [
        register_authority(by=SETUP, kept_by=root, kind="health_station", name=name, phone="115", valid_from=START)
        for name in ("Trạm Y tế xã Đông", "Trạm Y tế xã Tây")
    ]
    outcomes = together(
        *(lambda one=one: set_service_area(one, by=SETUP, division="00004", valid_from=START) for one in stations)
    )
    assert outcomes == ["done", "organisation_one_health_station_per_commune"]
    assert ServiceArea.objects.count() == 1


def test_a_body_recomposed_by_two_at_once_has_one_composition_in_force(committed):  # B2
    root, _ = bureau()
    chief = staff("Đặng Thị Hồng", root)
    body = set_up_body(
        by=SETUP, unit=root, kind="command_post", name="Sở Chỉ huy", decision="1", decided_on=START, at=BEGAN,
        seats=[Seat(chief, "head")],
    )  # fmt: skip

    def recompose(decision):
        facts = {"decided_on": START, "seats": [Seat(chief, "head")], "at": NOW}
        return lambda: recompose_body(body, by=SETUP, decision=decision, **facts)

    outcomes = together(recompose("2"), recompose("3"))
    assert outcomes == ["done", "organisation_composition_ends_after_start"]
    assert Composition.objects.in_force(NOW).filter(body=body).count() == 1


def test_a_gate_added_by_two_at_once_is_there_once(committed):  # E1
    root, _ = bureau()
    site = add_site(by=SETUP, unit=root, name="Trụ sở", address="Số 1")
    outcomes = together(*(lambda name=name: add_gate(site, by=SETUP, name=name) for name in ("Cổng phụ", "CỔNG PHỤ")))
    assert outcomes == ["done", "organisation_gate_name_once_at_a_site"]
    assert Gate.objects.count() == 1
