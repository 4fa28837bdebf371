"""Changing things on the pages: what is refused says why, and nothing typed is lost (B1–B3, B5, B6, C9; S-04)."""

import re
from datetime import date

import pytest

from taicho.organisation.actions.authorities import set_service_area
from taicho.organisation.actions.staff import update_staff
from taicho.organisation.models import (
    Delegation,
    Gate,
    HomeWorkingMeans,
    OutsideAuthority,
    Person,
    Post,
    Room,
    Site,
    StaffMembership,
    StandingBody,
    Unit,
)
from tests.organisation.browsing import at, said
from tests.organisation.land import BEGAN, SETUP, START, staff


def staff_form(person, **changes):
    """What the browser sends from the page of the register."""
    names = (
        "full_name", "birth_year", "category", "position", "official_phone", "personal_phone", "email", "residence",
        "residence_division", "lodging", "lodging_division",
    )  # fmt: skip
    return {name: getattr(person, name) or "" for name in names} | {"version": person.version} | changes


def test_two_people_edit_one_record_and_the_second_chooses_between_both_versions(things, people, enter):  # ux.md 6
    browser = enter(people.office)
    form = staff_form(people.staff, position="Chuyên viên chính", lodging="Số 7")
    update_staff(people.staff, by=SETUP, seen=1, position="Thanh tra viên")
    answer = browser.post(at("edit-person", people.staff), form)
    assert answer.status_code == 409
    page = said(answer)
    assert "người khác đã lưu bản mới" in page
    assert "Thanh tra viên" in page
    assert "Chuyên viên chính" in page
    assert "Số 7" in page
    assert Person.objects.get(pk=people.staff.pk).position == "Thanh tra viên"
    kept = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    assert browser.post(at("edit-person", people.staff), form | {"version": kept[1]}).status_code == 302
    assert Person.objects.get(pk=people.staff.pk).position == "Chuyên viên chính"


def test_a_wrong_entry_is_named_at_its_field_and_what_was_typed_stays(things, people, enter):
    answer = enter(people.office).post(
        at("edit-person", people.staff), staff_form(people.staff, official_phone="0912", position="Kế toán")
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {"official_phone"}
    assert "Kế toán" in said(answer)
    assert "<title>Lỗi: " in said(answer)


def test_fields_that_are_not_on_the_form_change_nothing(things, people, enter):  # S-04
    sent = staff_form(people.staff, position="Kế toán", kind="visitor", account="1", key="0", registered_in="1")
    assert enter(people.office).post(at("edit-person", people.staff), sent).status_code == 302
    person = Person.objects.get(pk=people.staff.pk)
    assert (person.kind, person.account_id, person.key) == ("staff", people.staff.account_id, people.staff.key)


def test_the_office_registers_transfers_and_ends_service(things, people, enter, time_machine):  # B5
    browser = enter(people.office)
    sent = {"full_name": "Ngô Thùy Linh", "birth_date": "9/3/1987", "official_phone": "0912 345 678"}
    assert browser.post(at("new-person", things.department), sent).status_code == 302
    person = Person.objects.get(full_name="Ngô Thùy Linh")
    assert (person.birth_date, person.birth_year) == (date(1987, 3, 9), 1987)
    time_machine.shift(60)
    assert browser.post(at("transfer", person), {"to": str(things.office.key)}).status_code == 302
    assert Person.objects.get(pk=person.pk).home_unit == things.office
    time_machine.shift(60)
    assert browser.post(at("end-service", person), {"reason": "chuyển công tác"}).status_code == 302
    assert not StaffMembership.objects.filter(person=person, ends_at__isnull=True).exists()


def test_a_transfer_is_not_entered_for_a_day_gone_by(things, people, enter):
    answer = enter(people.office).post(
        at("transfer", people.staff), {"to": str(things.office.key), "day": "01/11/2026"}
    )
    assert answer.context["form"].errors.keys() == {"day"}


def test_the_administrator_gives_and_ends_a_post(things, people, enter):  # B3
    browser = enter(people.administrator)
    sent = {
        "unit": str(things.department.key),
        "role": "deputy_head",
        "title": "Phó trưởng phòng",
        "portfolio": "Vùng cao",
    }
    assert browser.post(at("appoint", people.staff), sent).status_code == 302
    held = Post.objects.get(person=people.staff)
    assert held.portfolio == "Vùng cao"
    Post.objects.filter(pk=held.pk).update(starts_at=BEGAN)
    assert browser.post(at("end-post", held)).status_code == 302
    assert Post.objects.get(pk=held.pk).ends_at is not None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"role": "guard", "accountable_head": "on"}, "role"),
        ({"role": "administrator"}, "last_day"),
        ({"role": "staff"}, "role"),
        ({"role": "unit_head", "accountable_head": "on"}, None),
    ],
)
def test_a_post_that_cannot_be_is_refused_on_the_page(sent, field, things, people, enter):
    facts = {"unit": str(things.department.key), "title": "Chức vụ"} | sent
    answer = enter(people.administrator).post(at("appoint", people.staff), facts)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field or "__all__"]


def test_nobody_gives_a_post_to_oneself_on_the_page_either(things, people, enter):  # trust.md A11
    facts = {"unit": str(things.department.key), "role": "leader", "title": "Giám đốc"}
    assert enter(people.administrator).post(at("appoint", people.administrator), facts).status_code == 403
    assert not Post.objects.filter(person=people.administrator, role="leader").exists()


def delegation(**more):
    return {"to": "Lê Minh Quân", "matters": "Ký báo cáo", "document": "5/GUQ", "last_day": "30/11/2026"} | more


def test_a_leader_delegates_by_name_and_revokes(things, people, enter):  # TUQ.
    browser = enter(people.leader)
    assert browser.post(at("delegate", things.post), delegation(to="le minh quan")).status_code == 302
    given = Delegation.objects.get()
    assert given.person == people.head
    assert "đến hết 30/11/2026" in said(browser.get(at("delegations")))
    Delegation.objects.update(starts_at=BEGAN)
    assert browser.post(at("revoke", given)).status_code == 302
    assert "Không có ủy quyền nào đang có hiệu lực" in said(browser.get(at("delegations")))


def test_a_name_that_two_share_is_asked_about(things, people, enter):
    twin = staff("Lê Minh Quân", things.office)
    browser = enter(people.leader)
    answer = browser.post(at("delegate", things.post), delegation())
    assert "Lê Minh Quân, Phòng Tổng hợp; Lê Minh Quân, Văn phòng" in str(answer.context["form"].errors["to"])
    assert browser.post(at("delegate", things.post), delegation(to="Lê Minh Quân, văn phòng")).status_code == 302
    assert Delegation.objects.get().person == twin


@pytest.mark.parametrize("name", ["Y Blô Niê", "Đỗ Quang Huy", "Không Có Ai"])
def test_a_delegate_from_another_agency_is_not_found(name, things, people, enter):
    answer = enter(people.leader).post(at("delegate", things.post), delegation(to=name))
    assert "Không có ai tên" in str(answer.context["form"].errors["to"])


def test_nobody_else_delegates_or_revokes(things, people, enter):
    assert enter(people.head).post(at("delegate", things.post), delegation()).status_code == 403
    enter(people.leader).post(at("delegate", things.post), delegation())
    assert enter(people.staff).post(at("revoke", Delegation.objects.get())).status_code == 403


def seats(*rows):
    filled = {"seats-TOTAL_FORMS": str(len(rows)), "seats-INITIAL_FORMS": "0"}
    for number, (name, function) in enumerate(rows):
        filled |= {f"seats-{number}-person": name, f"seats-{number}-function": function}
    return filled


def test_the_leader_sets_up_recomposes_stands_down_and_reactivates_a_body(things, people, enter, time_machine):  # B2
    browser = enter(people.leader)
    paper = {"decision": "20/QĐ", "decided_on": "20/11/2026"}
    rows = seats(("Đặng Thị Hồng", "head"), ("Lê Minh Quân", "member"), ("", "member"))
    sent = {"kind": "support_team", "name": "Tổ giúp việc"} | paper | rows
    assert browser.post(at("new-body", things.bureau), sent).status_code == 302
    assert StandingBody.objects.get(name="Tổ giúp việc").compositions.get().members.count() == 2
    fewer = paper | seats(("Đặng Thị Hồng", "head"))
    assert browser.post(at("recompose-body", things.body), fewer).status_code == 302
    assert things.body.compositions.count() == 2
    assert browser.post(at("stand-down-body", things.body), {"document": "TB 5"}).status_code == 302
    assert "đã dừng" in said(browser.get(at("body", things.body)))
    time_machine.shift(60)
    headless = browser.post(at("recompose-body", things.body), paper | seats(("Lê Minh Quân", "member")))
    assert headless.status_code == 400
    assert "Chọn đúng một người đứng đầu" in said(headless)
    assert browser.post(at("activate-body", things.body), {"document": "CĐ 3"}).status_code == 302
    assert "đang hoạt động" in said(browser.get(at("body", things.body)))


def test_the_merger_shows_its_plan_first_and_writes_nothing_until_it_is_confirmed(things, people, enter):  # D15
    browser = enter(people.administrator)
    held = Post.objects.get(person=people.head)
    sent = {
        "units": [str(things.department.key), str(things.office.key)], "name": "Phòng Hành chính – Tổng hợp",
        "on": "01/12/2026", "document": "15/QĐ-UBND",
    }  # fmt: skip
    preview = browser.post(at("merger", things.bureau), sent)
    assert preview.status_code == 200
    page = said(preview)
    assert "Phòng Tổng hợp + Văn phòng" in page or "Văn phòng + Phòng Tổng hợp" in page
    assert "Lê Minh Quân" in page
    assert not Unit.objects.filter(name="Phòng Hành chính – Tổng hợp").exists()
    done = browser.post(
        at("merger", things.bureau), sent | {"xac-nhan": "1", f"post-{held.key}": "tiep-tuc", "post-x": "tiep-tuc"}
    )
    assert done.status_code == 302
    successor = Unit.objects.get(name="Phòng Hành chính – Tổng hợp")
    assert successor.valid_from == date(2026, 12, 1)
    assert [p.person for p in Post.objects.filter(unit=successor)] == [people.head]


def test_a_merger_without_units_or_name_says_so(things, people, enter):
    answer = enter(people.administrator).post(at("merger", things.bureau), {"on": "01/12/2026", "document": "1"})
    assert set(answer.context["form"].errors) == {"units", "name"}


def test_units_are_added_corrected_renamed_and_ended(things, people, enter):  # B1
    browser = enter(people.administrator)
    new = {"kind": "department", "name": "Phòng Mới", "valid_from": "hôm nay", "identifier": "h26.9"}
    assert browser.post(at("new-unit", things.bureau), new).status_code == 302
    made = Unit.objects.get(name="Phòng Mới")
    assert (made.identifier, made.agency_path) == ("H26.9", things.bureau.path)
    assert browser.post(at("edit-unit", made), {"symbol": "PM", "version": 1}).status_code == 302
    renamed = {"name": "Phòng Rất Mới", "symbol": "PRM", "on": "21/11/2026", "version": 2}
    assert browser.post(at("rename-unit", made), renamed).status_code == 302
    assert browser.post(at("end-unit", made), {"last_day": "31/12/2026"}).status_code == 302
    page = said(browser.get(at("unit", made)))
    assert "Mang tên Phòng Mới" in page
    assert "31/12/2026" in page
    twice = browser.post(at("new-unit", things.bureau), new | {"identifier": "", "name": "phòng tổng hợp"})
    assert twice.status_code == 400
    assert "đã có đơn vị mang tên này" in said(twice)


def test_numbers_to_call_stand_on_buttons_and_are_kept_by_the_office(things, people, enter):  # B6
    browser = enter(people.guard)
    page = said(browser.get(at("authorities")))
    assert 'href="tel:02203851234"' in page
    assert "0220 385 1234" in page
    office = enter(people.office)
    new = {"kind": "cdc", "name": "CDC tỉnh", "phone": "1900 9095", "valid_from": "1/1/2026"}
    assert office.post(at("new-authority"), new).status_code == 302
    cdc = OutsideAuthority.objects.get(name="CDC tỉnh")
    assert cdc.kept_by == things.office
    assert office.post(at("edit-authority", cdc), {"name": "CDC", "phone": "113", "version": 1}).status_code == 302
    assert (
        office.post(at("service-area", things.station), {"division": "00001", "valid_from": "1/1/2026"}).status_code
        == 302
    )
    assert office.post(at("end-authority", cdc), {"last_day": "30/11/2026"}).status_code == 302
    assert "CDC" in said(office.get(at("authorities"), {"q": "cdc"}))


def test_an_authority_kept_by_another_agency_is_seen_and_not_changed(things, people, enter):
    browser = enter(people.villager)
    assert browser.get(at("authority", things.station)).status_code == 200
    assert browser.get(at("edit-authority", things.station)).status_code == 403


def test_the_station_to_be_told_stands_on_the_page_of_the_person(things, people, enter):  # B5, B6
    set_service_area(things.station, by=SETUP, division="00001", valid_from=START)
    update_staff(people.staff, by=SETUP, seen=1, residence_division="00009", lodging_division="00001")
    assert "Trạm Y tế xã Đông Hà" in said(enter(people.office).get(at("person", people.staff)))


def test_sites_gates_and_rooms_are_kept_by_the_office(things, people, enter):  # D8
    browser = enter(people.office)
    new = {"name": "Trụ sở 2", "address": "Số 9", "unit": str(things.bureau.key)}
    assert browser.post(at("new-site"), new).status_code == 302
    site = Site.objects.get(name="Trụ sở 2")
    assert (
        browser.post(at("edit-site", site), {"name": "Trụ sở 2", "address": "Số 10", "version": 1}).status_code == 302
    )
    assert browser.post(at("new-gate", site), {"name": "Cổng phụ"}).status_code == 302
    assert browser.post(at("new-room", site), {"name": "Phòng 1", "area_m2": "36,5", "seats": "8"}).status_code == 302
    gate, room = Gate.objects.get(name="Cổng phụ"), Room.objects.get(name="Phòng 1")
    assert str(room.area_m2) == "36.5"
    assert (
        browser.post(at("edit-gate", gate), {"name": "Cổng phụ", "closed_on": "hôm nay", "version": 1}).status_code
        == 302
    )
    assert browser.post(at("edit-room", room), {"name": "Phòng 1", "seats": "6", "version": 1}).status_code == 302
    page = said(browser.get(at("site", site)))
    assert "đóng từ 20/11/2026" in page
    assert browser.post(at("new-site"), new | {"unit": str(things.commune.key)}).status_code == 400


def test_a_person_reads_the_own_data_and_states_residence_and_means_at_home(things, people, enter):  # B5, C9
    browser = enter(people.staff)
    assert "Nguyễn Thị Lan" in said(browser.get(at("my-data")))
    sent = {
        "personal_phone": "0912 345 678", "residence": "Số 1", "residence_division": "00001", "lodging": "",
        "lodging_division": "", "has_computer": "True", "has_phone": "", "has_internet": "False", "version": 1,
        "position": "Giám đốc",
    }  # fmt: skip
    assert browser.post(at("state-own-details"), sent).status_code == 302
    person = Person.objects.get(pk=people.staff.pk)
    assert (person.residence_division, person.position) == ("00001", "")
    means = HomeWorkingMeans.objects.get(person=person)
    assert (means.has_computer, means.has_phone, means.has_internet) == (True, None, False)


def test_a_slip_is_printed_once_by_those_who_may(things, people, enter):  # ux.md 14
    office = enter(people.office)
    sheet = office.post(at("entry-slip", people.staff))
    assert sheet.status_code == 200
    assert "no-store" in sheet.headers["Cache-Control"]
    assert "Nguyễn Thị Lan" in said(sheet)
    for holder in (people.leader, people.administrator, people.office):
        assert office.post(at("entry-slip", holder)).status_code == 403, holder
    assert enter(people.administrator).post(at("entry-slip", people.leader)).status_code == 200
    assert enter(people.head).post(at("entry-slip", people.staff)).status_code == 403


def test_a_hat_is_put_on_and_a_foreign_one_is_not(things, people, enter):  # ux.md 1.8
    browser = enter(people.office)
    page = browser.get(at("my-data"))
    hats = page.context["shell"].wearer.hats
    assert hats[0].title == "Văn phòng"
    answer = browser.post(at("wear"), {"hat": hats[1].key, "next": "/danh-ba"})
    assert answer.headers["Location"] == "/danh-ba"
    assert browser.get(at("my-data")).context["shell"].wearer.hat.key == hats[1].key
    browser.post(at("wear"), {"hat": str(things.post.key)})
    assert browser.get(at("my-data")).context["shell"].wearer.hat.key == hats[1].key
    away = browser.post(at("wear"), {"hat": hats[0].key, "next": "https://example.org/"})
    assert away.headers["Location"] == "/"


def test_the_search_box_finds_people_units_and_authorities_one_may_see(things, people, enter):
    browser = enter(people.staff)

    def found(words):
        groups = browser.get("/tim", {"q": words}).context["found"].groups
        return [hit.title for _kind, hits in groups for hit in hits]

    assert found("dang thi") == ["Đặng Thị Hồng"]
    assert found("tong hop") == ["Phòng Tổng hợp"]
    assert found("tram y te") == ["Trạm Y tế xã Đông Hà"]
    assert found("hai van") == []


def test_a_transferred_person_loses_the_pages_with_the_next_request(things, people, enter):  # trust.md A13
    from taicho.organisation.actions.staff import transfer

    browser = enter(people.office)
    assert browser.get(at("edit-person", people.staff)).status_code == 200
    transfer(people.office, by=SETUP, to=things.commune)
    assert browser.get(at("edit-person", people.staff)).status_code == 404
