"""The staff register: who is on it, what is known of them, transfers and ends of service (B5, C9)."""

from datetime import date, timedelta

import pytest

from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Conflict, NotPermitted, Refusal
from taicho.kernel.vietnamese import search_terms
from taicho.organisation.actions.entry import issue_entry_slip
from taicho.organisation.actions.staff import end_service, register_staff, state_home_working, transfer, update_staff
from taicho.organisation.enums import StaffCategory
from taicho.organisation.models import HomeWorkingMeans, Person, Post, StaffMembership
from tests.organisation.land import BEGAN, NOW, SETUP, actor, staff, unit

HOUR = timedelta(hours=1)


def verbs(since):
    return list(AuditEntry.objects.filter(pk__gt=since).order_by("pk").values_list("verb", flat=True))


def test_a_person_is_registered_with_category_phones_residence_and_lodging(land):  # B5
    person = register_staff(
        by=SETUP, unit=land.department, full_name="  nguyễn   thị lan ", category=StaffCategory.PUBLIC_EMPLOYEE,
        personal_phone="0912.345.678", residence="Số 1, phố A", residence_division="00001", lodging="Số 2, phố B",
        lodging_division="00002", party_member=True,
    )  # fmt: skip
    assert person.full_name == "nguyễn thị lan"
    assert person.personal_phone == "0912345678"
    assert person.home_unit == land.department
    assert person.staying_in == "00002"


def test_the_commune_of_residence_counts_when_no_lodging_is_known(land):  # B5
    assert staff("Nguyễn Thị Lan", land.department, residence_division="00001").staying_in == "00001"


def test_registering_leaves_one_audit_row_and_one_piece_of_news(land):
    NewsItem.objects.all().delete()
    last = AuditEntry.objects.latest("pk").pk
    person = register_staff(by=SETUP, unit=land.department, full_name="Nguyễn Thị Lan")
    assert verbs(last) == ["organisation.register_staff"]
    [item] = NewsItem.objects.all()
    assert item.payload["person"] == str(person.key)
    assert "Lan" not in str(item.payload)


def test_a_wrong_phone_is_refused_at_its_field_and_nobody_is_registered(land):
    before = Person.objects.count()
    with pytest.raises(Refusal) as refused:
        register_staff(by=SETUP, unit=land.department, full_name="Nguyễn Thị Lan", official_phone="09123")
    assert (refused.value.code, refused.value.field) == ("bad-phone", "official_phone")
    assert Person.objects.count() == before


def test_a_field_that_is_no_field_of_the_register_cannot_be_smuggled_in(land):  # trust.md S-04
    with pytest.raises(ValueError, match="account"):
        register_staff(by=SETUP, unit=land.department, full_name="Nguyễn Thị Lan", account=1)


def test_names_sort_by_ten_and_are_found_without_accents(land):  # ux.md 8
    for name in ("Trần Văn Đức", "Lê Thị Ánh", "Nguyễn An", "Phạm Ân"):
        staff(name, land.department)
    assert [p.full_name for p in Person.objects.order_by("name_key")] == [
        "Nguyễn An", "Lê Thị Ánh", "Phạm Ân", "Trần Văn Đức",
    ]  # fmt: skip
    assert Person.objects.matching(search_terms("duc tran")).get().full_name == "Trần Văn Đức"
    assert not Person.objects.matching(search_terms("100%_")).exists()


def test_an_update_from_an_old_version_is_a_conflict(land):  # ux.md 6
    person = staff("Nguyễn Thị Lan", land.department)
    update_staff(person, by=SETUP, seen=1, position="Chuyên viên chính")
    with pytest.raises(Conflict):
        update_staff(Person.objects.get(pk=person.pk), by=SETUP, seen=1, position="Thanh tra viên")
    assert Person.objects.get(pk=person.pk).position == "Chuyên viên chính"


def test_a_change_of_lodging_is_news_because_another_health_station_must_be_told(land):  # B5
    person = staff("Nguyễn Thị Lan", land.department, residence_division="00001")
    NewsItem.objects.all().delete()
    update_staff(person, by=SETUP, seen=person.version, position="Chuyên viên")
    assert not NewsItem.objects.exists()
    update_staff(person, by=SETUP, seen=person.version, lodging_division="00002")
    assert NewsItem.objects.get().kind.endswith("LodgingChanged")


def test_a_transfer_ends_the_old_membership_and_every_post_at_one_instant(people, land):
    transfer(people.head, by=SETUP, to=land.office)
    [old, new] = StaffMembership.objects.filter(person=people.head).order_by("starts_at")
    assert (old.unit, old.ends_at) == (land.department, NOW)
    assert (new.unit, new.starts_at, new.ends_at) == (land.office, NOW, None)
    assert not Post.objects.in_force(NOW).filter(person=people.head).exists()
    assert people.head.home_unit == land.office


def test_a_transfer_to_the_same_unit_or_of_somebody_who_left_is_refused(people, land):
    with pytest.raises(Refusal) as refused:
        transfer(people.head, by=SETUP, to=land.department)
    assert refused.value.code == "same-unit"
    end_service(people.head, by=SETUP)
    with pytest.raises(Refusal) as refused:
        transfer(people.head, by=SETUP, to=land.office, at=NOW + HOUR)
    assert refused.value.code == "not-on-staff"


def test_after_the_end_of_service_no_right_is_left_and_the_record_stays(people):
    end_service(people.office, by=SETUP, reason="nghỉ hưu")
    assert actor(people.office).capacities == ()
    assert Person.objects.filter(pk=people.office.pk).exists()


def test_a_unit_that_does_not_exist_on_that_day_takes_nobody(people, land):
    young = unit("Phòng Một", land.bureau, "department")
    with pytest.raises(Refusal) as refused:
        transfer(people.head, by=SETUP, to=young, at=BEGAN - timedelta(days=9))
    assert refused.value.code == "unit-not-in-force"


def test_means_to_work_at_home_are_stated_and_unknown_is_not_no(people):  # C9
    state_home_working(people.staff, by=actor(people.staff), has_computer=True, has_internet=False)
    stated = HomeWorkingMeans.objects.get(person=people.staff)
    assert (stated.has_computer, stated.has_internet, stated.has_phone) == (True, False, None)
    state_home_working(people.staff, by=actor(people.staff), has_phone=True)
    stated.refresh_from_db()
    assert (stated.has_computer, stated.has_phone) == (True, True)


def test_a_slip_opens_an_account_for_a_person_who_has_none(land, people):  # ux.md 14
    newcomer = register_staff(by=SETUP, unit=land.department, full_name="Ngô Thùy Linh")
    paper = issue_entry_slip(newcomer, by=actor(people.administrator))
    assert paper.person.account.name == "linh.nt"
    assert len(paper.issued.code.replace("-", "").replace(" ", "")) == 20
    again = issue_entry_slip(newcomer, by=actor(people.administrator))
    assert again.person.account == paper.person.account


def test_nobody_issues_a_slip_for_oneself(people):
    with pytest.raises(NotPermitted) as refused:
        issue_entry_slip(people.administrator, by=actor(people.administrator))
    assert refused.value.code == "own-slip"


def test_a_birth_date_brings_its_year(land):
    assert staff("Nguyễn Thị Lan", land.department, birth_date=date(1987, 3, 9)).birth_year == 1987
