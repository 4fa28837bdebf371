"""The database is the last judge (house D8): exactly one, never overlapping, with a sentence for the person."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep
from taicho.organisation.actions.posts import appoint
from taicho.organisation.actions.units import close_unit, create_unit
from taicho.organisation.enums import PersonKind, PostRole, UnitKind
from taicho.organisation.models import (
    Delegation,
    OutsideAuthority,
    Person,
    Post,
    ServiceArea,
    Site,
    SiteHolding,
    StaffMembership,
    StandingBody,
    Unit,
)
from tests.organisation.land import BEGAN, NOW, SETUP, START, staff, unit

DAY = timedelta(days=1)


def refused(record, code):
    with pytest.raises(Refusal) as refusal:
        keep(record)
    assert refusal.value.code == code
    assert refusal.value.sentence[0].isupper()
    assert refusal.value.sentence.endswith(".")


def test_siblings_never_bear_one_name_at_one_time_however_it_is_spelt(land):  # B1
    with pytest.raises(Refusal) as refusal:
        unit("PHÒNG  TỔNG HỢP", land.bureau, UnitKind.DEPARTMENT)
    assert refusal.value.code == "organisation_unit_name_once_among_siblings"
    assert unit("Phòng Tổng hợp", land.institute, UnitKind.DEPARTMENT)


def test_a_name_is_free_again_when_its_unit_has_ended(land):
    close_unit(land.department, date(2026, 6, 30))
    again = create_unit(
        by=SETUP, parent=land.bureau, kind=UnitKind.DEPARTMENT, name="Phòng Tổng hợp", valid_from=date(2026, 7, 1)
    )
    assert again.pk != land.department.pk


def test_a_person_has_one_main_unit_at_a_time_and_may_be_seconded_to_another(land):  # B5
    person = staff("Nguyễn Thị Lan", land.department)
    twice = StaffMembership(person=person, unit=land.office, starts_at=NOW)
    refused(twice, "organisation_one_main_unit_at_a_time")
    keep(StaffMembership(person=person, unit=land.office, starts_at=NOW, main=False))


def test_the_next_main_unit_may_begin_at_the_instant_the_last_one_ends(land):
    person = staff("Nguyễn Thị Lan", land.department)
    person.memberships.update(ends_at=NOW)
    keep(StaffMembership(person=person, unit=land.office, starts_at=NOW))


def test_a_unit_has_one_accountable_head_at_a_time(land):  # B3
    first, second = staff("Lê Minh Quân", land.department), staff("Nguyễn Thị Lan", land.department)
    facts = {"unit": land.department, "role": PostRole.UNIT_HEAD, "title": "Trưởng phòng", "accountable_head": True}
    keep(Post(person=first, starts_at=BEGAN, ends_at=NOW, **facts))
    refused(Post(person=second, starts_at=NOW - DAY, **facts), "organisation_one_accountable_head_at_a_time")
    keep(Post(person=second, starts_at=NOW, **facts))


def test_a_guard_is_no_accountable_head(land):
    person = staff("Phạm Văn Đạt", land.office)
    guard = Post(
        person=person, unit=land.office, role=PostRole.GUARD, title="Bảo vệ", accountable_head=True, starts_at=NOW
    )
    refused(guard, "organisation_post_head_has_a_head_role")


def test_administrator_rights_always_have_an_end(land):  # trust.md A11
    person = staff("Vũ Hải Ân", land.office)
    endless = Post(person=person, unit=land.province, role=PostRole.ADMINISTRATOR, title="Quản trị", starts_at=NOW)
    refused(endless, "organisation_administrator_is_limited_in_time")


def test_nothing_ends_before_it_begins(land):
    person = staff("Vũ Hải Ân", land.office)
    backwards = Post(
        person=person, unit=land.office, role=PostRole.CLERK, title="Văn thư", starts_at=NOW, ends_at=NOW - DAY
    )
    refused(backwards, "organisation_post_ends_after_start")


def test_a_delegation_is_written_and_limited_in_matter_and_time(land):  # NĐ 30/2020, Điều 13
    holder, other = staff("Đặng Thị Hồng", land.bureau), staff("Lê Minh Quân", land.department)
    held = keep(Post(person=holder, unit=land.bureau, role=PostRole.LEADER, title="Giám đốc", starts_at=BEGAN))
    given = {"post": held, "person": other, "starts_at": NOW}
    with pytest.raises(IntegrityError, match="organisation_delegation_is_limited_in_time"), transaction.atomic():
        Delegation.objects.create(**given, matters="Ký", document="1/GUQ")
    with pytest.raises(IntegrityError, match="organisation_delegation_is_written_and_limited"), transaction.atomic():
        Delegation.objects.create(**given, ends_at=NOW + DAY, matters="", document="1/GUQ")


def test_identity_of_a_visitor_is_never_in_clear(land):  # house § 7
    for clear in ({"full_name": "Trần Văn Khách"}, {"personal_phone": "0912345678"}, {"residence": "Số 1"}):
        visitor = Person(kind=PersonKind.VISITOR, registered_in=land.bureau, **clear)
        refused(visitor, "organisation_person_staff_clear_others_sealed")
    refused(Person(kind=PersonKind.STAFF), "organisation_person_staff_clear_others_sealed")


def test_the_birth_year_is_the_one_of_the_birth_date(land):
    person = staff("Nguyễn Thị Lan", land.department, birth_date=date(1987, 3, 9))
    assert person.birth_year == 1987
    with pytest.raises(IntegrityError, match="birth_year_of_birth_date"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(birth_year=1990)


def station(name, land):
    return keep(
        OutsideAuthority(kind="health_station", name=name, phone="02438251234", kept_by=land.bureau, valid_from=START)
    )


def test_a_commune_has_exactly_one_health_station_at_a_time(land):  # B6
    old, new = station("Trạm Y tế xã Đông Hà", land), station("Trạm Y tế xã Tây Sơn", land)
    keep(ServiceArea(authority=old, division="00001", valid_from=START, valid_to=date(2026, 6, 30)))
    overlapping = ServiceArea(authority=new, division="00001", valid_from=date(2026, 6, 30))
    refused(overlapping, "organisation_one_health_station_per_commune")
    keep(ServiceArea(authority=new, division="00001", valid_from=date(2026, 7, 1)))
    keep(ServiceArea(authority=new, division="00002", valid_from=START))


def test_police_and_health_station_may_serve_the_same_commune(land):
    keep(ServiceArea(authority=station("Trạm Y tế xã Đông Hà", land), division="00001", valid_from=START))
    police = keep(
        OutsideAuthority(kind="police", name="Công an xã", phone="113", kept_by=land.bureau, valid_from=START)
    )
    keep(ServiceArea(authority=police, division="00001", valid_from=START))


def test_a_site_is_held_by_one_agency_at_a_time(land):  # D8
    site = Site.objects.create(name="Trụ sở 1", address="Số 1, phố Chính")
    keep(SiteHolding(site=site, unit=land.bureau, valid_from=START, valid_to=date(2026, 6, 30)))
    refused(SiteHolding(site=site, unit=land.institute, valid_from=date(2026, 6, 30)), "organisation_site_held_by_one")
    keep(SiteHolding(site=site, unit=land.institute, valid_from=date(2026, 7, 1)))


def test_a_standing_body_is_recomposed_and_not_founded_twice(land):  # B2
    keep(StandingBody(unit=land.bureau, kind="steering_committee", name="Ban Chỉ đạo"))
    twice = StandingBody(unit=land.bureau, kind="steering_committee", name="Ban Chỉ đạo")
    refused(twice, "organisation_body_name_once_in_a_unit")


def test_two_administrators_appoint_two_heads_at_once_and_one_of_them_is_refused(committed):  # house D8
    root = unit("Sở Nội vụ")
    room = unit("Phòng Tổng hợp", root, UnitKind.DEPARTMENT)
    candidates = [staff("Lê Minh Quân", room), staff("Nguyễn Thị Lan", room)]
    outcomes, together = [], threading.Barrier(2)

    def press(person):
        together.wait()
        try:
            appoint(person, by=SETUP, unit=room, role=PostRole.UNIT_HEAD, accountable_head=True, at=NOW)
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    hands = [threading.Thread(target=press, args=[person]) for person in candidates]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    assert sorted(outcomes) == ["done", "organisation_one_accountable_head_at_a_time"]
    assert Post.objects.filter(unit=room, accountable_head=True).count() == 1


def test_two_administrators_add_units_at_once_and_both_find_a_place_in_the_tree(committed):  # B1
    root = unit("Sở Nội vụ")
    together = threading.Barrier(2)

    def press(parent, name):
        together.wait()
        try:
            unit(name, parent)
        finally:
            connection.close()

    for parent in (root, None):
        hands = [threading.Thread(target=press, args=[parent, f"Đơn vị {number}"]) for number in (1, 2)]
        [hand.start() for hand in hands]
        [hand.join() for hand in hands]
    assert Unit.objects.filter(depth=2).count() == 2
    assert Unit.objects.filter(depth=1).count() == 3
    assert Unit.objects.find_problems() == ([], [], [], [], [])
