"""Outside authorities, who serves which commune, and places of work (B6, D8)."""

from datetime import date

import pytest

from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.authorities import (
    edit_authority,
    end_authority,
    register_authority,
    set_service_area,
)
from taicho.organisation.actions.places import add_gate, add_room, add_site, edit_gate, edit_room, edit_site
from taicho.organisation.models import Gate, OutsideAuthority, Room, Site
from taicho.organisation.queries.health_stations import health_station_for, health_stations_for
from tests.organisation.land import SETUP, START, actor

JULY = date(2026, 7, 1)
JUNE = date(2026, 6, 30)


@pytest.fixture
def station(land):
    def register(name, kind="health_station"):
        return register_authority(
            by=SETUP, kept_by=land.bureau, kind=kind, name=name, phone="024 3825 1234", valid_from=START
        )

    return register


def test_phones_of_authorities_are_read_as_people_write_them_hotlines_too(land):  # B6
    cdc = register_authority(
        by=SETUP, kept_by=land.bureau, kind="cdc", name="CDC tỉnh", phone="1900 9095", other_phone="0220.385.1234",
        valid_from=START,
    )  # fmt: skip
    assert (cdc.phone, cdc.other_phone) == ("19009095", "02203851234")


def test_the_station_of_a_commune_is_the_one_that_serves_it_on_that_day(station):  # B5, B6
    old, new = station("Trạm Y tế xã Đông Hà"), station("Trạm Y tế xã Đông Sơn")
    set_service_area(old, by=SETUP, division="00001", valid_from=START)
    set_service_area(new, by=SETUP, division="00001", valid_from=JULY)
    assert health_station_for("00001", JUNE) == old
    assert health_station_for("00001", JULY) == new
    assert health_station_for("00002", JULY) is None


def test_many_communes_are_asked_in_one_query(station, django_assert_num_queries):
    one = station("Trạm Y tế xã Đông Hà")
    for division in ("00001", "00002", "00003"):
        set_service_area(one, by=SETUP, division=division, valid_from=START)
    with django_assert_num_queries(1):
        assert set(health_stations_for(["00001", "00003", "09999"], JULY)) == {"00001", "00003"}


def test_a_station_that_begins_later_is_not_pushed_aside(station):
    old, new = station("Trạm Y tế xã Đông Hà"), station("Trạm Y tế xã Đông Sơn")
    set_service_area(old, by=SETUP, division="00001", valid_from=JULY)
    with pytest.raises(Refusal) as refused:
        set_service_area(new, by=SETUP, division="00001", valid_from=START)
    assert refused.value.code == "organisation_one_health_station_per_commune"


def test_an_authority_that_ends_serves_nobody_afterwards(station):
    one = station("Trạm Y tế xã Đông Hà")
    set_service_area(one, by=SETUP, division="00001", valid_from=START)
    end_authority(one, by=SETUP, last_day=JUNE)
    assert health_station_for("00001", JUNE) == one
    assert health_station_for("00001", JULY) is None
    assert one not in OutsideAuthority.objects.in_force(JULY)


def test_the_same_authority_is_not_entered_twice(station):
    station("Trạm Y tế xã Đông Hà")
    with pytest.raises(Refusal) as refused:
        station("TRẠM Y TẾ XÃ ĐÔNG HÀ")
    assert refused.value.code == "organisation_authority_name_once_at_a_time"


def test_two_people_correct_one_entry_and_the_second_sees_a_conflict(station):
    one = station("Trạm Y tế xã Đông Hà")
    edit_authority(one, by=SETUP, seen=1, phone="113")
    with pytest.raises(Conflict):
        edit_authority(OutsideAuthority.objects.get(pk=one.pk), by=SETUP, seen=1, phone="115")
    assert OutsideAuthority.objects.get(pk=one.pk).phone == "113"


def test_a_site_has_gates_and_rooms_seen_by_its_agency_only(land, people):  # D8, D13
    site = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 1", address="Số 1, phố Chính", valid_from=START)
    gate, room = add_gate(site, by=SETUP, name="Cổng chính"), add_room(site, by=SETUP, name="Phòng họp A", seats=40)
    for who, sees in (("guard", True), ("leader", True), ("villager", False), ("stranger", False)):
        viewer = actor(getattr(people, who))
        assert Site.objects.visible_to(viewer).filter(pk=site.pk).exists() is sees, who
        assert Gate.objects.visible_to(viewer).filter(pk=gate.pk).exists() is sees, who
        assert Room.objects.visible_to(viewer).filter(pk=room.pk).exists() is sees, who


def test_places_are_corrected_and_closed_but_never_deleted(land):
    site = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 1", address="Số 1")
    gate, room = add_gate(site, by=SETUP, name="Cổng chính"), add_room(site, by=SETUP, name="Phòng họp A")
    edit_site(site, by=SETUP, seen=1, address="Số 2")
    edit_gate(gate, by=SETUP, seen=1, closed_on=JULY)
    edit_room(room, by=SETUP, seen=1, seats=30)
    assert Site.objects.get().address == "Số 2"
    assert Gate.objects.get().closed_on == JULY
    assert Room.objects.get().seats == 30


def test_two_gates_of_one_site_never_share_a_name(land):
    site = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 1", address="Số 1")
    add_gate(site, by=SETUP, name="Cổng chính")
    with pytest.raises(Refusal) as refused:
        add_gate(site, by=SETUP, name="cổng CHÍNH")
    assert refused.value.code == "organisation_gate_name_once_at_a_site"


def test_a_room_has_a_positive_area(land):  # G2
    site = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 1", address="Số 1")
    with pytest.raises(Refusal) as refused:
        add_room(site, by=SETUP, name="Phòng họp A", area_m2=0)
    assert refused.value.code == "organisation_room_area_is_positive"
