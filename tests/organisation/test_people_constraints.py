"""What no hand can write past the actions: the database refuses, and the same rule has a sentence (house D8; B3, B5)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import keep
from taicho.organisation.enums import PersonKind, PostRole
from taicho.organisation.models import (
    Delegation,
    HomeWorkingMeans,
    Person,
    Post,
    StaffImport,
    StaffMembership,
    UnitAlias,
)
from tests.organisation.land import BEGAN, NOW, staff

DAY = timedelta(days=1)


@pytest.fixture
def world(land):
    """Somebody with a post, and a colleague."""
    land.lan, land.quan = staff("Nguyễn Thị Lan", land.department), staff("Lê Minh Quân", land.department)
    land.held = keep(
        Post(person=land.quan, unit=land.department, role=PostRole.UNIT_HEAD, title="Trưởng phòng", starts_at=BEGAN)
    )
    return land


def membership(w, **more):
    return StaffMembership(**{"person": w.lan, "unit": w.office, "starts_at": NOW} | more)


def held(w, **more):
    facts = {"person": w.lan, "unit": w.department, "role": PostRole.CLERK, "title": "Văn thư", "starts_at": NOW}
    return Post(**facts | more)


def given(w, **more):
    facts = {"post": w.held, "person": w.lan, "starts_at": NOW, "ends_at": NOW + DAY, "matters": "Ký", "document": "5"}
    return Delegation(**facts | more)


SOMEBODY = dict.fromkeys(("prepared_by", "started_by", "confirmed_by"), UUID(int=1))
BROKEN = {
    "organisation_staffmembership_ends_after_start": (
        lambda w: membership(w, main=False, ends_at=NOW), "Thời điểm kết thúc phải sau thời điểm bắt đầu."),
    "organisation_one_main_unit_at_a_time": (
        lambda w: membership(w, starts_at=BEGAN - DAY, ends_at=BEGAN + DAY),
        "Người này đang thuộc một đơn vị khác trong thời gian đó."),
    "organisation_same_unit_once_at_a_time": (
        lambda w: membership(w, unit=w.department, main=False), "Người này đã có trong danh sách của đơn vị."),
    "organisation_post_ends_after_start": (
        lambda w: held(w, ends_at=NOW), "Thời điểm kết thúc phải sau thời điểm bắt đầu."),
    "organisation_same_post_once_at_a_time": (
        lambda w: held(w, person=w.quan, role=PostRole.UNIT_HEAD, ends_at=NOW + DAY),
        "Người này đang giữ đúng vai trò đó ở đơn vị."),
    "organisation_post_head_has_a_head_role": (
        lambda w: held(w, accountable_head=True),
        "Người đứng đầu phải giữ vai trò lãnh đạo, trưởng hoặc phó của đơn vị."),
    "organisation_administrator_is_limited_in_time": (
        lambda w: held(w, role=PostRole.ADMINISTRATOR), "Quyền quản trị phải có ngày kết thúc."),
    "organisation_post_is_more_than_staff": (
        lambda w: held(w, role=PostRole.STAFF), "Nhân viên không cần chức vụ: tên trong danh sách đơn vị là đủ."),
    "organisation_delegation_ends_after_start": (
        lambda w: given(w, ends_at=NOW - DAY), "Thời điểm kết thúc phải sau thời điểm bắt đầu."),
    "organisation_delegation_is_limited_in_time": (
        lambda w: given(w, ends_at=None), "Ủy quyền phải có ngày kết thúc."),
    "organisation_person_staff_clear_others_sealed": (
        lambda w: Person(kind=PersonKind.OUTSIDE_CONTACT, registered_in=w.bureau, email="a@b.vn"),
        "Nhân viên phải có họ tên; thông tin của khách phải được mã hóa."),
    "organisation_import_confirmed_after": (
        lambda w: StaffImport(agency=w.bureau, unit=w.bureau, file_name="a", prepared_at=NOW, started_at=NOW,
                              confirmed_at=NOW - DAY, rows=[{}], answers={"0": "new"}, **SOMEBODY),
        "Danh sách phải được đọc trước khi xác nhận."),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_it_and_the_person_reads_why(name, world):
    broken, sentence = BROKEN[name]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        broken(world).save()
    with pytest.raises(Conflict) as refused:
        keep(broken(world))
    assert (refused.value.code, refused.value.sentence) == (name, sentence)


def test_after_a_refusal_the_transaction_is_whole_and_the_next_verb_is_carried_out(world):
    with pytest.raises(Conflict):
        keep(membership(world))
    keep(membership(world, main=False))
    assert world.lan.memberships.count() == 2


def test_a_delegation_of_the_same_post_to_the_same_person_does_not_overlap_another(world):  # TUQ.
    keep(given(world))
    with pytest.raises(Conflict) as refused:
        keep(given(world, starts_at=NOW + DAY / 2, ends_at=NOW + 3 * DAY, document="6"))
    assert refused.value.sentence == "Chức vụ này đã được ủy quyền cho người đó trong thời gian này."
    keep(given(world, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY, document="6"))


@pytest.mark.parametrize(
    ("starts", "ends", "overlaps"),
    [
        (-3, -2, False), (-3, -1, False), (-3, 0, True), (-1, 1, True), (0, 0.5, True), (-9, None, True),
        (0.5, 3, True), (1, 3, False), (2, None, False),
    ],
)  # fmt: skip
def test_two_posts_of_one_kind_touch_at_an_instant_and_never_overlap(starts, ends, overlaps, world):
    """The first is held from a day before now until a day after now; its last instant is not part of it."""
    keep(held(world, starts_at=NOW - DAY, ends_at=NOW + DAY))
    second = held(world, starts_at=NOW + starts * DAY, ends_at=None if ends is None else NOW + ends * DAY)
    if overlaps:
        with pytest.raises(Conflict):
            keep(second)
    else:
        keep(second)
    assert world.lan.posts.count() == 2 - overlaps


def test_one_person_may_hold_two_roles_in_a_unit_and_one_role_in_two_units(world):  # ux.md 1.8
    keep(held(world))
    keep(held(world, role=PostRole.GUARD, title="Bảo vệ"))
    keep(held(world, unit=world.office))
    assert world.lan.posts.count() == 3


def test_two_units_may_each_have_their_head_and_one_unit_its_next_head(world):  # B3
    head = {"role": PostRole.UNIT_HEAD, "title": "Trưởng phòng", "accountable_head": True}
    keep(held(world, **head, ends_at=NOW + DAY))
    keep(held(world, **head, unit=world.office))
    keep(held(world, **head | {"role": PostRole.DEPUTY_HEAD}, starts_at=NOW + DAY))
    with pytest.raises(Conflict) as refused:
        keep(held(world, **head | {"role": PostRole.DEPUTY_HEAD}, person=world.quan, starts_at=NOW + 9 * DAY))
    assert refused.value.sentence == "Đơn vị đã có người đứng đầu trong thời gian này. Hãy kết thúc chức vụ đó trước."


def test_an_account_belongs_to_one_person(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=world.lan.pk).update(account=world.quan.account)


def test_what_is_at_home_is_stated_once_per_person(world):  # C9
    HomeWorkingMeans.objects.create(person=world.lan, stated_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeWorkingMeans.objects.create(person=world.lan, stated_at=NOW)


def test_a_list_s_word_for_a_department_means_one_unit_in_an_agency(world):
    UnitAlias.objects.create(agency=world.bureau, written="p it", unit=world.department)
    with pytest.raises(Conflict) as refused:
        keep(UnitAlias(agency=world.bureau, written="p it", unit=world.office))
    assert refused.value.sentence == "Tên này đã được gán cho một phòng, đơn vị."
    keep(UnitAlias(agency=world.institute, written="p it", unit=world.institute))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"email": "linh@"}, "Thư điện tử:"), ({"position": "x" * 121}, "Chức vụ:"), ({"category": "general"}, "Đối tượng:"),
        ({"birth_year": 40_000}, "Năm sinh:"), ({"residence": "x" * 251}, "Nơi cư trú:"), ({"full_name": "x" * 101}, "Họ và tên:"),
        ({"birth_date": date(1, 1, 1), "lodging_division": "123456789"}, "Xã, phường nơi lưu trú:"),
    ],
)  # fmt: skip
def test_a_value_that_no_column_takes_is_refused_by_the_name_of_its_field(facts, sentence, world):
    with pytest.raises(Refusal) as refused:
        keep(Person(**{"full_name": "Ngô Thùy Linh"} | facts))
    assert refused.value.code == "bad-field"
    assert refused.value.sentence.startswith(sentence)
    assert not Person.objects.filter(name_folded="ngo thuy linh").exists()


def test_a_person_with_a_past_cannot_be_deleted(world):  # house D7
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DELETE FROM organisation_person WHERE id = %s", [world.lan.pk])
    assert Person.objects.filter(pk=world.lan.pk).exists()
