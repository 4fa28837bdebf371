"""Standing bodies on their pages: composing, members and fields, kiện toàn, kích hoạt lại, standing down (B2)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from taicho.kernel.audit import proves
from taicho.kernel.refusals import Conflict, NotPermitted, Refusal
from taicho.organisation.actions.saving import keep
from taicho.organisation.actions.standing_bodies import (
    Seat,
    reactivate_body,
    recompose_body,
    set_up_body,
    stand_down_body,
)
from taicho.organisation.actions.units import end_unit
from taicho.organisation.enums import BodyFunction, PostRole
from taicho.organisation.models import Activation, BodyMember, Composition, StandingBody
from tests.organisation.browsing import at
from tests.organisation.land import BEGAN, NOW, SETUP, START, actor, staff, unit
from tests.organisation.page_parts import above, facts, filled, links, page_of, rows, sheet, trail, wrong
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401
from tests.organisation.traces import questions, traces

HOUR = timedelta(hours=1)
PAPER = {"decision": "20/QĐ-SKHCN", "decided_on": "20/11/2026"}
TEAM = {"kind": "support_team", "name": "Tổ giúp việc"}


def seats(*lines):
    """What the browser sends for the list of members: name, function, field."""
    filled_in = {"seats-TOTAL_FORMS": str(len(lines)), "seats-INITIAL_FORMS": "0"}
    for number, (name, function, portfolio) in enumerate(lines):
        line = {"person": name, "function": function, "portfolio": portfolio}
        filled_in |= {f"seats-{number}-{field}": value for field, value in line.items()}
    return filled_in


TWO = seats(("Đặng Thị Hồng", "head", ""), ("Lê Minh Quân", "member", "Hậu cần"))


@pytest.fixture
def leader(things, people, enter):
    """The director of the Sở."""
    return enter(people.leader)


def shown(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return page_of(answer)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", None),
        ({"name": "x" * 201}, "name", None),
        ({"kind": "committee"}, "kind", None),
        ({"decision": ""}, "decision", None),
        ({"decided_on": "hôm kia kìa"}, "decided_on", "Không đọc được ngày. Ghi ngày, tháng, năm, ví dụ 03/9/2021."),
    ],
)
def test_a_wrong_line_of_the_decision_is_told_and_the_members_stay_typed(changes, field, sentence, leader, things):
    sent = TEAM | PAPER | TWO | changes
    with traces() as left:
        answer = leader.post(at("new-body", things.bureau), sent)
    page = page_of(answer)
    assert (answer.status_code, list(wrong(page))) == (400, [field])
    assert sentence is None or wrong(page)[field] == sentence
    assert {name: value for name, value in filled(page).items() if name in sent and name != field} == {
        name: value for name, value in sent.items() if name != field
    }
    assert (left.verbs, left.news) == ([], [])
    assert StandingBody.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([("Đặng Thị Hồng", "member", "")], "Chọn đúng một người đứng đầu tổ chức."),
        ([("Đặng Thị Hồng", "head", ""), ("Lê Minh Quân", "head", "")], "Chọn đúng một người đứng đầu tổ chức."),
        ([], "Chọn đúng một người đứng đầu tổ chức."),
        (
            [("Đặng Thị Hồng", "head", ""), ("dang thi hong", "member", "")],
            "Người này đã có trong danh sách thành viên.",
        ),
    ],
    ids=["no head", "two heads", "nobody", "one person twice"],
)
def test_a_list_of_members_that_cannot_be_is_refused_whole(lines, sentence, leader, things):
    sent = TEAM | PAPER | seats(*lines)
    with traces() as left:
        answer = leader.post(at("new-body", things.bureau), sent)
    assert answer.status_code == 400
    assert above(page_of(answer)) == [sentence]
    assert {name: value for name, value in filled(page_of(answer)).items() if name in sent} == sent
    assert StandingBody.objects.count() == 1
    assert (left.verbs, left.news, BodyMember.objects.count()) == ([], [], 2)


@pytest.mark.parametrize("name", ["Y Blô Niê", "Không Có Ai", "Lê Minh Quân, Văn phòng"])
def test_a_member_who_is_not_found_is_named_in_the_line_where_the_name_stands(name, leader, things):  # D13
    sent = TEAM | PAPER | seats(("Đặng Thị Hồng", "head", ""), (name, "member", ""))
    page = page_of(leader.post(at("new-body", things.bureau), sent))
    cell = page.one("input", name="seats-1-person").parent.parent
    assert cell.one(css="field-error").text == f"Không có ai tên “{name}” trong phạm vi của đồng chí."
    assert page.one("title").text.startswith("Lỗi: ")


def test_a_body_of_a_name_that_the_unit_already_has_is_recomposed_instead(leader, things):
    answer = leader.post(at("new-body", things.bureau), TEAM | PAPER | TWO | {"name": "Sở\u200b  Chỉ huy"})
    assert above(page_of(answer)) == ["Đơn vị đã có tổ chức mang tên này. Hãy kiện toàn hoặc kích hoạt lại tổ chức đó."]


def test_a_unit_that_has_ended_sets_up_nothing(things):
    over = end_unit(unit("Tổ tạm", things.bureau), by=SETUP, last_day=date(2026, 10, 31))
    with pytest.raises(Refusal) as refused:
        set_up_body(by=SETUP, unit=over, kind="command_post", name="Sở", decision="1", decided_on=START, seats=[])
    assert refused.value.code == "unit-not-in-force"


def test_the_page_lists_members_by_rank_then_by_ten_with_the_field_they_answer_for(things, people, enter):  # B2, B3
    seated = [
        Seat(people.staff, BodyFunction.MEMBER, "Truyền thông"), Seat(people.guard, BodyFunction.MEMBER),
        Seat(people.office, BodyFunction.SECRETARY), Seat(people.head, BodyFunction.STANDING_DEPUTY, "Hậu cần"),
        Seat(people.leader, BodyFunction.HEAD),
    ]  # fmt: skip
    recompose_body(things.body, by=SETUP, decision="20/QĐ", decided_on=date(2026, 11, 1), seats=seated)
    page = shown(enter(people.staff), at("body", things.body))
    assert rows(sheet(page, "Thành viên"))[0][0] == "Đặng Thị Hồng Trưởng ban"
    assert [(row[0], row[1]) for row in rows(sheet(page, "Thành viên"))][1:] == [
        ("Lê Minh Quân Phó Trưởng ban thường trực", "Hậu cần"), ("Trần Đức Lộc Thư ký", "–"),
        ("Phạm Văn Đạt Thành viên", "–"), ("Nguyễn Thị Lan Thành viên", "Truyền thông"),
    ]  # fmt: skip
    assert sheet(page, "Thành viên").one(css="sheet-note").text == "20/QĐ, 01/11/2026"
    assert facts(sheet(page, "Thành phần trước")) == [("01/01/2026 – 20/11/2026", "12/QĐ")]
    assert trail(page) == [("Ban, tổ chỉ đạo", True), ("Sở Chỉ huy", False)]


def test_the_form_for_kien_toan_starts_from_the_members_of_today(leader, things):  # B2
    page = shown(leader, at("recompose-body", things.body))
    there = filled(page)
    assert [there[f"seats-{n}-person"] for n in range(3)] == ["Đặng Thị Hồng", "Lê Minh Quân", ""]
    assert (there["seats-0-function"], there["seats-1-portfolio"]) == ("head", "Hậu cần")
    assert links(page)["Thôi"] == at("body", things.body)


def test_a_body_that_works_is_stood_down_and_one_that_rests_is_activated(leader, things):
    working = links(shown(leader, at("body", things.body)))
    stand_down_body(things.body, by=SETUP, document="Thông báo 5")
    resting = links(shown(leader, at("body", things.body)))
    assert ("Dừng hoạt động" in working, "Kích hoạt lại" in working) == (True, False)
    assert ("Dừng hoạt động" in resting, "Kích hoạt lại" in resting) == (False, True)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("stand-down-body", "Tổ chức này đang không hoạt động."),
        ("activate-body", "Tổ chức này đang hoạt động trong thời gian đó."),
    ],
)
def test_standing_down_twice_or_starting_twice_is_refused_and_the_paper_stays_typed(page, sentence, leader, things):
    if page == "stand-down-body":
        stand_down_body(things.body, by=SETUP, document="Thông báo 5")
    with traces() as left:
        answer = leader.post(at(page, things.body), {"document": "Công điện 3"})
    assert above(page_of(answer)) == [sentence]
    assert filled(page_of(answer))["document"] == "Công điện 3"
    assert (left.verbs, left.news) == ([], [])


def test_a_step_on_a_body_names_its_paper(leader, things):
    for page in ("stand-down-body", "activate-body"):
        for document in ("", " ", "x" * 201):
            assert list(wrong(page_of(leader.post(at(page, things.body), {"document": document})))) == ["document"]


def test_a_body_without_a_composition_in_force_is_not_activated(things):
    stand_down_body(things.body, by=SETUP, document="1", at=NOW - HOUR)
    Composition.objects.update(ends_at=NOW - HOUR)
    with pytest.raises(Refusal) as refused:
        reactivate_body(things.body, by=SETUP, document="2")
    assert refused.value.code == "no-members"


def test_a_body_does_not_end_at_the_instant_it_began(things):
    with pytest.raises(Conflict) as refused:
        stand_down_body(things.body, by=SETUP, document="1", at=BEGAN)
    assert refused.value.sentence == "Thời điểm kết thúc phải sau thời điểm bắt đầu."
    assert Activation.objects.get().ends_at is None


def test_the_database_seats_one_head_and_keeps_one_composition_at_a_time(things, people):
    now = Composition.objects.get(body=things.body)
    for broken, sentence in (
        (BodyMember(composition=now, person=people.staff, function="head"), "Mỗi tổ chức chỉ có một người đứng đầu."),
        (BodyMember(composition=now, person=people.head), "Người này đã có trong danh sách thành viên."),
        (
            Composition(body=things.body, decision="2", decided_on=START, starts_at=NOW, ends_at=NOW + HOUR),
            "Tổ chức này đã có thành phần trong thời gian đó.",
        ),
        (
            Composition(body=things.body, decision="2", decided_on=START, starts_at=BEGAN - HOUR, ends_at=BEGAN - HOUR),
            "Thời điểm kết thúc phải sau thời điểm bắt đầu.",
        ),
    ):
        with pytest.raises(Conflict) as refused:
            keep(broken)
        assert refused.value.sentence == sentence


def test_the_old_composition_holds_until_the_very_instant_the_new_one_begins(things, people):
    recompose_body(things.body, by=SETUP, decision="2", decided_on=START, seats=[Seat(people.staff, "head")], at=NOW)
    held = [[c.role for c in actor(people.head, at).capacities] for at in (NOW - timedelta.resolution, NOW)]
    assert [PostRole.COMMAND_POST in roles for roles in held] == [True, False]


def test_nobody_seats_oneself_but_those_who_sit_by_office(things, people):  # trust.md A11
    facts = {"decision": "2", "decided_on": START, "at": NOW}
    with pytest.raises(NotPermitted):
        recompose_body(things.body, by=actor(people.office), seats=[Seat(people.office, "head")], **facts)
    assert Composition.objects.get(body=things.body).ends_at is None
    recompose_body(things.body, by=actor(people.leader), seats=[Seat(people.leader, "head")], **facts)


def test_each_step_stands_in_the_trail_of_the_unit_and_is_told_once(things, people):  # L4
    who = actor(people.leader)
    with traces() as left:
        stand_down_body(things.body, by=who, document="TB 5", at=NOW - HOUR)
        reactivate_body(things.body, by=who, document="CĐ 3", at=NOW)
        recompose_body(things.body, by=who, decision="2/QĐ", decided_on=START, seats=[Seat(people.head, "head")])
        made = set_up_body(
            by=who, unit=things.bureau, kind="subcommittee", name="Tiểu ban", decision="3/QĐ", decided_on=START,
            seats=[Seat(people.leader, "head")],
        )  # fmt: skip
    assert left.verbs == ["stand_down_body", "reactivate_body", "recompose_body", "set_up_body"]
    assert {entry.unit for entry in left.entries} == {things.bureau.key}
    assert proves(left.entries[0], {"document": "TB 5"})
    assert proves(left.entries[2], {"decision": "2/QĐ", "members": [str(people.head.key)]})
    kinds = ["StandingBodyStoodDown", "StandingBodyReactivated", "StandingBodyRecomposed", "StandingBodySetUp"]
    assert [name for name, _ in left.news] == kinds
    assert left.news[3][1] == {"body": str(made.key), "unit": str(things.bureau.key)}


def test_the_body_above_sees_the_seats_without_names_and_the_foreigner_nothing(things, people, enter):  # trust.md A9
    page = shown(enter(people.superior), at("body", things.body))
    assert [row[0] for row in rows(sheet(page, "Thành viên"))] == [
        "Không hiện tên Trưởng ban",
        "Không hiện tên Thành viên",
    ]
    for who in (people.villager, people.stranger):
        assert enter(who).get(at("body", things.body)).status_code == 404
        assert enter(who).post(at("stand-down-body", things.body), {"document": "1"}).status_code == 404
    assert Activation.objects.get().ends_at is None


def test_the_list_has_those_at_work_first_and_only_those_one_sees(things, people, enter):
    for number, of in enumerate((things.bureau, things.commune)):
        body = set_up_body(
            by=SETUP, unit=of, kind="subcommittee", name=f"Ban {number}", decision="1", decided_on=START, at=BEGAN,
            seats=[Seat(people.staff, "head")],
        )  # fmt: skip
        stand_down_body(body, by=SETUP, document="1", at=datetime(2026, 2, 1, tzinfo=UTC))
    page = shown(enter(people.staff), at("bodies"))
    assert rows(page.one("main")) == [
        ["Sở Chỉ huy Sở Chỉ huy · Sở Khoa học và Công nghệ", "đang hoạt động"],
        ["Ban 0 Tiểu ban · Sở Khoa học và Công nghệ", "đã dừng"],
    ]


def test_a_body_of_thirty_is_shown_in_as_few_questions_as_one_of_two(
    things, people, enter, django_assert_max_num_queries
):
    browser = enter(people.staff)
    few = questions(browser, at("body", things.body))
    many = [Seat(staff(f"Người {number}", things.department)) for number in range(29)]
    recompose_body(things.body, by=SETUP, decision="2", decided_on=START, seats=[Seat(people.leader, "head"), *many])
    with django_assert_max_num_queries(few):
        page = shown(browser, at("body", things.body))
    assert len(rows(sheet(page, "Thành viên"))) == 30
