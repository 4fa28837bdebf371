"""Giving and ending posts on the pages: who, from which day to which, what is refused and why (B3; trust.md A11)."""

from datetime import UTC, datetime, timedelta

import pytest

from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.posts import appoint, delegate, end_post
from taicho.organisation.actions.staff import end_service, register_staff
from taicho.organisation.enums import APPOINTABLE_ROLES, HEAD_ROLES, PostRole
from taicho.organisation.models import Delegation, Post
from tests.organisation.browsing import at
from tests.organisation.land import BEGAN, NOW, SETUP, actor, post
from tests.organisation.reading import links, read, says, typed, wrong

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""The turn from 20/11 to 21/11/2026 in Việt Nam."""


@pytest.fixture
def send(people, enter):
    """Press the button of the form that gives Nguyễn Thị Lan a post."""
    browser = enter(people.administrator)

    def press(into, person=None, **facts):
        sent = {"unit": str(into.key), "role": "clerk", "title": "Văn thư", "portfolio": "Công văn đến"} | facts
        return browser.post(at("appoint", person or people.staff), sent)

    return press


BAD = [
    ({"role": "king"}, "role", "Chọn một mục trong danh sách."),
    ({"role": "administrator"}, "last_day", "Quyền quản trị phải có ngày kết thúc."),
    ({"role": "clerk", "accountable_head": "on"}, "role", "Người đứng đầu phải giữ vai trò lãnh đạo"),
    ({"title": "x" * 121}, "title", "tối đa 120"),
    ({"portfolio": "x" * 251}, "portfolio", "tối đa 250"),
    ({"decision": "x" * 101}, "decision", "tối đa 100"),
    ({"first_day": "19/11/2026"}, "first_day", "Chọn hôm nay hoặc một ngày sau hôm nay."),
    ({"first_day": "30/2/2027"}, "first_day", "Không có ngày 30: tháng 2 năm 2027 có 28 ngày."),
    ({"last_day": "19/11/2026"}, "", "Thời điểm kết thúc phải sau thời điểm bắt đầu."),
    ({"first_day": "1/12/2026", "last_day": "30/11/2026"}, "", "Thời điểm kết thúc phải sau thời điểm bắt đầu."),
    ({"role": "unit_head", "accountable_head": "on"}, "", "Đơn vị đã có người đứng đầu trong thời gian này."),
    ({"unit": "x"}, "unit", "Chọn một mục trong danh sách."),
    ({"unit": ""}, "unit", "Hãy điền mục này."),
]


@pytest.mark.parametrize(("facts", "name", "sentence"), BAD)
def test_a_post_that_cannot_be_is_asked_again_with_all_that_was_typed(facts, name, sentence, land, people, send):
    last, posts = AuditEntry.objects.latest("pk").pk, Post.objects.count()
    answer = send(land.department, **facts)
    assert answer.status_code == 400
    assert sentence in " ".join(wrong(answer)[name])
    kept = typed(answer)
    assert kept["portfolio"] == facts.get("portfolio", "Công văn đến")
    assert kept["title"] == facts.get("title", "Văn thư")
    assert kept["first_day"] == facts.get("first_day", "")
    assert kept["accountable_head"] is ("accountable_head" in facts)
    assert Post.objects.count() == posts
    assert not AuditEntry.objects.filter(pk__gt=last).exists()


def test_a_unit_outside_the_administrator_s_range_is_not_offered_and_not_taken(land, people, enter, send):  # D13
    page = enter(people.administrator).get(at("appoint", people.staff))
    offered = {o.attrs["value"] for s in read(page).all("select", name="unit") for o in s.all("option")}
    assert str(land.commune.key) in offered
    assert str(land.elsewhere.key) not in offered
    assert "unit" in wrong(send(land.elsewhere))


def test_the_form_begins_with_the_person_s_own_unit(people, enter):
    page = enter(people.administrator).get(at("appoint", people.staff))
    assert typed(page)["unit"] == str(people.staff.home_unit.key)


def test_a_post_without_a_title_is_named_after_its_role(land, people, send):
    assert send(land.department, title="").status_code == 302
    assert Post.objects.get(person=people.staff).title == "Văn thư"


@pytest.mark.parametrize("role", APPOINTABLE_ROLES)
def test_every_role_but_plain_staff_can_be_given_and_gives_exactly_that_role(role, land, people, send):  # B3
    facts = {"last_day": "31/12/2026"} if role == PostRole.ADMINISTRATOR else {}
    assert send(land.department, role=role.value, **facts).status_code == 302
    assert {c.role for c in actor(people.staff).capacities} == {PostRole.STAFF, role}


@pytest.mark.parametrize("role", sorted(HEAD_ROLES))
def test_whoever_leads_may_be_the_accountable_head_of_a_unit_that_has_none(role, land, people, send):  # B3
    assert send(land.office, role=role, accountable_head="on").status_code == 302
    assert Post.objects.get(person=people.staff).accountable_head


def test_a_post_begins_at_midnight_in_viet_nam_and_ends_when_its_last_day_is_over(land, people, send):
    assert send(land.department, first_day="21/11/2026", last_day="23/11/2026").status_code == 302
    held = Post.objects.get(person=people.staff)
    assert (held.starts_at, held.ends_at) == (MIDNIGHT, MIDNIGHT + 3 * DAY)
    instant = timedelta(microseconds=1)
    moments = (MIDNIGHT - instant, MIDNIGHT, MIDNIGHT + 3 * DAY - instant, MIDNIGHT + 3 * DAY)
    roles = [PostRole.CLERK in {c.role for c in actor(people.staff, moment).capacities} for moment in moments]
    assert roles == [False, True, True, False]


def test_a_post_for_one_day_is_given_for_exactly_that_day(land, people, send):
    assert send(land.department, first_day="21/11/2026", last_day="21/11/2026").status_code == 302
    held = Post.objects.get(person=people.staff)
    assert held.ends_at - held.starts_at == DAY


def test_a_post_from_today_counts_from_now_and_not_from_this_morning(land, people, send):
    assert send(land.department, first_day="hôm nay").status_code == 302
    assert Post.objects.get(person=people.staff).starts_at == NOW


def test_the_day_is_the_one_on_the_wall_in_ha_noi(land, people, send, time_machine):
    """At 17h30 UTC it is already the next day there."""
    time_machine.move_to(MIDNIGHT + timedelta(minutes=30), tick=False)
    assert "first_day" in wrong(send(land.department, first_day="20/11/2026"))
    assert send(land.department, first_day="21/11/2026").status_code == 302


def test_a_newcomer_takes_a_post_before_the_first_day_and_holds_it_from_then(land, people, send):
    newcomer = register_staff(by=SETUP, unit=land.department, full_name="Ngô Thùy Linh", at=MIDNIGHT)
    assert send(land.department, person=newcomer, first_day="21/11/2026").status_code == 302
    assert Post.objects.get(person=newcomer).starts_at == MIDNIGHT


def test_somebody_who_has_left_is_given_nothing_on_the_page_either(land, people, send):
    end_service(people.staff, by=SETUP)
    answer = send(land.department)
    assert answer.status_code == 400
    assert "Chỉ giao chức vụ cho người có trong danh sách" in says(answer)


def test_before_a_post_ends_the_page_names_the_delegations_that_end_with_it(things, people, enter):  # TUQ.
    delegate(things.post, by=actor(people.leader), to=people.head, at=BEGAN, until=NOW + DAY,
             matters="Ký báo cáo nhanh", document="5/GUQ")  # fmt: skip
    browser = enter(people.administrator)
    page = browser.get(at("end-post", things.post))
    assert "Mọi quyền của chức vụ này hết ngay khi bấm" in says(page)
    assert "Lê Minh Quân: Ký báo cáo nhanh" in says(page)
    assert Post.objects.get(pk=things.post.pk).ends_at is None
    assert browser.post(at("end-post", things.post)).headers["Location"] == at("person", people.leader)
    assert Delegation.objects.get().ends_at == Post.objects.get(pk=things.post.pk).ends_at == NOW


def test_a_post_that_is_over_cannot_be_ended_again_and_one_that_has_not_begun_says_so(land, people, enter):
    browser = enter(people.administrator)
    held = Post.objects.get(person=people.head)
    end_post(held, by=SETUP)
    over = browser.post(at("end-post", held))
    assert (over.status_code, "không còn hiệu lực" in says(over)) == (400, True)
    planned = appoint(people.head, by=SETUP, unit=land.office, role=PostRole.CLERK, at=NOW + DAY)
    early = browser.post(at("end-post", planned))
    assert (early.status_code, "chưa có hiệu lực" in says(early)) == (400, True)


def test_the_word_to_end_a_post_stands_only_beside_posts_of_others_for_who_appoints(land, people, enter):  # A11
    held = Post.objects.get(person=people.head)
    assert at("end-post", held) in links(enter(people.administrator).get(at("person", people.head)))
    assert at("end-post", held) not in links(enter(people.office).get(at("person", people.head)))
    own = Post.objects.get(person=people.administrator)
    assert at("end-post", own) not in links(enter(people.administrator).get(at("person", people.administrator)))


def test_a_post_of_somebody_in_another_tree_is_not_there(land, people, enter):  # D13
    held = post(people.stranger, land.elsewhere, PostRole.LEADER)
    assert enter(people.administrator).get(at("end-post", held)).status_code == 404


def test_a_deputy_in_charge_follows_the_head_without_a_gap_or_an_overlap(land, people):  # B3
    held = Post.objects.get(person=people.head)
    end_post(held, by=SETUP, at=MIDNIGHT)
    with pytest.raises(Refusal):
        appoint(people.staff, by=SETUP, unit=land.department, role="deputy_head", accountable_head=True,
                at=MIDNIGHT - timedelta(microseconds=1))  # fmt: skip
    appoint(people.staff, by=SETUP, unit=land.department, role="deputy_head", accountable_head=True, at=MIDNIGHT)
    heads = Post.objects.filter(unit=land.department, accountable_head=True)
    assert [heads.in_force(moment).count() for moment in (NOW, MIDNIGHT, MIDNIGHT + DAY)] == [1, 1, 1]
