"""Forms about units: what each wrong entry is told, and that nothing typed is lost and nothing half written (B1)."""

from datetime import date

import pytest
from django.urls import reverse

from taicho.accounts.actions.first_start import invite_first_administrator
from taicho.organisation.actions.units import edit_unit, end_unit, rename_unit
from taicho.organisation.enums import UnitKind
from taicho.organisation.models import FormerUnitName, Unit
from tests.organisation.browsing import at
from tests.organisation.land import SETUP, unit
from tests.organisation.page_parts import above, choices, filled, links, page_of, trail, wrong
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401
from tests.organisation.traces import traces

NEW = {
    "kind": "department", "name": "Phòng Mới", "short_name": "PM", "symbol": "PM", "identifier": "H26.9",
    "level": "", "division": "", "valid_from": "01/12/2026",
}  # fmt: skip


@pytest.fixture
def admin(things, people, enter):
    """The administrator of the province."""
    return enter(people.administrator)


def send(admin, address, sent):
    """Send a form that must be refused; return the page that comes back, with what was typed still in it."""
    with traces() as left:
        answer = admin.post(address, sent)
    assert answer.status_code == 400
    assert (left.verbs, left.news) == ([], [])
    page = page_of(answer)
    assert page.one("title").text.startswith("Lỗi: ")
    assert {name: value for name, value in filled(page).items() if name in sent} == sent
    return page


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("identifier", "26,15", "Mã định danh không đúng. Nhập các nhóm chữ, số cách nhau bằng dấu chấm, ví dụ H26.15, 000.00.15.H26."),
        ("division", "0000", "Mã đơn vị hành chính gồm 2, 3 hoặc 5 chữ số, ví dụ 00004."),
        ("division", "x00004", "Mã đơn vị hành chính gồm 2, 3 hoặc 5 chữ số, ví dụ 00004."),
        ("valid_from", "31/11/2026", "Không có ngày 31: tháng 11 năm 2026 có 30 ngày."),
        ("valid_from", "12/2026", "Ngày còn để trống một phần. Ghi đủ ngày, tháng, năm, ví dụ 03/9/2021."),
        ("valid_from", "01/02/0026", "Năm 26 không hợp lý. Ghi năm đủ bốn chữ số, ví dụ 2021."),
        ("valid_from", "31/12/2025", "Đơn vị cấp trên không tồn tại vào ngày bắt đầu của đơn vị mới."),
    ],
)  # fmt: skip
def test_a_wrong_entry_for_a_new_unit_is_told_at_its_field(name, typed, sentence, admin, things):
    page = send(admin, at("new-unit", things.bureau), NEW | {name: typed})
    assert wrong(page) == {name: sentence}
    assert not Unit.objects.filter(name="Phòng Mới").exists()


@pytest.mark.parametrize("name", ["kind", "name", "valid_from"])
def test_a_new_unit_needs_kind_name_and_first_day(name, admin, things):
    page = send(admin, at("new-unit", things.bureau), NEW | {name: ""})
    assert list(wrong(page)) == [name]


@pytest.mark.parametrize(("name", "room"), [("name", 200), ("short_name", 80), ("symbol", 20)])
def test_a_text_as_long_as_its_field_is_taken_and_one_letter_more_is_refused(name, room, admin, things):
    assert admin.post(at("new-unit", things.bureau), NEW | {name: "Đ" * room}).status_code == 302
    page = send(admin, at("new-unit", things.bureau), NEW | {name: "Đ" * (room + 1), "identifier": "H26.10"})
    assert list(wrong(page)) == [name]


def test_a_name_taken_by_a_sibling_is_told_above_the_form_as_soon_as_it_is_sent(admin, things):
    page = send(admin, at("new-unit", things.bureau), NEW | {"name": "PHÒNG TỔNG HỢP"})
    assert above(page) == ["Trong cùng đơn vị cấp trên đã có đơn vị mang tên này. Hãy chọn tên khác."]


def test_a_level_that_is_none_today_cannot_be_chosen_and_the_words_of_the_list_are_those_of_today(admin, things):  # D4
    page = page_of(admin.get(at("new-unit", things.province)))
    assert choices(page, "level") == ["—", "Cấp tỉnh", "Cấp xã", "Thôn, tổ dân phố"]
    with traces() as left:
        answer = admin.post(at("new-unit", things.province), NEW | {"kind": "administration", "level": "district"})
    assert list(wrong(page_of(answer))) == ["level"]
    assert left.verbs == []


def test_the_form_for_a_sub_unit_offers_a_department_from_today(admin, things):
    page = page_of(admin.get(at("new-unit", things.bureau)))
    assert filled(page)["kind"] == "department"
    assert filled(page)["valid_from"] == "20/11/2026"
    assert links(page)["Thôi"] == at("unit", things.bureau)
    assert trail(page)[-2:] == [("Sở Khoa học và Công nghệ", True), ("Thêm đơn vị cấp dưới", False)]


def test_the_form_for_a_top_level_unit_chooses_no_kind_and_offers_no_department(admin):  # B1
    page = page_of(admin.get(reverse("organisation:new-top-unit")))
    assert filled(page)["kind"] == ""
    assert choices(page, "kind") == ["Chưa chọn", *(str(kind.label) for kind in UnitKind if kind.is_agency)]
    assert trail(page) == [("Cơ cấu", True), ("Thêm đơn vị", False)]


@pytest.mark.parametrize("kind", ["", "department", "hamlet", "ministry"])
def test_a_top_level_unit_is_an_agency_that_somebody_chose(kind, admin):
    with traces() as left:
        answer = admin.post(reverse("organisation:new-top-unit"), NEW | {"kind": kind, "name": "UBND tỉnh Mới"})
    assert answer.status_code == 400
    page = page_of(answer)
    assert list(wrong(page)) == ["kind"]
    assert filled(page)["name"] == "UBND tỉnh Mới"
    assert left.verbs == []
    assert kind or wrong(page)["kind"] == "Chọn loại đơn vị."


def test_the_first_administrator_who_is_nobody_yet_adds_the_first_unit(db, plain_door, client):  # L3
    account = invite_first_administrator(by=SETUP, reason="cài đặt lần đầu").account
    account.is_demo = True
    account.save()
    client.force_login(account)
    sent = NEW | {"kind": "agency", "name": "Sở Nội vụ", "valid_from": "1/1/2026"}
    assert client.post(reverse("organisation:new-top-unit"), sent).status_code == 302
    top = Unit.objects.get(name="Sở Nội vụ")
    assert (top.depth, top.is_agency, top.root_path) == (1, True, top.path)


@pytest.mark.parametrize("who", ["leader", "office", "head", "superior"])
def test_only_an_administrator_changes_the_structure_and_the_refusal_says_who(who, things, people, enter):  # S-01
    visitor = enter(getattr(people, who))
    seen = at("new-unit", things.bureau) if who != "superior" else at("new-unit", things.province)
    for address in (seen, reverse("organisation:new-top-unit")):
        with traces() as left:
            answer = visitor.post(address, NEW)
        assert answer.status_code == 403
        assert "Chỉ người quản trị" in page_of(answer).text
        assert left.verbs == []


FACTS = {"short_name": "TH", "symbol": "TH", "identifier": "H26.2", "level": "", "division": "00004", "version": "1"}


@pytest.mark.parametrize(
    ("name", "typed"), [("identifier", "=H26"), ("division", "4"), ("symbol", "X" * 21), ("level", "huyen")]
)
def test_a_wrong_correction_of_a_unit_changes_nothing_of_it(name, typed, admin, things):
    with traces() as left:
        answer = admin.post(at("edit-unit", things.department), FACTS | {name: typed})
    assert list(wrong(page_of(answer))) == [name]
    kept = Unit.objects.get(pk=things.department.pk)
    assert (kept.symbol, kept.identifier, kept.division, kept.version) == ("", "", "", 1)
    assert left.verbs == []


def test_a_unit_of_the_three_tiers_keeps_its_level_when_something_else_of_it_is_corrected(admin, things):  # D4, D15
    old = unit("UBND huyện Cũ", things.province, UnitKind.ADMINISTRATION)
    Unit.objects.filter(pk=old.pk).update(valid_from=date(2021, 5, 1), level="district")
    sent = filled(page_of(admin.get(at("edit-unit", old))))
    assert sent["level"] == "district"
    assert admin.post(at("edit-unit", old), sent | {"symbol": "HC"}).status_code == 302
    kept = Unit.objects.get(pk=old.pk)
    assert (kept.level, kept.symbol) == ("district", "HC")


def test_two_administrators_correct_one_unit_and_the_second_chooses_between_both(admin, things):  # ux.md 6
    edit_unit(things.department, by=SETUP, seen=1, symbol="THOP", short_name="TH")
    answer = admin.post(at("edit-unit", things.department), FACTS)
    assert answer.status_code == 409
    page = page_of(answer)
    differing = {row.one("th").text: [cell.text for cell in row.all("td")] for row in page.all("tr") if row.one("td")}
    assert differing == {
        "Ký hiệu văn bản": ["TH", "THOP"],
        "Mã định danh": ["H26.2", "(để trống)"],
        "Mã đơn vị hành chính": ["00004", "(để trống)"],
    }
    assert links(page)["Lấy bản kia"] == at("edit-unit", things.department)
    assert Unit.objects.get(pk=things.department.pk).symbol == "THOP"
    again = {name: value for name, value in filled(page).items() if name in FACTS}
    assert again == FACTS | {"version": "2"}
    assert admin.post(at("edit-unit", things.department), again).status_code == 302
    assert Unit.objects.get(pk=things.department.pk).symbol == "TH"


def test_who_saves_what_somebody_else_has_just_saved_is_told_so(admin, things):  # ux.md 6
    same = {name: value for name, value in FACTS.items() if name != "version"}
    edit_unit(things.department, by=SETUP, seen=1, **same)
    with traces() as left:
        answer = admin.post(at("edit-unit", things.department), FACTS)
    page = page_of(answer)
    assert (answer.status_code, left.verbs, filled(page)["symbol"]) == (400, [], "TH")
    assert above(page) == ["Người khác vừa lưu đúng nội dung này. Không còn gì để lưu."]


def test_an_edit_without_the_version_it_was_made_from_is_not_taken(admin, things):
    for version in ("", "0", "x"):
        answer = admin.post(at("edit-unit", things.department), FACTS | {"version": version})
        assert list(answer.context["form"].errors) == ["version"]
    assert Unit.objects.get(pk=things.department.pk).symbol == ""


RENAMED = {
    "name": "Phòng Kế hoạch",
    "short_name": "",
    "symbol": "",
    "on": "01/12/2026",
    "document": "9/QĐ",
    "version": "1",
}


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("on", "01/01/2026", "Ngày đổi tên phải sau ngày đơn vị bắt đầu và sau lần đổi tên trước."),
        ("on", "mùng 1 Tết", "Không đọc được ngày. Ghi ngày, tháng, năm, ví dụ 03/9/2021."),
        ("name", "Phòng Tổng hợp", "Tên mới giống tên đang dùng. Hãy nhập tên mới."),
    ],
)
def test_a_wrong_renaming_is_told_at_its_field_and_the_old_name_stays(name, typed, sentence, admin, things):
    page = send(admin, at("rename-unit", things.department), RENAMED | {name: typed})
    assert wrong(page) == {name: sentence}
    assert Unit.objects.get(pk=things.department.pk).name == "Phòng Tổng hợp"
    assert not FormerUnitName.objects.exists()


def test_two_administrators_rename_one_unit_and_the_second_sees_both_names(admin, things):  # ux.md 6
    rename_unit(things.department, by=SETUP, seen=1, on=date(2026, 12, 1), name="Phòng Tài vụ")
    answer = admin.post(at("rename-unit", things.department), RENAMED)
    assert answer.status_code == 409
    page = page_of(answer)
    assert [[cell.text for cell in row.all("td")] for row in page.all("tr") if row.one("td")] == [
        ["Phòng Kế hoạch", "Phòng Tài vụ"]
    ]
    assert (filled(page)["on"], filled(page)["document"]) == ("01/12/2026", "9/QĐ")
    assert Unit.objects.get(pk=things.department.pk).name == "Phòng Tài vụ"


@pytest.mark.parametrize(
    ("which", "last_day", "sentence"),
    [
        ("institute", "31/12/2025", "Ngày kết thúc của đơn vị không được trước ngày bắt đầu."),
        ("department", "31/12/2026", "Đơn vị còn người. Hãy điều chuyển hoặc cho thôi việc trước khi kết thúc."),
        ("bureau", "31/12/2026", "Đơn vị còn đơn vị cấp dưới. Hãy kết thúc hoặc sáp nhập các đơn vị đó trước."),
        ("elsewhere_below", "31/12/2026", "Đơn vị này đã kết thúc."),
    ],
)
def test_a_unit_that_cannot_end_says_why_and_goes_on(which, last_day, sentence, admin, things):
    if which == "elsewhere_below":
        things.elsewhere_below = end_unit(
            unit("Tổ tạm", things.bureau, UnitKind.DEPARTMENT), by=SETUP, last_day=date(2026, 2, 1)
        )
    if which == "institute":
        things.institute = unit("Trung tâm Trống", things.bureau)
    before = getattr(things, which).valid_to
    page = send(admin, at("end-unit", getattr(things, which)), {"last_day": last_day})
    assert sentence in [*above(page), *wrong(page).values()]
    assert Unit.objects.get(pk=getattr(things, which).pk).valid_to == before


def test_the_page_that_ends_a_unit_warns_first_what_it_takes(admin, things):
    page = page_of(admin.get(at("end-unit", things.department)))
    assert "Có đơn vị kế thừa thì dùng Sáp nhập" in page.one(css="state-waiting").text
    assert trail(page)[-1] == ("Kết thúc đơn vị", False)


def test_an_administrator_of_one_branch_finds_no_unit_of_another_tree(admin, things, people):  # D13
    for name in ("edit-unit", "rename-unit", "end-unit", "new-unit"):
        assert admin.post(at(name, things.elsewhere), NEW).status_code == 404
