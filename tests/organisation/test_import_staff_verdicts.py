"""What the preview of a staff list says of each row, and what its confirmation does to the register (B5, C9; ux.md 14)."""

import random
from datetime import timedelta

import pytest

from taicho.kernel import clock
from taicho.kernel.intake import Accepted, Kind, Sheet
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.import_staff import (
    answer_import,
    confirm_import,
    drop_import,
    prepare_import,
    purge_imports,
    start_import,
)
from taicho.organisation.actions.staff import end_service, register_staff, transfer
from taicho.organisation.models import HomeWorkingMeans, Person, StaffImport, StaffMembership, UnitAlias
from taicho.organisation.queries.staff_import import NEW, Verdict, judge, lists_waiting_for
from tests.organisation.land import BEGAN, SETUP, actor, post, staff

HEAD = ("Họ và tên", "Ngày sinh", "Phòng", "Chức vụ", "Di động", "Đối tượng", "Nơi lưu trú", "Internet tại nhà")
LAN = ("Lê Thị Lan", "03/9/1985", "Văn phòng", "Văn thư", "0912345678", "Viên chức", "Ngõ 2", "Có")


def prepared(land, *rows, head=HEAD, by=SETUP, into=None):
    listing = Accepted("ds.xlsx", Kind.XLSX, b"", "0" * 64, sheets=(Sheet("DS", (head, *rows)),))
    return prepare_import(listing, by=by, agency=into or land.bureau)


def confirmed(land, *rows, **more):
    return confirm_import(prepared(land, *rows, **more), by=SETUP)


def counts(pending):
    return pending.added, pending.updated, pending.unchanged, pending.refused


def register():
    """All the register holds, as one value."""
    kinds = (Person, StaffMembership, HomeWorkingMeans)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


def made_list(seed):
    """Twelve people as an office might write them: some cells empty, names and numbers in several styles."""
    dice = random.Random(seed)
    rows = []
    for number in range(12):
        name = " ".join(dice.sample("An Bình Chi Dũng Giang Hà Khoa Lan Mai Nam Oanh Phúc Quý Sơn".split(), 3))
        year = dice.randint(1960, 2000)
        birth = dice.choice([f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{year}", str(year), ""])
        phone = f"09{seed:02}{number:06}"
        phone = dice.choice([phone, f"+84{phone[1:]}", f"{phone[:4]}.{phone[4:7]}.{phone[7:]}", ""])
        rows.append((
            dice.choice([name, name.upper(), f"Đ/c {name}"]), birth, dice.choice(["Văn phòng", "VP", "P. Tổng hợp"]),
            dice.choice(["Kế toán", "Chuyên viên", ""]), phone, dice.choice(["CC", "Viên chức", "HĐLĐ", ""]),
            dice.choice(["Số 1, phố A", ""]), dice.choice(["Có", "Không", ""]),
        ))  # fmt: skip
    return rows


@pytest.mark.parametrize("seed", range(6))
def test_giving_in_the_same_list_again_in_any_order_changes_nothing_at_all(seed, land):  # B5
    rows = made_list(seed)
    first = confirmed(land, *rows)
    assert first.added >= 10
    before, last = register(), AuditEntry.objects.latest("pk").pk
    NewsItem.objects.all().delete()
    random.Random(seed).shuffle(rows)
    again = confirmed(land, *rows)
    assert counts(again) == (0, 0, first.added, first.refused)
    assert register() == before
    assert not NewsItem.objects.exists()
    verbs = set(AuditEntry.objects.filter(pk__gt=last).values_list("verb", flat=True))
    assert verbs == {"organisation.prepare_staff_import", "organisation.confirm_staff_import"}


def test_a_list_without_a_column_takes_nothing_away(land):
    confirmed(land, LAN)
    before = register()
    shorter = confirmed(land, ("Lê Thị Lan", "Văn phòng", "0912345678"), head=("Họ và tên", "Phòng", "Di động"))
    assert counts(shorter) == (0, 0, 1, 0)
    assert register() == before


@pytest.mark.parametrize(
    ("place", "value", "code", "sentence"),
    [
        (0, "", "no-name", "Chưa ghi họ và tên."),
        (0, "Lan", "single-name", "“Lan” mới là một chữ. Ghi đủ họ và tên."),
        (0, "Lê Thị L4n", "bad-name", "có chữ số hoặc ký tự lạ"),
        (1, "31/02/1985", "bad-birth", "Không có ngày 31: tháng 2 năm 1985 có 28 ngày."),
        (1, "9/30/1985", "unclear-birth", "30/9/1985"),
        (1, "2024", "bad-birth", "Năm sinh 2024 không hợp lý."),
        (2, "", "no-unit", "Chưa ghi phòng, đơn vị."),
        (2, "Phòng Vũ trụ", "unknown-unit", "Chưa rõ “Phòng Vũ trụ” là phòng, đơn vị nào của cơ quan."),
        (2, "x" * 201, "too-long", "Tên phòng, đơn vị dài hơn 200 chữ."),
        (3, "x" * 121, "too-long", "Nội dung dài hơn 120 chữ. Hãy viết gọn lại."),
        (4, "0912", "bad-phone", "Điện thoại: Số điện thoại có 4 chữ số."),
        (4, "9.12E+08", "lost-digits", "Excel đã rút gọn số điện thoại"),
        (6, "x" * 251, "too-long", "Nội dung dài hơn 250 chữ."),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_the_others_are_taken(place, value, code, sentence, land):
    bad = list(("Phạm Văn Bình", "1986", "Văn phòng", "Kế toán", "0987654321", "", "", ""))
    bad[place] = value
    pending = prepared(land, LAN, tuple(bad), ("Lê Văn Nam", "1987", "Văn phòng", *[""] * 5))
    one = judge(pending).rows[1]
    assert (one.code, one.is_taken) == (code, False)
    assert sentence in " ".join(one.sentences)
    assert counts(confirm_import(pending, by=SETUP)) == (2, 0, 0, 1)
    assert not Person.objects.filter(name_folded__contains="binh").exists()
    [kept] = StaffImport.objects.get(pk=pending.pk).rows
    assert sentence in kept["faults"][0]["sentence"]


def test_a_new_person_comes_in_whole_with_the_means_at_home(land):  # B5, C9
    confirmed(land, LAN)
    person = Person.objects.get(full_name="Lê Thị Lan")
    assert (person.category, person.position, person.lodging) == ("public_employee", "Văn thư", "Ngõ 2")
    assert person.home_working.has_internet is True
    assert person.account is None


def test_two_rows_for_one_person_of_the_register_update_once_and_ask_once(land):
    staff("Lê Thị Lan", land.office, birth_year=1985)
    pending = prepared(land, ("Lê Thị Lan", "3/9/1985", "VP", "", "0912345678", "", "", ""),
                       ("Lê Thị Lan", "1985", "VP", "", "0987654321", "", "", ""))  # fmt: skip
    first, second = judge(pending).rows
    assert (first.verdict, second.verdict) == (Verdict.UPDATE, Verdict.ASKS)
    assert "Hàng 2 của danh sách đã là người này" in second.sentences[0]


def test_between_the_preview_and_the_confirmation_the_register_may_have_changed(land):
    """The list is judged again when it is written: nobody is registered twice."""
    pending = prepared(land, LAN)
    assert judge(pending).rows[0].verdict is Verdict.NEW
    register_staff(by=SETUP, unit=land.office, full_name="Lê Thị Lan", personal_phone="0912345678", at=BEGAN)
    assert counts(confirm_import(pending, by=SETUP)) == (0, 1, 0, 0)
    assert Person.objects.filter(full_name="Lê Thị Lan").count() == 1


def test_somebody_who_left_is_not_brought_back_by_a_list(land):  # L3
    person = staff("Lê Thị Lan", land.office, personal_phone="0912345678")
    end_service(person, by=SETUP)
    pending = prepared(land, LAN)
    [one] = judge(pending).rows
    assert one.sentences == ["Trùng với người đã thôi thuộc cơ quan. Chọn “thêm mới” hoặc “bỏ qua”."]
    answer_import(pending, by=SETUP, units={}, rows={"0": NEW})
    assert counts(confirm_import(pending, by=SETUP)) == (1, 0, 0, 0)
    assert not person.memberships.not_over(clock.now()).exists()
    assert Person.objects.exclude(pk=person.pk).get(full_name="Lê Thị Lan").account is None


def test_a_list_moves_within_the_agency_and_leaves_alone_who_sits_deeper(land, people):
    """A list that writes only the agency does not take people out of their departments."""
    row = (people.staff.full_name, "", "Sở Khoa học và Công nghệ", "", "0912345678", "", "", "")
    [one] = judge(prepared(land, row)).rows
    assert (one.verdict, one.moves) == (Verdict.UNCHANGED, False)


def test_people_of_a_transfer_to_come_are_still_found_where_they_serve_today(land):
    person = staff("Lê Thị Lan", land.office, birth_year=1985, personal_phone="0912345678")
    transfer(person, by=SETUP, to=land.department, at=clock.now() + timedelta(days=9))
    [one] = judge(prepared(land, LAN)).rows
    assert (one.person, one.moves) == (person, False)


@pytest.mark.parametrize("verb", [confirm_import, start_import, drop_import])
def test_what_is_over_a_day_is_gone_and_says_so(verb, land):
    pending = prepared(land, LAN)
    purge_imports(by=SETUP, at=clock.now() + timedelta(hours=24, seconds=1))
    with pytest.raises(Conflict) as refused:
        verb(pending, by=SETUP)
    assert refused.value.sentence.startswith("Danh sách này đã được nhập, đã bỏ hoặc đã quá một ngày.")
    assert AuditEntry.objects.filter(verb="organisation.purge_staff_import").count() == 1


@pytest.mark.parametrize(("hours", "purged"), [(23, 0), (24, 0), (25, 1)])
def test_what_was_read_is_kept_a_day_and_no_longer(hours, purged, land):  # L3
    prepared(land, LAN)
    assert purge_imports(by=SETUP, at=clock.now() + timedelta(hours=hours)) == purged


def test_a_dropped_list_leaves_nothing_behind_but_that_it_was_there(land):
    pending = prepared(land, LAN)
    before = register()
    drop_import(pending, by=SETUP)
    pending.refresh_from_db()
    assert (pending.rows, pending.answers, pending.rows_read) == (None, None, 1)
    assert register() == before


def test_an_answer_about_a_department_helps_only_its_own_agency(land, people):  # D13
    rows = [("Lê Thị Lan", "1985", "Phòng Máy", *[""] * 5)]
    pending = prepared(land, *rows)
    answer_import(pending, by=SETUP, units={judge(pending).unknown_units[0].key: land.department}, rows={})
    assert not judge(prepared(land, *rows)).unknown_units
    assert judge(prepared(land, *rows, into=land.institute)).unknown_units
    assert UnitAlias.objects.get().agency == land.bureau


def test_an_answer_can_be_taken_back_before_the_confirmation(land, people):
    pending = prepared(land, (people.staff.full_name, "", "Văn phòng", *[""] * 5))
    answer_import(pending, by=SETUP, units={}, rows={"0": NEW})
    pending = answer_import(pending, by=SETUP, units={}, rows={"0": ""})
    assert judge(pending).rows[0].verdict is Verdict.ASKS


def test_the_lists_that_wait_are_shown_to_those_who_keep_that_register(land, people):  # D13
    mine, theirs = prepared(land, LAN), prepared(land, LAN, into=land.institute)
    post(people.researcher, land.institute, "office")
    assert list(lists_waiting_for(actor(people.office))) == [mine]
    assert list(lists_waiting_for(actor(people.researcher))) == [theirs]
    assert set(lists_waiting_for(actor(people.administrator))) == {mine, theirs}
    assert not lists_waiting_for(actor(people.superior))


def test_a_list_for_a_unit_of_another_agency_is_refused_before_it_is_read(land):
    listing = Accepted("ds.xlsx", Kind.XLSX, b"", "0" * 64, sheets=(Sheet("DS", (HEAD, LAN)),))
    with pytest.raises(Refusal) as refused:
        prepare_import(listing, by=SETUP, agency=land.bureau, unit=land.commune)
    assert (refused.value.code, refused.value.field) == ("unit-elsewhere", "unit")
    assert not StaffImport.objects.exists()


def test_the_questions_to_the_database_do_not_grow_with_the_list(land, django_assert_max_num_queries):
    for number in range(30):
        staff(f"Lê Văn {chr(65 + number)}a", land.office, birth_year=1985)
    short = prepared(land, LAN)
    long = prepared(land, *((f"Lê Văn {chr(65 + n)}a", "1985", "VP", "Kế toán", *[""] * 4) for n in range(26)))
    judge(short)
    with django_assert_max_num_queries(16):
        assert judge(long).counts[Verdict.UPDATE] == 26
