"""The pages on which measures are confirmed, decided, listed, taken back and set against each other (A6, A7, D6)."""

import re
from datetime import date, timedelta

import pytest

from taicho.directives.actions.measures import record_relation, withdraw
from taicho.directives.models import Measure, MeasureRelation, OfficeDecision, Withdrawal
from taicho.directives.rules.kinds import KINDS
from tests.directives.papers import cap, clause_of, letter
from tests.organisation.land import SETUP

pytestmark = pytest.mark.django_db
LIST, DECIDE = "/bien-phap", "/quyet-dinh-cua-co-quan/moi"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(measure, more=""):
    return f"{LIST}/{measure.key}{more}"


def confirming(document, path="1", kind="trial.cap"):
    return f"/van-ban-den/{document.key}/bien-phap?muc={path}&loai={kind}"


def sent(land, **changes):
    start = {"p_max_pct": "50", "force": "require", "scope": str(land.bureau.key), "from_day": "17/11/2026"}
    return {name: value for name, value in (start | changes).items() if value is not None}


def test_clause_kind_and_parameters_are_chosen_one_after_the_other(enter, people, land):  # A6
    document = letter(land)
    desk = enter(people.office)
    first = desk.get(f"/van-ban-den/{document.key}/bien-phap")
    assert "Chọn một mục của văn bản" in words(first)
    second = desk.get(f"/van-ban-den/{document.key}/bien-phap?muc=4/-3")
    assert "Mục này đặt ra việc gì? mục 4, ý thứ 3" in words(second)
    third = desk.get(confirming(document, "4/-3"))
    assert {"p_max_pct", "scope", "from_day", "force"} <= set(third.context["form"].fields)
    assert not Measure.objects.exists()


def test_the_form_proposes_the_days_the_clause_writes_and_the_whole_agency(enter, people, land):  # A6
    document = letter(land)
    clause = clause_of(document)
    clause.text = "Từ ngày 17/11/2026 đến hết ngày 02/12 bố trí tối đa 50%."
    clause.save()
    form = enter(people.office).get(confirming(document)).context["form"]
    assert (form["from_day"].value(), form["until_day"].value()) == ("17/11/2026", "02/12/2026")
    assert form["scope"].value() == [land.bureau.key]


def test_a_confirmed_measure_stands_beside_its_clause_with_days_and_words(enter, people, land):  # A6
    document = letter(land)
    desk = enter(people.office)
    answer = desk.post(confirming(document), sent(land, p_binding="on", until_day="2/12/2026"))
    assert answer["Location"] == f"/van-ban-den/{document.key}/bien-phap"
    measure = Measure.objects.get()
    assert (measure.params, measure.force) == ({"max_pct": 50, "binding": True}, "require")
    assert (measure.from_day, measure.until_day) == (date(2026, 11, 17), date(2026, 12, 2))
    assert (measure.confirmed_by, measure.clause.path) == (people.office.key, "1")
    assert "đã xác nhận tối đa tại cơ quan max_pct: 50 · binding" in words(desk.get(answer["Location"]))


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"p_max_pct": "150"}, "p_max_pct", "số nằm ngoài khoảng cho phép"), ({"p_max_pct": "năm mươi"}, "p_max_pct", "Nhập một số"),
        ({"scope": None}, "scope", ""), ({"force": "maybe"}, "force", ""), ({"from_day": "31/2/2026"}, "from_day", ""),
        ({"until_day": "1/11/2026"}, None, "Ngày hết hiệu lực không được trước ngày bắt đầu"),
    ],
)  # fmt: skip
def test_a_wrong_form_says_where_keeps_what_was_typed_and_confirms_nothing(enter, people, land, wrong, field, sentence):
    page = enter(people.office).post(confirming(letter(land)), sent(land, **wrong))
    assert page.status_code == 400
    assert set(page.context["form"].errors) == {field or "__all__"}
    assert sentence in words(page)
    assert page.context["form"]["p_max_pct"].value() == wrong.get("p_max_pct", "50")
    assert not Measure.objects.exists()


def test_another_agency_cannot_be_put_into_the_scope(enter, people, land):  # B2
    page = enter(people.office).post(confirming(letter(land)), sent(land, scope=str(land.commune.key)))
    assert page.status_code == 400
    assert not Measure.objects.exists()


def test_what_only_the_office_decides_is_not_offered_for_a_clause(enter, people, land):  # D6
    document = letter(land)
    page = enter(people.office).get(f"/van-ban-den/{document.key}/bien-phap?muc=1")
    offered = {kind.name for kind in page.context["kinds"]}
    assert offered == {name for name, kind in KINDS.items() if not kind.by_office}
    by_office = next(name for name, kind in KINDS.items() if kind.by_office)
    assert "form" not in enter(people.office).get(confirming(document, kind=by_office)).context


def test_kinds_stand_in_the_order_of_the_vietnamese_alphabet(enter, people, land):  # ux.md 8
    page = enter(people.office).get(f"/van-ban-den/{letter(land).key}/bien-phap?muc=1")
    labels = [str(kind.label) for kind in page.context["kinds"]]
    assert labels.index("báo cáo") < labels.index("cổng") < labels.index("đi lại")
    assert labels.index("đi lại") < labels.index("Giữ liên lạc, có mặt khi triệu tập")


@pytest.mark.parametrize(
    ("role", "answer"),
    [
        ("office", 200),
        ("leader", 200),
        ("staff", 403),
        ("head", 403),
        ("guard", 403),
        ("researcher", 404),
        ("superior", 404),
    ],
)
def test_who_confirms(enter, people, land, role, answer):  # A6, B2
    document = letter(land)
    browser = enter(getattr(people, role))
    assert browser.get(confirming(document)).status_code == answer
    posted = browser.post(confirming(document), sent(land))
    assert posted.status_code == (302 if answer == 200 else answer)
    assert Measure.objects.exists() is (answer == 200)


def test_the_leader_decides_what_no_document_states_and_every_screen_says_so(enter, people, land):  # D6
    desk = enter(people.leader)
    assert "số người tối đa tại cơ quan" in words(desk.get(DECIDE))
    form = {
        "p_mode": "consent",
        "subject": "Đi lại cuối tuần",
        "reason": "Tỉnh bạn có dịch",
        "scope": str(land.bureau.key),
    }
    answer = desk.post(f"{DECIDE}?loai=trial.trip", form | {"from_day": "20/11/2026"})
    measure = Measure.objects.get()
    assert answer["Location"] == at(measure)
    decision = OfficeDecision.objects.get()
    assert (decision.decided_by, decision.decided_as, decision.reason) == (
        people.leader.key, "Giám đốc Sở", "Tỉnh bạn có dịch",
    )  # fmt: skip
    assert "Không văn bản nào nêu con số này; cơ quan tự quyết định." in words(desk.get(at(measure)))
    assert "quyết định của cơ quan: Đi lại cuối tuần" in words(desk.get(LIST))


@pytest.mark.parametrize("missing", ["reason", "subject", "from_day"])
def test_a_decision_says_what_about_why_and_from_when(enter, people, land, missing):  # D6
    form = {
        "p_mode": "consent",
        "subject": "Đi lại",
        "reason": "Dịch",
        "scope": str(land.bureau.key),
        "from_day": "20/11/2026",
    }
    page = enter(people.leader).post(f"{DECIDE}?loai=trial.trip", form | {missing: " "})
    assert page.status_code == 400
    assert set(page.context["form"].errors) == {missing}
    assert not OfficeDecision.objects.exists()


@pytest.mark.parametrize("role", ["office", "staff", "head", "superior"])
def test_nobody_else_decides_for_the_office_or_takes_a_measure_back(enter, people, land, role):  # D6, B2
    measure = cap(land)
    browser = enter(getattr(people, role))
    decided = browser.post(f"{DECIDE}?loai=trial.trip", {"p_mode": "free"})
    assert decided.status_code in (403, 404)
    taken = browser.post(at(measure, "/rut"), {"reason": "x"})
    assert taken.status_code == (404 if role == "superior" else 403)
    assert not (OfficeDecision.objects.exists() or Withdrawal.objects.exists())


def test_the_leader_takes_a_measure_back_with_a_reason_that_stays_readable(enter, people, land):  # A6
    measure = cap(land)
    desk = enter(people.leader)
    assert "Biện pháp hết hiệu lực ngay khi lưu." in words(desk.get(at(measure, "/rut")))
    assert desk.post(at(measure, "/rut"), {"reason": " "}).status_code == 400
    assert desk.post(at(measure, "/rut"), {"reason": "Đọc nhầm mục"})["Location"] == at(measure)
    page = words(desk.get(at(measure)))
    assert "đã rút" in page
    assert "Đã rút 10h00, 20/11/2026. Lý do: Đọc nhầm mục" in page
    again = desk.post(at(measure, "/rut"), {"reason": "Lần nữa"})
    assert again.status_code == 400
    assert "Biện pháp này đã được rút." in words(again)
    assert Withdrawal.objects.get().withdrawn_by == people.leader.key


def test_a_replacement_is_recorded_on_the_page_of_the_newer_measure(enter, people, land):  # A7
    old, new = cap(land, params={"max_pct": 30}), cap(land, number="61")
    desk = enter(people.office)
    offered = desk.get(at(new, "/thay-the")).context["form"].fields["what"].queryset
    assert list(offered) == [old]
    answer = desk.post(at(new, "/thay-the"), {"what": str(old.key), "kind": "replaces"})
    assert answer["Location"] == at(new)
    assert "thay thế, bãi bỏ Công văn 61/VP-HC-QT" in words(desk.get(at(old))).replace("Thay thế", "thay thế")
    assert MeasureRelation.objects.get().recorded_by == people.office.key


def test_a_replacement_that_may_not_be_is_refused_on_the_page(enter, people, land):  # A7
    old, request = cap(land), cap(land, number="61", force="request")
    page = enter(people.office).post(at(request, "/thay-the"), {"what": str(old.key), "kind": "replaces"})
    assert page.status_code == 400
    assert "Chỉ văn bản của cùng cơ quan hoặc cấp trên" in words(page)
    assert not MeasureRelation.objects.exists()


def test_neither_itself_nor_another_kind_nor_one_taken_back_is_offered_for_replacement(enter, people, land):  # A7
    new, other_kind, gone = cap(land), cap(land, number="61", kind="trial.trip", params={}), cap(land, number="62")
    withdraw(gone, by=SETUP, reason="Nhầm")
    desk = enter(people.office)
    assert not desk.get(at(new, "/thay-the")).context["form"].fields["what"].queryset.exists()
    for wrong in (new, other_kind, gone):
        assert desk.post(at(new, "/thay-the"), {"what": str(wrong.key), "kind": "replaces"}).status_code == 400


def test_the_list_shows_what_holds_on_the_day_asked_with_counts_by_state(enter, people, land):  # A7
    cap(land, until_day=date(2026, 11, 22))
    cap(land, number="61", from_day=date(2026, 12, 1))
    desk = enter(people.staff)
    page = desk.get(LIST)
    counts = {choice.label: choice.count for choice in page.context["choices"]}
    assert counts == {"Đang có hiệu lực": 1, "Sắp có": 1, "Sắp hết": 1, "Đã hết": 0}
    assert "còn 2 ngày" in words(page)
    later = desk.get(LIST, {"ngay": "1/12/2026"})
    assert [row.reason.source for row in later.context["rows"]] == ["Công văn 61/VP-HC-QT"]
    ended = desk.get(LIST, {"ngay": "2026-12-01", "tt": "ended"})
    assert [row.reason.source for row in ended.context["rows"]] == ["Công văn 58/VP-HC-QT"]


@pytest.mark.parametrize(
    "asked", [{"tt": "x"}, {"ngay": "hôm qua kia"}, {"ngay": "99/99/9999"}, {"tt": "\0", "ngay": "\0"}]
)
def test_an_address_nobody_understands_shows_today(enter, people, land, asked):
    cap(land)
    page = enter(people.staff).get(LIST, asked)
    assert page.status_code == 200
    assert len(page.context["rows"]) == 1


def test_an_agency_without_measures_is_told_how_to_begin(enter, people, land):
    assert "Không có biện pháp nào ở mục này. Vào sổ một văn bản" in words(enter(people.staff).get(LIST))


def test_a_contradiction_stands_above_the_list_with_both_clauses_and_no_choice_of_the_machine(
    enter, people, land
):  # A7
    cap(land, params={"max_pct": 80})
    cap(land, number="61", params={"min_home": 90})
    page = words(enter(people.staff).get(LIST))
    assert "Các văn bản nói khác nhau về cùng một việc" in page
    assert "Số tối đa thấp hơn số phải có mặt." in page
    assert "Hệ thống không tự chọn." in page
    assert page.index("58/VP-HC-QT") < page.index("Biện pháp và tham số")


def test_a_milder_letter_is_asked_about_until_a_replacement_is_recorded(enter, people, land):  # A7
    old = cap(land, params={"max_pct": 30}, issued_on=date(2026, 11, 10))
    new = cap(land, number="61", issued_on=date(2026, 11, 18))
    asked = "Văn bản mới nhẹ hơn có thay thế không?"
    assert asked in words(enter(people.staff).get(LIST))
    assert at(new, "/thay-the") not in enter(people.staff).get(LIST).content.decode()
    assert at(new, "/thay-the") in enter(people.office).get(LIST).content.decode()
    record_relation(new, by=SETUP, kind="replaces", what=old)
    assert asked not in words(enter(people.staff).get(LIST))


@pytest.mark.parametrize(
    ("role", "answer"), [("staff", 200), ("guard", 200), ("researcher", 404), ("superior", 404), ("stranger", 404)]
)
def test_a_measure_is_read_by_everyone_it_binds_and_nobody_else(enter, people, land, role, answer):  # B2
    assert enter(getattr(people, role)).get(at(cap(land))).status_code == answer


def test_days_moved_in_a_drill_show_the_written_ones_beside_them(enter, people, land, settings):  # D14
    settings.TAICHO_DRILL = True
    measure = cap(land, from_day=date(2021, 2, 17), until_day=date(2021, 3, 2), shift_weeks=300)
    page = words(enter(people.staff).get(at(measure)))
    moved = measure.from_day
    assert moved == date(2021, 2, 17) + timedelta(weeks=300)
    assert f"{moved.day:02}/{moved.month:02}/{moved.year}" in page.replace("/9/", "/09/").replace("/8/", "/08/")
    assert "dời 300 tuần; bản gốc: 17/02/2021" in page
