"""Forms about people: every bad value gets its sentence at its field, nothing typed is lost, nothing is half written (B5)."""

import pytest

from taicho.kernel.models import AuditEntry, NewsItem
from taicho.organisation.models import HomeWorkingMeans, Person, StaffMembership
from tests.organisation.browsing import at
from tests.organisation.land import SETUP
from tests.organisation.reading import typed, wrong

WHOLE = {
    "full_name": "Ngô Thùy Linh", "birth_year": "1987", "birth_date": "9/3/1987", "category": "worker",
    "party_member": "True", "position": "Kế toán", "official_phone": "0220 385 1234", "personal_phone": "0912 345 678",
    "email": "linh@minhgiang.gov.vn", "residence": "Số 1, phố A", "residence_division": "00001",
    "lodging": "Ngõ 2", "lodging_division": "00004", "work_room": "",
}  # fmt: skip
NOT_OFFERED, NOT_LISTED = "Chọn một mục trong danh sách.", "Chọn một mục trong danh sách."
BAD_VALUES = [
    ("full_name", "", "Hãy điền mục này."),
    ("full_name", "   ", "Hãy điền mục này."),
    ("full_name", "a" * 101, "Viết tối đa 100 ký tự"),
    ("birth_year", "1850", "Năm sinh 1850 không hợp lý. Kiểm tra lại, ghi đủ bốn chữ số."),
    ("birth_year", "2020", "Năm sinh 2020 không hợp lý."),
    ("birth_year", "87", "Năm sinh 87 không hợp lý."),
    ("birth_year", "40000", "Năm sinh 40000 không hợp lý."),
    ("birth_year", "-1", "Năm sinh -1 không hợp lý."),
    ("birth_year", "tám bảy", "Ghi năm sinh bằng bốn chữ số, ví dụ 1985."),
    ("birth_year", "1990", "Năm sinh không khớp với ngày sinh."),
    ("birth_date", "31/02/1987", "Không có ngày 31: tháng 2 năm 1987 có 28 ngày."),
    ("birth_date", "3/9/2024", "Năm sinh 2024 không hợp lý."),
    ("birth_date", "9/30/1987", "30/9/1987"),
    ("birth_date", "không nhớ", "Không đọc được ngày"),
    ("category", "general", NOT_OFFERED),
    ("party_member", "maybe", NOT_OFFERED),
    ("position", "x" * 121, "Viết tối đa 120 ký tự"),
    ("official_phone", "0912", "Số điện thoại có 4 chữ số."),
    ("official_phone", "19009095", "Đây là số tổng đài, không phải số của một người."),
    ("personal_phone", "0112345678", "Đầu số 011 không còn dùng hoặc không có."),
    ("personal_phone", "+1 212 555 0100", "Đây là số nước ngoài."),
    ("personal_phone", "0912345678/0987654321", "Mỗi ô ghi một số"),
    ("email", "linh@", "Địa chỉ thư điện tử không đúng, ví dụ đúng: ten@coquan.gov.vn."),
    ("residence", "x" * 251, "Viết tối đa 250 ký tự"),
    ("lodging_division", "123456789", "Không có xã, phường nào là “123456789”."),
    ("work_room", "00000000-0000-4000-8000-000000000000", NOT_LISTED),
    ("work_room", "phòng 5", NOT_LISTED),
]


@pytest.fixture
def untouched(db):
    """Counts of everything a verb writes; the test ends with the same counts."""

    def counted():
        kinds = (Person, StaffMembership, HomeWorkingMeans, AuditEntry, NewsItem)
        return [kind.objects.count() for kind in kinds]

    return counted


@pytest.mark.parametrize(("name", "value", "sentence"), BAD_VALUES, ids=lambda x: str(x)[:24])
def test_a_bad_value_is_answered_at_its_field_and_everything_typed_stays(
    name, value, sentence, things, people, enter, untouched
):
    before = untouched()
    sent = WHOLE | {name: value}
    answer = enter(people.office).post(at("new-person", things.department), sent)
    assert answer.status_code == 400
    [at_field] = wrong(answer)[name]
    assert sentence in at_field
    assert set(wrong(answer)) == {name}
    kept = typed(answer)
    if name in ("category", "party_member", "work_room"):
        assert kept.pop(name) == ""
    assert {field: text.strip() for field, text in kept.items()} == {k: sent[k].strip() for k in kept}
    assert untouched() == before


def test_every_bad_field_of_one_form_is_named_at_once_and_counted(things, people, enter):
    answer = enter(people.office).post(
        at("new-person", things.department), WHOLE | {"full_name": "", "email": "x", "birth_date": "hôm nay"}
    )
    assert set(wrong(answer)) == {"full_name", "email", "birth_date"}
    assert "Có 3 chỗ cần sửa" in answer.content.decode()


def test_the_whole_form_is_kept_as_it_was_meant(things, people, enter):
    assert enter(people.office).post(at("new-person", things.department), WHOLE).status_code == 302
    person = Person.objects.get(full_name="Ngô Thùy Linh")
    assert (person.official_phone, person.personal_phone) == ("02203851234", "0912345678")
    assert (person.birth_date.isoformat(), person.birth_year) == ("1987-03-09", 1987)
    assert (person.category, person.party_member, person.staying_in) == ("worker", True, "00004")
    assert person.home_unit == things.department


def test_what_the_register_knows_stands_in_the_form_as_people_write_it(things, people, enter):
    browser = enter(people.office)
    browser.post(at("new-person", things.department), WHOLE)
    kept = typed(browser.get(at("edit-person", Person.objects.get(full_name="Ngô Thùy Linh"))))
    assert kept["birth_date"] == "09/3/1987"
    assert (kept["category"], kept["party_member"], kept["version"]) == ("worker", "True", "1")
    assert kept["personal_phone"] == "0912345678"


def test_saving_a_form_unchanged_changes_no_version(things, people, enter):
    browser = enter(people.office)
    address = at("edit-person", people.staff)
    sent = {name: value for name, value in typed(browser.get(address)).items() if name != "q"}
    assert browser.post(address, sent).status_code == 302
    assert Person.objects.get(pk=people.staff.pk).version == people.staff.version


@pytest.mark.parametrize("version", ["", "0", "abc"])
def test_a_form_without_the_version_it_was_made_from_writes_nothing(version, things, people, enter):
    sent = WHOLE | {"version": version}
    assert enter(people.office).post(at("edit-person", people.staff), sent).status_code == 400
    assert Person.objects.get(pk=people.staff.pk).full_name == "Nguyễn Thị Lan"


@pytest.mark.parametrize("name", ["ж" * 100, "ß" * 100, "漢" * 100, "\u1f88" * 100])
def test_a_long_name_in_letters_of_another_script_is_kept_and_found(name, things, people, enter):
    """Such letters grow in the keys for sorting and searching; that is no reason to fail."""
    answer = enter(people.office).post(at("new-person", things.department), WHOLE | {"full_name": name})
    assert answer.status_code == 302
    assert Person.objects.filter(full_name=name).exists()


def test_a_name_of_nothing_visible_is_no_name(things, people, enter):
    answer = enter(people.office).post(at("new-person", things.department), WHOLE | {"full_name": "\u200b\u200b"})
    assert answer.status_code == 400
    assert "Nhân viên phải có họ tên" in str(wrong(answer))
    assert typed(answer)["position"] == "Kế toán"


MOVES = [
    ({}, "to", "Hãy điền mục này."),
    ({"to": "0"}, "to", NOT_LISTED),
    ({"to": "elsewhere"}, "to", NOT_LISTED),
    ({"to": "office", "day": "19/11/2026"}, "day", "Chọn hôm nay hoặc một ngày sau hôm nay."),
    ({"to": "office", "day": "31/11/2026"}, "day", "Không có ngày 31: tháng 11 năm 2026 có 30 ngày."),
    ({"to": "office", "decision": "x" * 101}, "decision", "Viết tối đa 100 ký tự"),
    ({"to": "department"}, "to", "Người này đang thuộc chính đơn vị đó."),
]


@pytest.mark.parametrize(("sent", "name", "sentence"), MOVES)
def test_a_transfer_that_cannot_be_says_why_and_moves_nobody(sent, name, sentence, things, people, enter, untouched):
    before = untouched()
    sent = {"day": "", "decision": "12/QĐ"} | sent
    if hasattr(things, sent.get("to", "")):
        sent["to"] = str(getattr(things, sent["to"]).key)
    answer = enter(people.office).post(at("transfer", people.staff), sent)
    assert answer.status_code == 400
    assert sentence in " ".join(wrong(answer)[name])
    assert typed(answer)["decision"] == sent["decision"]
    assert typed(answer)["day"] == sent["day"]
    assert untouched() == before


@pytest.mark.parametrize(
    ("sent", "name", "sentence"),
    [
        ({"reason": ""}, "reason", "Hãy điền mục này."),
        ({"reason": "x" * 201}, "reason", "Viết tối đa 200 ký tự"),
        ({"reason": "nghỉ hưu", "day": "1/1/2026"}, "day", "Chọn hôm nay hoặc một ngày sau hôm nay."),
        ({"reason": "nghỉ hưu", "day": "khi nào xong"}, "day", "Không đọc được ngày"),
    ],
)
def test_an_end_of_service_without_reason_or_day_is_asked_about(sent, name, sentence, people, enter, untouched):
    before = untouched()
    answer = enter(people.office).post(at("end-service", people.staff), sent)
    assert sentence in " ".join(wrong(answer)[name])
    assert typed(answer)["reason"] == sent["reason"]
    assert untouched() == before


def test_before_leaving_and_moving_the_page_says_what_ends_with_it(people, enter):
    browser = enter(people.office)
    assert "Mọi chức vụ, ủy quyền đang có" in browser.get(at("transfer", people.staff)).content.decode()
    assert "Hồ sơ vẫn được giữ" in browser.get(at("end-service", people.staff)).content.decode()


def test_a_word_from_today_counts_from_now_so_that_a_post_begun_this_morning_ends_too(people, enter, time_machine):
    from taicho.organisation.actions.posts import appoint

    appoint(people.staff, by=SETUP, unit=people.staff.home_unit, role="clerk")
    time_machine.shift(60)
    answer = enter(people.office).post(at("end-service", people.staff), {"reason": "nghỉ hưu", "day": "hôm nay"})
    assert answer.status_code == 302
    assert people.staff.posts.get().ends_at is not None


OWN = {
    "personal_phone": "0912345678", "residence": "Số 1", "residence_division": "00001", "lodging": "Ngõ 3",
    "lodging_division": "", "has_computer": "True", "has_phone": "", "has_internet": "False", "note": "dùng chung",
    "version": "1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("personal_phone", "12", "Số điện thoại có 2 chữ số."),
        ("residence", "x" * 251, "Viết tối đa 250 ký tự"),
        ("note", "x" * 201, "Viết tối đa 200 ký tự"),
        ("has_internet", "có", NOT_OFFERED),
    ],
)
def test_what_a_person_states_wrongly_about_oneself_is_asked_again_whole(
    name, value, sentence, things, people, enter, untouched
):  # C9
    before = untouched()
    sent = OWN | {name: value}
    answer = enter(people.staff).post(at("state-own-details"), sent)
    assert answer.status_code == 400
    assert sentence in " ".join(wrong(answer)[name])
    kept = typed(answer)
    assert {k: v for k, v in kept.items() if k != "has_internet"} == {k: sent[k] for k in kept if k != "has_internet"}
    assert untouched() == before
