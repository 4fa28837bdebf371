"""Ủy quyền (TUQ.) on the pages: in writing, for some matters, for a time, by the holder alone (B3; NĐ 30/2020, Điều 13)."""

from datetime import UTC, datetime, timedelta

import pytest

from taicho.kernel.models import AuditEntry
from taicho.organisation.actions.posts import appoint, delegate
from taicho.organisation.actions.staff import end_service, transfer
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Delegation, Post
from tests.organisation.browsing import at
from tests.organisation.land import BEGAN, NOW, SETUP, actor, post, staff
from tests.organisation.reading import facts, links, read, says, typed, wrong

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
PAPER = {"to": "Lê Minh Quân", "matters": "Ký báo cáo nhanh", "document": "5/GUQ", "last_day": "30/11/2026"}


@pytest.fixture
def send(things, people, enter):
    """Press the director's button."""
    browser = enter(people.leader)
    return lambda **more: browser.post(at("delegate", things.post), PAPER | more)


def given(things, people, **more):
    facts = {"at": BEGAN, "until": NOW + DAY, "matters": "Ký báo cáo nhanh", "document": "5/GUQ"} | more
    return delegate(things.post, by=actor(people.leader), **{"to": people.head} | facts)


BAD = [
    ({"to": ""}, "to", "Hãy điền mục này."),
    ({"to": "Không Có Ai"}, "to", "Không có ai tên “Không Có Ai” trong phạm vi của đồng chí."),
    ({"to": "Lê Minh Quân, Văn phòng"}, "to", "Không có ai tên"),
    ({"to": "Đặng Thị Hồng"}, "to", "Không có ai tên"),
    ({"to": "x" * 321}, "to", "tối đa 320"),
    ({"matters": ""}, "matters", "Hãy điền mục này."),
    ({"matters": "x" * 251}, "matters", "tối đa 250"),
    ({"document": ""}, "document", "Hãy điền mục này."),
    ({"document": "   "}, "document", "Hãy điền mục này."),
    ({"first_day": "19/11/2026"}, "first_day", "Chọn hôm nay hoặc một ngày sau hôm nay."),
    ({"last_day": ""}, "last_day", "Hãy điền mục này."),
    ({"last_day": "19/11/2026"}, "last_day", "Ngày kết thúc không được ở trước hôm nay."),
    ({"last_day": "31/11/2026"}, "last_day", "Không có ngày 31: tháng 11 năm 2026 có 30 ngày."),
    ({"first_day": "1/12/2026"}, "", "Thời điểm kết thúc phải sau thời điểm bắt đầu."),
]


@pytest.mark.parametrize(("more", "name", "sentence"), BAD)
def test_a_delegation_that_cannot_be_is_asked_again_whole(more, name, sentence, send):
    last = AuditEntry.objects.latest("pk").pk
    answer = send(**more)
    assert answer.status_code == 400
    assert sentence in " ".join(wrong(answer)[name])
    sent = {"first_day": ""} | PAPER | more
    assert typed(answer) == {field: text if text.strip() else typed(answer)[field] for field, text in sent.items()}
    assert not Delegation.objects.exists()
    assert not AuditEntry.objects.filter(pk__gt=last).exists()


def test_a_delegation_longer_than_the_post_is_refused_at_its_last_day(things, people, enter):
    held = appoint(people.leader, by=SETUP, unit=things.bureau, role=PostRole.COMMAND_POST, until=NOW + DAY, at=BEGAN)
    answer = enter(people.leader).post(at("delegate", held), PAPER | {"last_day": "30/11/2026"})
    assert wrong(answer) == {"last_day": ["Ủy quyền không được kéo dài hơn chức vụ."]}


def test_the_delegate_acts_from_midnight_of_the_first_day_until_midnight_after_the_last(people, send):
    assert send(first_day="21/11/2026", last_day="22/11/2026").status_code == 302
    instant = timedelta(microseconds=1)
    moments = (MIDNIGHT - instant, MIDNIGHT, MIDNIGHT + 2 * DAY - instant, MIDNIGHT + 2 * DAY)
    acts = [PostRole.LEADER in {c.role for c in actor(people.head, moment).capacities} for moment in moments]
    assert acts == [False, True, True, False]


def test_a_delegation_until_today_holds_from_now_to_midnight(people, send):
    assert send(first_day="hôm nay", last_day="hôm nay").status_code == 302
    held = Delegation.objects.get()
    assert (held.starts_at, held.ends_at) == (NOW, MIDNIGHT)


def test_the_same_delegation_twice_is_refused_with_the_reason(send):
    assert send().status_code == 302
    again = send(document="6/GUQ", last_day="31/12/2026")
    assert "đã được ủy quyền cho người đó trong thời gian này" in " ".join(wrong(again)[""])
    assert Delegation.objects.count() == 1


def test_colleagues_of_the_agency_are_suggested_and_nobody_else(things, people, enter):  # D13
    page = enter(people.leader).get(at("delegate", things.post))
    [listed] = read(page).all("datalist")
    names = {option.text for option in listed.all("option")}
    assert "Lê Minh Quân, Phòng Tổng hợp" in names
    assert not [name for name in names if name.startswith(("Đặng Thị Hồng", "Bùi Thu Trang", "Y Blô"))]


@pytest.mark.parametrize("written", ["lê minh quân", "LE MINH QUAN", " Lê  Minh Quân ", "Lê Minh Quân, phong tong hop"])
def test_a_name_is_understood_however_it_is_typed(written, people, send):  # ux.md 7
    assert send(to=written).status_code == 302
    assert Delegation.objects.get().person == people.head


def test_the_page_sorts_what_runs_what_is_to_come_and_what_is_over(things, people, enter, time_machine):
    given(things, people, until=NOW - DAY, matters="Việc đã xong")
    given(things, people, matters="Việc đang làm", at=NOW - DAY / 2)
    given(things, people, to=people.guard, at=MIDNIGHT + DAY, until=MIDNIGHT + 2 * DAY, matters="Việc sắp tới")
    page = enter(people.leader).get(at("delegations"))
    [running] = [one for one in read(page).all() if one.attrs.get("class") == "sheet" and "Đang và sắp" in one.text]
    assert "Việc đang làm" in running.text
    assert "có hiệu lực từ 0h00, 22/11/2026" in running.text
    assert "Việc đã xong" not in running.text
    assert any("Việc đã xong" in text for text in facts(page, "Đã hết hiệu lực").values())
    revoke = [form.attrs["action"] for form in read(page).all("form")]
    assert len(revoke) == 1


def test_the_delegate_reads_it_too_and_is_offered_no_way_to_pass_it_on(things, people, enter):  # no sub-delegation
    given(things, people)
    page = enter(people.head).get(at("delegations"))
    assert "Đặng Thị Hồng ủy quyền cho Lê Minh Quân" in says(page)
    assert not [address for address in links(page) if address == at("delegate", things.post)]
    assert not [form for form in read(page).all("form") if "thu-hoi" in form.attrs.get("action", "")]


def test_somebody_without_a_post_is_told_there_is_nothing_to_delegate(people, enter):
    page = enter(people.staff).get(at("delegations"))
    assert "Đồng chí không giữ chức vụ nào có thể ủy quyền" in says(page)
    assert "Không có ủy quyền nào đang có hiệu lực" in says(page)


def test_the_administrator_is_not_offered_to_delegate_the_administration(people, enter):  # A11
    held = Post.objects.get(person=people.administrator)
    assert at("delegate", held) not in links(enter(people.administrator).get(at("delegations")))


@pytest.mark.parametrize(("who", "status"), [("leader", 302), ("administrator", 302), ("head", 403), ("office", 403)])
def test_the_one_who_gave_it_or_the_administrator_takes_it_back(who, status, things, people, enter):
    held = given(things, people)
    assert enter(getattr(people, who)).post(at("revoke", held)).status_code == status
    held.refresh_from_db()
    assert (held.ends_at == NOW) is (status == 302)


@pytest.mark.parametrize("who", ["villager", "stranger"])
def test_a_delegation_among_others_is_not_there_for_another_agency(who, things, people, enter):  # D13
    assert enter(getattr(people, who)).post(at("revoke", given(things, people))).status_code == 404


@pytest.mark.parametrize("leaves", [True, False])
def test_a_delegate_who_leaves_or_moves_acts_for_nobody_from_that_instant(leaves, things, people):  # A13
    held = given(things, people)
    end_service(people.head, by=SETUP) if leaves else transfer(people.head, by=SETUP, to=things.office)
    held.refresh_from_db()
    assert held.ends_at == NOW
    assert PostRole.LEADER not in {c.role for c in actor(people.head).capacities}


def test_the_hat_of_a_delegate_says_in_whose_name(things, people, enter):  # ux.md 1.8
    given(things, people)
    hats = enter(people.head).get(at("my-data")).context["shell"].wearer.hats
    assert "TUQ. Giám đốc Sở" in {hat.title for hat in hats}


def test_the_page_stays_bounded_after_years_of_delegations(things, people, enter, django_assert_max_num_queries):
    Delegation.objects.bulk_create(
        Delegation(
            post=things.post, person=people.head, matters=f"Việc {n}", document=f"{n}/GUQ",
            starts_at=BEGAN + n * DAY, ends_at=BEGAN + n * DAY + DAY / 2,
        )
        for n in range(40)
    )  # fmt: skip
    browser = enter(people.leader)
    with django_assert_max_num_queries(40):
        page = browser.get(at("delegations"))
    assert len(facts(page, "Đã hết hiệu lực")) == 20
    assert "Việc 39" in says(page)
    assert "Việc 19 " not in says(page)


def test_namesakes_in_one_department_are_answered_with_what_was_typed(things, people, send):
    for _ in range(2):
        post(staff("Lê Minh Quân", things.department), things.department, PostRole.CLERK)
    answer = send()
    assert "Có nhiều người trùng tên" in " ".join(wrong(answer)["to"])
    assert typed(answer)["matters"] == "Ký báo cáo nhanh"
