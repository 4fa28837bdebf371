"""The guided merger on the page: what it asks, what it refuses, what it shows before anything is written (B1, D15)."""

from datetime import date

import pytest

from taicho.organisation.actions.posts import delegate
from taicho.organisation.actions.units import end_unit
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models import Post, Unit
from tests.organisation.browsing import at
from tests.organisation.land import BEGAN, NOW, SETUP, actor, post, staff, unit
from tests.organisation.page_parts import above, choices, facts, filled, links, page_of, rows, sheet, trail, wrong
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401
from tests.organisation.traces import questions, traces

NAME = "Phòng Hành chính – Tổng hợp"


@pytest.fixture
def admin(things, people, enter):
    """The administrator of the province."""
    return enter(people.administrator)


@pytest.fixture
def sent(things):
    """What the browser sends to merge the two departments of the Sở."""
    return {
        "units": [str(things.office.key), str(things.department.key)], "existing": "", "name": NAME, "symbol": "HCTH",
        "identifier": "", "on": "01/12/2026", "document": "15/QĐ-UBND",
    }  # fmt: skip


def heads_both(things, people):
    """A head for the second department too; returns both posts."""
    second = post(people.office, things.office, PostRole.CHIEF_OF_OFFICE, accountable_head=True)
    return Post.objects.get(person=people.head), second


def nothing_happened(things, left):
    return (
        not Unit.objects.filter(valid_to__isnull=False).exists()
        and not Unit.objects.filter(name=NAME).exists()
        and (left.verbs, left.news) == ([], [])
    )


def test_a_unit_without_sub_units_says_so_instead_of_showing_an_empty_form(admin, things):
    page = page_of(admin.get(at("merger", things.department)))
    main = page.one("main")
    assert "chưa có đơn vị cấp dưới nào đang hoạt động nên không có gì để sáp nhập" in main.text
    assert "“Phòng Tổng hợp”" in main.text
    assert links(main)["Về trang đơn vị"] == at("unit", things.department)
    assert not {"units", "on", "document"} & set(filled(page))


def test_sub_units_that_have_ended_or_will_end_are_none_to_merge(admin, things):
    one = unit("Tổ Một", things.department, UnitKind.DEPARTMENT)
    end_unit(one, by=SETUP, last_day=date(2026, 12, 31))
    page = page_of(admin.get(at("merger", things.department)))
    assert "không có gì để sáp nhập" in page.one("main").text


def test_nothing_can_be_sent_to_merge_where_there_is_nothing(admin, things, sent):
    with traces() as left:
        answer = admin.post(at("merger", things.department), sent | {"xac-nhan": "1"})
    assert answer.status_code == 400
    assert nothing_happened(things, left)


@pytest.mark.parametrize("step", ["choose", "preview", "without sub-units"])
def test_every_step_of_the_merger_has_its_trail(step, admin, things, sent):  # look
    of = things.department if step == "without sub-units" else things.bureau
    answer = admin.post(at("merger", of), sent) if step == "preview" else admin.get(at("merger", of))
    assert trail(page_of(answer))[-2:] == [(of.name, True), ("Sáp nhập", False)]
    assert trail(page_of(answer))[0] == ("Cơ cấu", True)


def test_the_first_step_offers_the_sub_units_of_today_to_end_and_to_take_in(admin, things):
    page = page_of(admin.get(at("merger", things.bureau)))
    boxes = [label.text for label in page.all("label") if label.one("input", name="units")]
    assert boxes == ["Văn phòng", "Phòng Tổng hợp", "Trung tâm Ứng dụng"]
    assert choices(page, "existing") == ["— Lập đơn vị mới —", *boxes]
    assert page.one("li", "step", aria_current="step").text == "Chọn đơn vị"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Nhập tên đơn vị mới hoặc chọn đơn vị đang có."),
        ({"on": "01/01/2026"}, "units", "“Văn phòng” không tồn tại vào ngày này."),
        ({"on": "30/02/2027"}, "on", "Không có ngày 30: tháng 2 năm 2027 có 28 ngày."),
        ({"existing": "office"}, "existing", "Đơn vị tiếp nhận không được nằm trong đơn vị sẽ kết thúc."),
        ({"units": ["office"], "name": "văn phòng"}, "units", "Chọn các đơn vị sẽ sáp nhập."),
        ({"document": ""}, "document", None),
        ({"units": []}, "units", None),
    ],
    ids=[
        "no name",
        "on their first day",
        "no such day",
        "into itself",
        "one into its own name",
        "no paper",
        "no units",
    ],
)
def test_a_merger_that_cannot_be_planned_is_told_at_its_field(changes, field, sentence, admin, things, sent):
    for name in ("existing", "units"):
        if name in changes:
            keys = {"office": str(things.office.key)}
            value = changes[name]
            changes = changes | {name: keys[value] if isinstance(value, str) else [keys[one] for one in value]}
    with traces() as left:
        answer = admin.post(at("merger", things.bureau), sent | changes)
    page = page_of(answer)
    assert answer.status_code == 400
    assert list(wrong(page)) == [field]
    assert sentence is None or wrong(page) == {field: sentence}
    kept = {name: value for name, value in filled(page).items() if name in sent}
    assert kept == sent | changes | {"units": kept["units"]}
    assert set(kept["units"]) == set((sent | changes)["units"])
    assert nothing_happened(things, left)


def test_a_unit_of_another_branch_cannot_be_slipped_into_the_merger(admin, things, sent):  # D13, S-04
    for foreign in (things.commune, things.elsewhere, things.bureau):
        with traces() as left:
            answer = admin.post(at("merger", things.bureau), sent | {"units": [str(foreign.key)], "xac-nhan": "1"})
        assert list(wrong(page_of(answer))) == ["units"]
        assert nothing_happened(things, left)


def test_the_preview_tells_what_ends_who_decides_and_what_changes_hands(admin, things, people, sent):
    held = Post.objects.get(person=people.head)
    delegate(
        held, by=actor(people.head, BEGAN), to=people.staff, matters="Ký", document="1/GUQ", at=BEGAN,
        until=NOW.replace(year=2027),
    )  # fmt: skip
    unit("Tổ Lưu trữ", things.office, UnitKind.DEPARTMENT)
    with traces() as left:
        page = page_of(admin.post(at("merger", things.bureau), sent))
    lines = [
        (line.one("b").text, line.one(css="tree-note").text) for line in sheet(page, "Đơn vị").all("div", "tree-line")
    ]
    assert lines == [(NAME, "gộp: Văn phòng + Phòng Tổng hợp"), ("Tổ Lưu trữ", "theo đơn vị cấp trên")]
    assert facts(sheet(page, "Cùng thay đổi")) == [
        ("Người theo đơn vị", "5"), ("Đơn vị kết thúc", "3"), ("Ủy quyền hết hiệu lực", "1"),
        ("Ban, tổ dừng hoạt động", "0"), ("Địa điểm bàn giao", "0"),
    ]  # fmt: skip
    decisions = rows(sheet(page, "Chức vụ: kết thúc hay tiếp tục"))
    assert {row[0]: row[1] for row in decisions}["Lê Minh Quân"] == "Trưởng phòng · người đứng đầu Phòng Tổng hợp"
    assert filled(page)[f"post-{held.key}"] == ["ket-thuc"]
    assert nothing_happened(things, left)


def test_two_heads_are_refused_on_the_preview_with_every_decision_still_chosen(admin, things, people, sent):  # B3
    first, second = heads_both(things, people)
    kept = Post.objects.get(person=people.guard)
    decisions = {f"post-{one.key}": "tiep-tuc" for one in (first, second, kept)}
    with traces() as left:
        answer = admin.post(at("merger", things.bureau), sent | decisions | {"xac-nhan": "1"})
    page = page_of(answer)
    assert answer.status_code == 400
    assert above(page) == [f"“{NAME}” sẽ có hai người đứng đầu. Hãy chọn một người tiếp tục giữ chức vụ."]
    assert {name: filled(page)[name] for name in decisions} == {name: ["tiep-tuc"] for name in decisions}
    assert page.one("li", "step", aria_current="step").text == "Xem trước và quyết định"
    assert (filled(page)["name"], filled(page)["document"]) == (NAME, "15/QĐ-UBND")
    assert nothing_happened(things, left)


def test_after_the_refusal_one_changed_decision_is_enough(admin, things, people, sent):  # B3
    first, second = heads_both(things, people)
    decisions = {f"post-{first.key}": "tiep-tuc", f"post-{second.key}": "ket-thuc"}
    assert admin.post(at("merger", things.bureau), sent | decisions | {"xac-nhan": "1"}).status_code == 302
    [head] = Post.objects.filter(unit__name=NAME, accountable_head=True)
    assert (head.person, head.decision) == (people.head, "15/QĐ-UBND")
    second.refresh_from_db()
    assert second.ends_at is not None


def test_a_name_that_a_remaining_sibling_bears_is_refused_when_confirmed_and_nothing_is_half_written(
    admin, things, sent
):
    with traces() as left:
        answer = admin.post(at("merger", things.bureau), sent | {"name": "trung tâm ứng dụng", "xac-nhan": "1"})
    page = page_of(answer)
    assert above(page) == ["Trong cùng đơn vị cấp trên đã có đơn vị mang tên này. Hãy chọn tên khác."]
    assert page.one("input", name="name").attrs["type"] == "text"
    assert nothing_happened(things, left)


def test_the_new_unit_may_take_the_name_of_one_that_ends(admin, things, sent):  # D15
    assert admin.post(at("merger", things.bureau), sent | {"name": "Văn phòng", "xac-nhan": "1"}).status_code == 302
    old, new = Unit.objects.filter(name="Văn phòng").order_by("valid_from")
    assert (old.valid_to, new.valid_from) == (date(2026, 11, 30), date(2026, 12, 1))


def test_a_malformed_identifier_is_told_at_its_field_and_the_merger_waits(admin, things, sent):  # QĐ 20/2020
    with traces() as left:
        answer = admin.post(at("merger", things.bureau), sent | {"identifier": "15", "xac-nhan": "1"})
    page = page_of(answer)
    assert wrong(page)["identifier"].startswith("Mã định danh không đúng.")
    assert (filled(page)["name"], filled(page)["identifier"]) == (NAME, "15")
    assert nothing_happened(things, left)


def test_who_chooses_again_after_the_preview_finds_everything_as_it_was_typed(admin, things, sent):
    with traces() as left:
        page = page_of(admin.post(at("merger", things.bureau), sent | {"chon-lai": "1"}))
    assert {name: value for name, value in filled(page).items() if name in sent} == sent
    assert page.one("li", "step", aria_current="step").text == "Chọn đơn vị"
    assert nothing_happened(things, left)


def test_a_department_taken_in_by_another_leaves_that_one_as_it_was(admin, things, people, sent):
    into = sent | {"units": [str(things.office.key)], "existing": str(things.department.key), "name": ""}
    page = page_of(admin.post(at("merger", things.bureau), into))
    badges = [badge.text for badge in sheet(page, "Đơn vị").all(css="badge")]
    assert badges == ["giữ nguyên"]
    answer = admin.post(at("merger", things.bureau), into | {"xac-nhan": "1"})
    assert answer.headers["Location"] == at("unit", things.department)
    assert Unit.objects.get(pk=things.department.pk).valid_to is None


def test_only_the_administrator_merges_and_the_foreigner_finds_nothing(things, people, enter, sent):  # S-01, D13
    for who, status in (("leader", 403), ("office", 403), ("head", 403), ("villager", 404), ("stranger", 404)):
        with traces() as left:
            answer = enter(getattr(people, who)).post(at("merger", things.bureau), sent | {"xac-nhan": "1"})
        assert answer.status_code == status, who
        assert nothing_happened(things, left)


def test_the_preview_asks_as_few_questions_however_many_people_hold_posts(
    admin, things, people, sent, django_assert_max_num_queries
):
    few = questions(admin, at("merger", things.bureau), sent)
    for number in range(15):
        post(staff(f"Người {number}", things.office), things.office, PostRole.CLERK)
    with django_assert_max_num_queries(few):
        page = page_of(admin.post(at("merger", things.bureau), sent))
    assert len(rows(sheet(page, "Chức vụ: kết thúc hay tiếp tục"))) == 18
