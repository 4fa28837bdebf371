"""A staff list comes in: read, asked about, confirmed, written, purged (B5, C9; ux.md 14; trust.md S-08)."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from taicho.kernel import clock
from taicho.kernel.intake import Accepted, Kind, Sheet
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.background_import import write_confirmed_list
from taicho.organisation.actions.import_staff import (
    answer_import,
    confirm_import,
    drop_import,
    prepare_import,
    purge_imports,
    start_import,
)
from taicho.organisation.actions.staff import end_service, state_home_working
from taicho.organisation.actions.units import rename_unit
from taicho.organisation.enums import PostRole, StaffCategory
from taicho.organisation.models import HomeWorkingMeans, Person, StaffImport, UnitAlias
from taicho.organisation.queries.staff_import import NEW, SKIP, Verdict, agencies_kept_by, judge
from tests.organisation.land import BEGAN, SETUP, actor, post, staff

HEAD = ("Họ và tên", "Ngày sinh", "Phòng", "Chức vụ", "SĐT")


def listing(*rows, head=HEAD):
    """A list as intake hands it over."""
    return Accepted("ds.xlsx", Kind.XLSX, b"", "0" * 64, sheets=(Sheet("DS", (head, *rows)),))


def prepared(land, *rows, by=SETUP, **more):
    return prepare_import(listing(*rows, **more), by=by, agency=land.bureau)


def confirmed(land, *rows, **more):
    return confirm_import(prepared(land, *rows, **more), by=SETUP)


def verdicts(pending):
    return [one.verdict for one in judge(pending).rows]


LAN = ("Lê Thị Lan", "03/9/1985", "Văn phòng", "Văn thư", "0912345678")


def test_reading_a_list_writes_nobody_into_the_register(land):
    before = Person.objects.count()
    pending = prepared(land, LAN)
    assert verdicts(pending) == [Verdict.NEW]
    assert Person.objects.count() == before
    assert pending.is_waiting


def test_what_was_read_lies_sealed_in_the_database(land):
    pending = prepared(land, LAN)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT rows, file_name FROM organisation_staffimport WHERE id = %s", [pending.pk])
        stored = b"".join(bytes(column) for column in cursor.fetchone())
    assert b"Lan" not in stored
    assert b"0912345678" not in stored


def test_a_confirmed_list_registers_people_through_the_registers_own_actions(land):  # B5
    before = AuditEntry.objects.latest("pk").pk
    pending = confirmed(land, LAN)
    person = Person.objects.get(full_name="Lê Thị Lan")
    assert (person.birth_date, person.personal_phone, person.home_unit) == (date(1985, 9, 3), "0912345678", land.office)
    assert (pending.added, pending.refused, pending.taken) == (1, 0, 1)
    assert NewsItem.objects.filter(kind__endswith="StaffRegistered").count() >= 1
    verbs = list(AuditEntry.objects.filter(pk__gt=before).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "organisation.prepare_staff_import", "organisation.register_staff", "organisation.confirm_staff_import",
    ]  # fmt: skip


def test_confirming_twice_writes_once(land):
    pending = prepared(land, LAN)
    confirm_import(pending, by=SETUP)
    confirm_import(pending, by=SETUP)
    assert Person.objects.filter(full_name="Lê Thị Lan").count() == 1


def test_a_later_list_updates_and_an_empty_cell_erases_nothing(land):
    confirmed(land, LAN)
    later = ("LÊ THỊ LAN", "1985", "VP", None, "0987654321")
    pending = confirmed(land, later)
    person = Person.objects.get(name_folded="le thi lan")
    assert (pending.added, pending.updated) == (0, 1)
    assert (person.full_name, person.birth_date, person.position) == ("Lê Thị Lan", date(1985, 9, 3), "Văn thư")
    assert person.personal_phone == "0987654321"


def test_a_corrected_day_of_birth_replaces_the_old_one_of_the_same_mobile(land):
    confirmed(land, LAN)
    confirmed(land, ("Lê Thị Lan", "04/9/1986", "Văn phòng", None, "0912345678"))
    assert Person.objects.get(name_folded="le thi lan").birth_date == date(1986, 9, 4)


def test_another_department_moves_a_person_and_the_preview_says_so(land):
    staff("Lê Thị Lan", land.office, birth_date=date(1985, 9, 3))
    pending = prepared(land, ("Lê Thị Lan", "03/9/1985", "P. Tổng hợp", None, None))
    assert "Chuyển từ Văn phòng sang Phòng Tổng hợp." in judge(pending).rows[0].sentences
    assert confirm_import(pending, by=SETUP).moved == 1
    assert Person.objects.get(name_folded="le thi lan").home_unit == land.department


def test_a_list_never_takes_a_post_away_from_its_holder(land, people):
    pending = confirmed(land, (people.guard.full_name, None, "Phòng Tổng hợp", "Bảo vệ", None), head=HEAD)
    assert pending.moved == 0
    assert people.guard.posts.in_force(clock.now()).exists()


def test_the_same_name_elsewhere_without_anything_else_is_asked_about(land, people):
    pending = prepared(land, (people.staff.full_name, None, "Văn phòng", None, None))
    [one] = judge(pending).rows
    assert (one.verdict, one.candidates) == (Verdict.ASKS, (people.staff,))


@pytest.mark.parametrize(
    ("answer", "added", "updated", "refused"), [("person", 0, 1, 0), (NEW, 1, 0, 0), (SKIP, 0, 0, 1), ("", 0, 0, 1)]
)
def test_the_answer_decides_who_an_asking_row_is(land, people, answer, added, updated, refused):
    pending = prepared(land, (people.staff.full_name, None, "Văn phòng", "Kế toán", None))
    chosen = str(people.staff.key) if answer == "person" else answer
    answer_import(pending, by=SETUP, units={}, rows={"0": chosen})
    pending = confirm_import(pending, by=SETUP)
    assert (pending.added, pending.updated, pending.refused) == (added, updated, refused)


def test_the_key_of_somebody_who_was_not_asked_about_answers_nothing(land, people):
    pending = prepared(land, (people.staff.full_name, None, "Văn phòng", "Kế toán", None))
    answer_import(pending, by=SETUP, units={}, rows={"0": str(people.stranger.key)})
    assert verdicts(pending.__class__.objects.get(pk=pending.pk)) == [Verdict.ASKS]


def test_an_unknown_department_is_asked_once_per_name_and_remembered(land):
    rows = [("Lê Thị Lan", 1985, "Phòng Máy", None, None), ("Lê Văn Nam", 1986, "phòng  máy", None, None)]
    pending = prepared(land, *rows)
    [unknown] = judge(pending).unknown_units
    assert (unknown.written, unknown.rows) == ("Phòng Máy", 2)
    answer_import(pending, by=SETUP, units={unknown.key: land.department}, rows={})
    assert verdicts(pending) == [Verdict.NEW, Verdict.NEW]
    assert UnitAlias.objects.get().unit == land.department
    assert not judge(prepared(land, *rows)).unknown_units


def test_an_answer_cannot_name_a_unit_of_another_agency(land):
    pending = prepared(land, LAN)
    with pytest.raises(Refusal, match="không thuộc cơ quan"):
        answer_import(pending, by=SETUP, units={"x": land.institute}, rows={})


def test_a_department_is_found_under_the_name_it_had_before(land):
    rename_unit(land.department, by=SETUP, seen=land.department.version, name="Phòng Kế hoạch", on=clock.today())
    assert verdicts(prepared(land, ("Lê Thị Lan", 1985, "Phòng Tổng hợp", None, None))) == [Verdict.NEW]


def test_people_of_another_agency_are_neither_matched_nor_told(land, people):  # trust.md A9
    pending = prepared(land, (people.researcher.full_name, None, "Văn phòng", None, None))
    assert verdicts(pending) == [Verdict.NEW]


def test_somebody_who_has_left_is_asked_about(land, people):
    end_service(people.staff, by=SETUP)
    assert verdicts(prepared(land, (people.staff.full_name, None, "Phòng Tổng hợp", None, None))) == [Verdict.ASKS]


def test_a_row_without_department_is_refused_and_a_director_belongs_to_the_agency(land):
    pending = prepared(
        land, LAN, ("Lê Văn Nam", 1986, "Văn phòng", None, None), ("Lê Văn An", 1970, None, "Phó Giám đốc Sở", None),
        ("Lê Văn Bình", 1971, None, "Chuyên viên", None),
    )  # fmt: skip
    director, nobody = judge(pending).rows[2:]
    assert (director.verdict, director.unit) == (Verdict.NEW, land.bureau)
    assert (nobody.verdict, nobody.code) == (Verdict.REFUSED, "no-unit")


def test_home_working_means_are_kept_and_unknown_stays_unknown(land):  # C9
    head = ("Họ và tên", "Phòng", "Máy tính tại nhà", "Internet tại nhà")
    confirmed(land, ("Lê Thị Lan", "VP", "Có", "Không"), ("Lê Văn Nam", "VP", None, "Có"), head=head)
    means = HomeWorkingMeans.objects.get(person__full_name="Lê Văn Nam")
    assert (means.has_computer, means.has_internet) == (None, True)
    state_home_working(means.person, by=SETUP, has_computer=True)
    assert (
        confirmed(land, ("Lê Văn Nam", "VP", None, "Có"), ("Lê Thị Lan", "VP", "Có", "Không"), head=head).unchanged == 2
    )


def test_category_and_party_membership_are_two_facts(land):  # B5
    head = ("Họ và tên", "Phòng", "Đối tượng")
    confirmed(land, ("Lê Thị Lan", "VP", "Viên chức, đảng viên"), head=head)
    person = Person.objects.get(full_name="Lê Thị Lan")
    assert (person.category, person.party_member) == (StaffCategory.PUBLIC_EMPLOYEE, True)


def test_the_commune_of_lodging_is_recognised_and_decides_which_station_is_told(land):  # B5
    head = ("Họ và tên", "Phòng", "Nơi cư trú", "Nơi lưu trú")
    confirmed(land, ("Lê Thị Lan", "VP", "Số 1, phố A", "Số 2, Phường Ngọc Hà, Thành phố Hà Nội"), head=head)
    person = Person.objects.get(full_name="Lê Thị Lan")
    assert person.residence_division == ""
    assert person.staying_in == person.lodging_division != ""


def test_after_the_confirmation_only_what_was_left_is_kept_and_a_day_later_nothing(land):
    pending = confirmed(land, LAN, ("Lê Văn Nam", "31/02/1985", "Văn phòng", None, None))
    assert [row["facts"]["full_name"] for row in pending.rows] == ["Lê Văn Nam"]
    assert purge_imports(by=SETUP) == 0
    assert purge_imports(by=SETUP, at=clock.now() + timedelta(hours=25)) == 1
    pending.refresh_from_db()
    assert (pending.rows, pending.refused) == (None, 1)


def test_a_list_that_was_dropped_or_purged_cannot_be_confirmed(land):
    pending = prepared(land, LAN)
    drop_import(pending, by=SETUP)
    for step in (start_import, confirm_import, drop_import):
        with pytest.raises(Conflict):
            step(pending, by=SETUP)
    assert not Person.objects.filter(full_name="Lê Thị Lan").exists()


def test_a_file_without_a_list_is_refused_with_what_to_do(land):
    with pytest.raises(Refusal, match="Họ và tên") as refused:
        prepared(land, ("Điện", 12, None, None, None), head=("Số liệu", "Tháng 9", None, None, None))
    assert refused.value.code == "no-staff-list"


def test_a_list_over_the_limit_is_refused(land, monkeypatch):
    monkeypatch.setattr("taicho.organisation.actions.import_staff.MOST_ROWS", 1)
    with pytest.raises(Refusal, match="chia thành nhiều tệp"):
        prepared(land, LAN, ("Lê Văn Nam", 1986, "VP", None, None))


@pytest.fixture
def long_list(land, people, monkeypatch):
    """A list over the limit for writing at once, confirmed by the office."""
    monkeypatch.setattr("taicho.organisation.actions.import_staff.WRITTEN_AT_ONCE", 0)
    pending = prepared(land, LAN, by=actor(people.office))
    return start_import(pending, by=actor(people.office))


def test_a_long_list_is_written_in_the_background_by_whoever_confirmed_it(long_list, people):
    assert long_list.is_under_way
    assert not Person.objects.filter(full_name="Lê Thị Lan").exists()
    write_confirmed_list(str(long_list.key))
    write_confirmed_list(str(long_list.key))
    long_list.refresh_from_db()
    assert (long_list.added, long_list.confirmed_by) == (1, people.office.key)


def test_a_long_list_goes_back_when_its_confirmer_has_lost_the_right(long_list, people):
    from taicho.organisation.actions.posts import end_post

    end_post(people.office.posts.get(), by=SETUP, at=clock.now())
    write_confirmed_list(str(long_list.key))
    long_list.refresh_from_db()
    assert long_list.is_waiting
    assert "Văn phòng" in long_list.stopped_because
    assert not Person.objects.filter(full_name="Lê Thị Lan").exists()


def test_the_office_keeps_its_own_agency_and_the_administrator_all_below(land, people):
    assert set(agencies_kept_by(actor(people.office), clock.today())) == {land.bureau}
    assert {land.bureau, land.institute, land.commune} <= set(
        agencies_kept_by(actor(people.administrator), clock.today())
    )
    assert not agencies_kept_by(actor(people.staff), clock.today())


def test_a_list_is_seen_by_those_who_keep_the_register_of_its_agency(land, people):
    pending = prepared(land, LAN)
    seen = [
        name
        for name, person in vars(people).items()
        if StaffImport.objects.visible_to(actor(person)).filter(pk=pending.pk)
    ]
    assert set(seen) == {"office", "administrator"}


def test_progress_is_told_to_the_end(land):
    told = []
    confirm_import(
        prepared(land, *[(f"Lê Văn {w}", 1985, "VP", None, None) for w in "An Bình Chi".split()]),
        by=SETUP,
        tell=told.append,
    )
    assert told[-1] == 3


@pytest.mark.usefixtures("people")
def test_every_title_row_of_the_sheet_of_errors_can_be_opened(land, client, people):
    post(people.leader, land.bureau, PostRole.OFFICE)
    pending = prepared(land, ("=cmd|' /C calc'!A0", "31/02/1985", "Văn phòng", "@SUM(1)", "123"))
    from taicho.kernel.intake.exports import write_sheet
    from taicho.organisation.rules.staff_sheet import ReadRow
    from taicho.organisation.rules.staff_sheet.papers import errors_as_table

    header, rows = errors_as_table([ReadRow.from_json(kept) for kept in pending.rows])
    sheet = openpyxl.load_workbook(io.BytesIO(write_sheet(rows, header=header))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell.value for cell in cells if cell.data_type == "f" or str(cell.value)[0] in "=@"]
    assert pending.prepared_at > BEGAN
