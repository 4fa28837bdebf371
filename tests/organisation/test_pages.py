"""The pages: what each role sees, what is refused, and that nothing typed is lost (B1–B3, B5, B6, C9)."""

import re
from datetime import date

import pytest

from taicho.organisation.actions.staff import update_staff
from taicho.organisation.enums import PostRole
from taicho.organisation.models import (
    Delegation,
    Person,
    Post,
    StaffMembership,
)
from tests.organisation.land import BEGAN, SETUP, post, staff
from tests.organisation.pages import _plain_door, at, enter, listed, said, things  # noqa: F401


def pages_of(land, people):
    """Every address of the area that is opened with GET, by name."""
    return {
        "directory": at("directory"), "tree": at("tree"), "bodies": at("bodies"), "sites": at("sites"),
        "authorities": at("authorities"), "delegations": at("delegations"), "my-data": at("my-data"),
        "state-own-details": at("state-own-details"), "new-authority": at("new-authority"), "new-site": at("new-site"),
        "unit": at("unit", land.department), "new-unit": at("new-unit", land.bureau),
        "new-person": at("new-person", land.department), "edit-unit": at("edit-unit", land.department),
        "rename-unit": at("rename-unit", land.department), "end-unit": at("end-unit", land.department),
        "merger": at("merger", land.bureau), "new-body": at("new-body", land.bureau),
        "person": at("person", people.staff), "edit-person": at("edit-person", people.staff),
        "transfer": at("transfer", people.staff), "end-service": at("end-service", people.staff),
        "appoint": at("appoint", people.staff), "end-post": at("end-post", land.post),
        "body": at("body", land.body), "recompose-body": at("recompose-body", land.body),
        "activate-body": at("activate-body", land.body), "stand-down-body": at("stand-down-body", land.body),
        "authority": at("authority", land.station), "edit-authority": at("edit-authority", land.station),
        "service-area": at("service-area", land.station), "end-authority": at("end-authority", land.station),
        "site": at("site", land.site), "edit-site": at("edit-site", land.site), "new-gate": at("new-gate", land.site),
        "new-room": at("new-room", land.site), "edit-gate": at("edit-gate", land.gate),
        "edit-room": at("edit-room", land.room),
    }  # fmt: skip


READING = {
    "directory", "tree", "bodies", "sites", "authorities", "delegations", "my-data", "state-own-details", "unit",
    "person", "body", "authority", "site",
}  # fmt: skip
REGISTER = {"new-person", "edit-person", "transfer", "end-service"}
PLACES = {
    "new-authority", "edit-authority", "service-area", "end-authority", "new-site", "edit-site", "new-gate", "new-room",
    "edit-gate", "edit-room",
}  # fmt: skip
STRUCTURE = {"new-unit", "edit-unit", "rename-unit", "end-unit", "merger", "appoint", "end-post"}
BODIES = {"new-body", "recompose-body", "activate-body", "stand-down-body"}
OPENED = {
    "staff": READING,
    "head": READING,
    "guard": READING,
    "office": READING | REGISTER | PLACES,
    "leader": READING | BODIES,
    "administrator": READING | REGISTER | PLACES | STRUCTURE | BODIES,
}


@pytest.mark.parametrize("who", OPENED)
def test_each_role_opens_its_pages_and_is_told_who_can_open_the_others(who, things, people, enter):
    browser = enter(getattr(people, who))
    found = {name: browser.get(address).status_code for name, address in pages_of(things, people).items()}
    assert {name for name, status in found.items() if status == 200} == OPENED[who]
    assert set(found.values()) <= {200, 403}


@pytest.mark.parametrize("who", ["villager", "stranger", "researcher"])
def test_what_belongs_to_another_agency_is_not_there(who, things, people, enter):  # D13
    browser = enter(getattr(people, who))
    own = {"directory", "tree", "bodies", "sites", "authorities", "delegations", "my-data", "state-own-details"}
    own |= {"authority", "new-authority", "new-site", "edit-authority", "service-area", "end-authority"}
    if who == "researcher":
        own |= {"merger", "new-body"}
    for name, address in pages_of(things, people).items():
        if name in own:
            continue
        seen_above = who == "researcher" and name in {"new-unit", "body", *BODIES, "site", *PLACES}
        if not seen_above:
            assert browser.get(address).status_code == 404, name
            assert browser.post(address).status_code in (404, 405), name


def test_nobody_signed_in_is_sent_to_the_entrance(things, people, client):
    for address in pages_of(things, people).values():
        assert client.get(address).headers.get("Location", "").startswith("/dang-nhap")


def test_a_refused_page_says_who_can(things, people, enter):
    page = enter(people.staff).get(at("edit-person", people.head))
    assert page.status_code == 403
    assert "Chỉ Văn phòng và người quản trị của cơ quan được sửa danh sách" in said(page)


def test_the_directory_finds_without_accents_narrows_and_sorts_by_ten(things, people, enter):  # B5
    update_staff(people.staff, by=SETUP, seen=1, category="public_employee")
    browser = enter(people.staff)
    assert listed(browser.get(at("directory"))) == [
        "Vũ Hải Ân", "Phạm Văn Đạt", "Đặng Thị Hồng", "Nguyễn Thị Lan", "Trần Đức Lộc", "Lê Minh Quân",
    ]  # fmt: skip
    assert listed(browser.get(at("directory"), {"q": "dang hong"})) == ["Đặng Thị Hồng"]
    narrowed = browser.get(at("directory"), {"don-vi": str(things.department.key), "doi-tuong": "public_employee"})
    assert listed(narrowed) == ["Nguyễn Thị Lan"]
    nobody = said(browser.get(at("directory"), {"q": "zzzz"}))
    assert "Bỏ lọc" in nobody


def test_a_unit_that_is_none_or_foreign_does_not_narrow_the_directory(things, people, enter):
    browser = enter(people.staff)
    for key in ("x", str(things.elsewhere.key)):
        assert browser.get(at("directory"), {"don-vi": key}).context["unit"] is None


def test_the_directory_asks_as_few_questions_for_fifty_people_as_for_six(
    things, people, enter, django_assert_max_num_queries
):
    browser = enter(people.staff)
    browser.get(at("directory"))
    for number in range(60):
        post(staff(f"Người Thứ {number}", things.department), things.department, PostRole.CLERK)
    with django_assert_max_num_queries(40):
        page = browser.get(at("directory"))
    assert len(page.context["people"]) == 50
    assert "Trang sau" in said(page)
    assert len(browser.get(at("directory"), {"page": 2}).context["people"]) == 16


PRIVATE = ("0977 111 222", "Ngõ Bí Mật", "Nhà Trọ Kín")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("staff", True), ("head", True), ("office", True), ("leader", True), ("administrator", True), ("guard", False)],
)
def test_lodging_residence_and_own_phone_show_only_to_those_who_need_them(who, sees, things, people, enter):  # S-03
    update_staff(people.staff, by=SETUP, seen=1, personal_phone=PRIVATE[0], residence=PRIVATE[1], lodging=PRIVATE[2])
    browser = enter(getattr(people, who))
    shown = said(browser.get(at("person", people.staff))).replace("\xa0", " ")
    assert [text in shown for text in PRIVATE] == [sees] * 3
    for address in (at("directory"), at("unit", things.department), at("body", things.body)):
        elsewhere = said(browser.get(address)).replace("\xa0", " ")
        assert not any(text in elsewhere for text in PRIVATE)


def test_the_body_above_sees_how_many_and_not_who(things, people, enter):  # trust.md A9
    browser = enter(people.superior)
    page = said(browser.get(at("unit", things.department)))
    assert "Cấp trên chỉ thấy quân số" in page
    assert "Nguyễn Thị Lan" not in page
    assert "quân số cả đơn vị cấp dưới: 2" in page
    assert browser.get(at("person", people.staff)).status_code == 404


def test_the_tree_counts_a_unit_with_what_is_below_and_never_shows_nothing_as_zero(things, people, enter):
    lines = {line.name: line.people for line in enter(people.staff).get(at("tree")).context["lines"]}
    assert lines["Sở Khoa học và Công nghệ"] == 6
    assert lines["Phòng Tổng hợp"] == 2
    assert lines["UBND tỉnh Minh Giang"] is None


def test_the_tree_of_another_day_shows_the_units_and_names_of_that_day(things, people, enter):  # D15
    from taicho.organisation.actions.units import rename_unit

    rename_unit(things.department, by=SETUP, seen=1, on=date(2026, 7, 1), name="Phòng Kế hoạch")
    browser = enter(people.staff)
    assert "Phòng Kế hoạch" in {line.name for line in browser.get(at("tree")).context["lines"]}
    before = {line.name for line in browser.get(at("tree"), {"ngay": "2026-06-30"}).context["lines"]}
    assert "Phòng Tổng hợp" in before
    assert "Phòng Kế hoạch" not in before
    assert browser.get(at("tree"), {"ngay": "hôm qua"}).context["is_today"]


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
