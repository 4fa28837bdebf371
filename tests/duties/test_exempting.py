"""A head excuses one person from one duty: by name, with the reason, and takes it back (A9)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.duties.actions.answering import acknowledge
from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.exempting import exempt, owe_again
from taicho.duties.actions.opening import open_duties
from taicho.duties.enums import DutyState, ExemptionReason
from taicho.duties.models import Duty, Escalation, Exemption, Reminder
from taicho.duties.policies import may_exempt
from taicho.duties.queries.excused import excused, excused_of_units
from taicho.duties.queries.progress import progress
from taicho.duties.queries.unit_work import undone_of_units
from taicho.duties.queries.work import my_work, work_count
from taicho.kernel import audit
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.posts import delegate, end_post
from taicho.organisation.actions.staff import transfer
from taicho.organisation.models import Post
from tests.directives.papers import letter
from tests.duties.rounds import ACKNOWLEDGE, ROUND, here, order
from tests.organisation.land import NOW, SETUP, actor

TODAY, LEAVE = "2026-11-20", "nghỉ phép đã duyệt từ 16 đến 20/11"


@pytest.fixture
def duty(land, people):
    """The round of Lan, due at 17h00; everyone of the Sở has one."""
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    return Duty.objects.get(owner=people.staff, kind=ROUND)


def excuse(duty, people, *, why=LEAVE, at=NOW):
    return exempt(duty, by=actor(people.head), why=why, at=at)


def again(duty):
    return Duty.objects.get(pk=duty.pk)


def said(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_who_is_excused_owes_nothing_and_is_not_counted_as_done(duty, people):
    before = work_count(actor(people.staff))
    excuse(duty, people)
    assert again(duty).state(NOW) is DutyState.EXEMPT
    assert [item.kind for item in my_work(actor(people.staff), NOW)] == [ACKNOWLEDGE]
    assert work_count(actor(people.staff)) == before - 1


def test_the_sweep_leaves_an_excuse_alone(duty, people):
    excuse(duty, people)
    for hours in (1, 2, 3):
        open_duties(NOW + timedelta(hours=hours))
    [free] = Exemption.objects.all()
    assert (free.reason, free.why, free.by, free.ended_at) == (
        ExemptionReason.EXCUSED, LEAVE, people.head.key, None,
    )  # fmt: skip


def test_who_moves_out_of_the_scope_and_back_is_still_excused(land, people):
    order(land, scope=[land.department])
    open_duties(NOW)
    duty = Duty.objects.get(owner=people.staff, kind=ROUND)
    excuse(duty, people)
    transfer(people.staff, by=SETUP, to=land.office, at=NOW + timedelta(minutes=5))
    open_duties(NOW + timedelta(minutes=6))
    transfer(people.staff, by=SETUP, to=land.department, at=NOW + timedelta(minutes=10))
    open_duties(NOW + timedelta(minutes=11))
    assert [free.reason for free in Exemption.objects.filter(duty=duty)] == [ExemptionReason.EXCUSED]
    assert again(duty).state(NOW + timedelta(minutes=12)) is DutyState.EXEMPT


def test_nobody_excused_is_reminded_or_told_on(duty, people):
    excuse(duty, people)
    for hour, minute in ((16, 30), (16, 50), (17, 5)):
        run_clocks(here(TODAY, hour, minute))
    assert not Reminder.objects.filter(duty=duty).exists() and not Escalation.objects.filter(duty=duty).exists()
    assert Escalation.objects.filter(duty__kind=ROUND).count() == 6  # the others


def test_who_is_late_may_still_be_excused_and_leaves_the_list(duty, people):
    at = here(TODAY, 17, 30)
    assert [one.people for one in undone_of_units(actor(people.head), at)] == [(people.staff,)]
    excuse(duty, people, at=at)
    assert undone_of_units(actor(people.head), at) == []


def test_an_excuse_says_why(duty, people):
    for why in ("", "   "):
        with pytest.raises(Refusal, match="Ghi lý do miễn") as refused:
            excuse(duty, people, why=why)
        assert (refused.value.code, refused.value.field) == ("without-why", "why")
    with pytest.raises(Refusal, match="300"):
        excuse(duty, people, why="x" * 301)
    assert not Exemption.objects.exists() and not AuditEntry.objects.filter(verb="duties.exempt").exists()


def test_what_is_done_needs_no_excuse(duty, people):
    paper = Duty.objects.get(owner=people.staff, kind=ACKNOWLEDGE)
    acknowledge(paper, by=actor(people.staff))
    with pytest.raises(Refusal, match="đã xong, không cần miễn"):
        excuse(paper, people)
    assert not Exemption.objects.exists()


def test_asked_twice_there_is_one_excuse(duty, people):
    excuse(duty, people)
    with pytest.raises(Refusal, match="đang được miễn") as refused:
        excuse(duty, people, why="lý do khác")
    assert refused.value.code == "already-exempt" and Exemption.objects.get().why == LEAVE


def test_who_does_it_all_the_same_has_done_it(duty, people):
    from taicho.duties.actions.discharging import discharge

    excuse(duty, people)
    discharge(ROUND, people.staff, TODAY, by=actor(people.staff), at=NOW, evidence=uuid4())
    assert again(duty).state(NOW) is DutyState.DONE


def test_taken_back_it_is_owed_again_and_both_are_on_record(duty, people):
    excuse(duty, people)
    owe_again(duty, by=actor(people.leader), at=NOW + timedelta(minutes=5))
    free = Exemption.objects.get()
    assert (free.ended_at, free.ended_by) == (NOW + timedelta(minutes=5), people.leader.key)
    assert again(duty).state(NOW + timedelta(minutes=6)) is DutyState.OPEN
    assert len(my_work(actor(people.staff), NOW)) == 2
    excuse(duty, people, why="lần nữa", at=NOW + timedelta(minutes=10))
    assert Exemption.objects.count() == 2 and Exemption.objects.standing().count() == 1


def test_what_nobody_excused_cannot_be_taken_back(duty, people):
    with pytest.raises(Refusal, match="không có quyết định miễn") as refused:
        owe_again(duty, by=actor(people.head), at=NOW)
    assert refused.value.code == "not-excused"


def test_what_the_sweep_found_is_not_for_people_to_take_back(duty, people, land):
    """Somebody who left the scope owes it again by coming back, and not by a button."""
    Exemption.objects.create(duty=duty, reason=ExemptionReason.LEFT, at=NOW)
    with pytest.raises(Refusal, match="không có quyết định miễn"):
        owe_again(duty, by=actor(people.head), at=NOW)
    assert Exemption.objects.get().ended_at is None


def test_the_trail_proves_who_excused_whom_and_why(duty, people):  # L4
    free = excuse(duty, people)
    owe_again(duty, by=actor(people.head), at=NOW)
    given, taken = AuditEntry.objects.filter(object_key=free.key).order_by("pk")
    assert (given.verb, taken.verb) == ("duties.exempt", "duties.owe_again")
    assert given.actor == taken.actor == people.head.key and given.unit == duty.unit.key
    assert audit.proves(given, {"duty": str(duty.key), "why": LEAVE})


def test_the_head_of_the_unit_and_those_above_in_the_agency_may_excuse(duty, people):
    allowed = {name for name, person in vars(people).items() if may_exempt.test(actor(person), duty)}
    assert allowed == {"head", "leader"}


def test_a_head_decides_nothing_about_oneself(duty, people):
    own = Duty.objects.get(owner=people.head, kind=ROUND)
    assert not may_exempt.test(actor(people.head), own) and may_exempt.test(actor(people.leader), own)


def test_a_head_whose_post_has_ended_may_not_excuse(duty, people):
    end_post(Post.objects.get(person=people.head), by=SETUP, at=NOW)
    assert not may_exempt.test(actor(people.head), duty)


def test_who_acts_for_the_head_may_excuse_while_the_delegation_runs(duty, people):  # B3
    held = Post.objects.get(person=people.head)
    delegate(held, by=actor(people.head), to=people.guard, matters="Phụ trách phòng", document="02/GUQ",
             until=NOW + timedelta(days=2))  # fmt: skip
    assert may_exempt.test(actor(people.guard), duty)
    assert not may_exempt.test(actor(people.guard, NOW + timedelta(days=3)), duty)


def test_the_page_of_the_unit_excuses_and_shows_name_reason_and_who_decided(duty, people, enter, time_machine):
    time_machine.move_to(here(TODAY, 17, 6), tick=False)
    head = enter(people.head)
    address = reverse("duties:exempt", args=[duty.key])
    assert address in said(head.get(reverse("duties:unit-work")))
    assert "Miễn việc cho Nguyễn Thị Lan" in said(head.get(address))
    answer = head.post(address, {"why": LEAVE}, follow=True)
    assert f"Kiểm tra ngày {TODAY}: {LEAVE}" in said(answer) and "Lê Minh Quân quyết định lúc 17h06" in said(answer)
    assert address not in said(answer)
    back = reverse("duties:owe-again", args=[duty.key])
    assert back in said(answer)
    assert address in said(head.post(back, follow=True)) and Exemption.objects.get().ended_at is not None


def test_a_form_without_a_reason_excuses_nobody_and_says_so(duty, people, enter):
    answer = enter(people.head).post(reverse("duties:exempt", args=[duty.key]), {"why": " "})
    assert answer.status_code == 400 and not Exemption.objects.exists()
    long = enter(people.head).post(reverse("duties:exempt", args=[duty.key]), {"why": "dài " * 100})
    assert long.status_code == 400 and "dài dài" in said(long)


@pytest.mark.parametrize("name", ["duties:exempt", "duties:owe-again"])
@pytest.mark.parametrize(
    ("who", "answer"),
    [("staff", 404), ("guard", 404), ("office", 403), ("superior", 404), ("stranger", 404), ("leader", 200)],
)
def test_others_do_not_come_to_the_page(duty, people, enter, name, who, answer):
    assert enter(getattr(people, who)).get(reverse(name, args=[duty.key])).status_code == answer


def test_markup_in_a_reason_stays_words(duty, people, enter, time_machine):
    time_machine.move_to(here(TODAY, 17, 6), tick=False)
    excuse(duty, people, why="<script>alert(1)</script>")
    page = enter(people.head).get(reverse("duties:unit-work")).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page


def test_the_page_of_the_document_names_the_excused_apart(land, people, enter):
    paper = letter(land)
    order(land, document=paper)
    open_duties(NOW)
    duty = Duty.objects.get(owner=people.staff, kind=ACKNOWLEDGE)
    excuse(duty, people)
    seen = progress(paper, actor(people.office))
    assert (seen.addressed, seen.acknowledged, seen.exempted) == (5, 0, 1)
    assert [one.duty.owner for one in seen.excused] == [people.staff]
    page = said(enter(people.office).get(reverse("duties:progress", args=[paper.key])))
    assert (
        LEAVE in page and reverse("duties:owe-again", args=[duty.key]) not in page
    )  # the office follows, the head decides


def test_the_excused_of_other_units_are_not_ones_business(duty, people):
    excuse(duty, people)
    assert excused_of_units(actor(people.superior), NOW) == [] == excused_of_units(actor(people.guard), NOW)
    assert len(excused_of_units(actor(people.office), NOW)) == 1


def test_a_duty_closed_long_ago_is_shown_as_excused_no_more(duty, people):
    excuse(duty, people)
    assert excused_of_units(actor(people.head), NOW + timedelta(days=44))
    assert not excused_of_units(actor(people.head), NOW + timedelta(days=60))


def test_the_excused_stand_by_ten_and_asking_costs_the_same_for_many(duty, people, django_assert_num_queries):
    for one in Duty.objects.filter(kind=ROUND).exclude(owner=people.leader):
        exempt(one, by=actor(people.leader), why=LEAVE, at=NOW)
    office = actor(people.office)
    with django_assert_num_queries(2):
        found = excused(Duty.objects.all(), office)
    assert [one.duty.owner.full_name.split()[-1] for one in found] == ["Ân", "Đạt", "Lan", "Lộc", "Quân", "Trang"]
    assert {one.decided_by for one in found} == {"Đặng Thị Hồng"}
