"""Those who answer for others see who is silent, and write to the silent only (A9)."""

import re

import pytest
from django.urls import reverse

from taicho.documents.addresses import page_of
from taicho.duties.actions.answering import acknowledge
from taicho.duties.actions.chasing import chase_silent
from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.opening import open_duties
from taicho.duties.models import Chase, Duty
from taicho.duties.queries.progress import progress
from taicho.duties.queries.unit_work import undone_of_units
from taicho.kernel.refusals import Refusal
from taicho.messaging.models import Message
from taicho.organisation.actions.staff import end_service
from tests.directives.papers import letter
from tests.duties.rounds import ACKNOWLEDGE, here, order
from tests.organisation.land import NOW, SETUP, actor


def said(page):
    return re.sub(r"\s+", " ", page.content.decode())


@pytest.fixture
def document(land, people):
    """A letter in force for the Sở and the agency under it, seven people; Lan has acknowledged it.

    The researcher belongs to the agency below, whose names the Sở does not read (trust.md, A9).
    """
    paper = letter(land)
    order(land, document=paper)
    open_duties(NOW)
    acknowledge(Duty.objects.get(kind=ACKNOWLEDGE, owner=people.staff), by=actor(people.staff))
    return paper


def address(document):
    return reverse("duties:progress", args=[document.key])


def test_the_page_of_the_document_leads_those_who_follow_to_its_progress(document, people, enter):  # A9
    page = page_of(document)
    assert address(document) in said(enter(people.office).get(page))
    assert address(document) not in said(enter(people.staff).get(page))


def test_the_progress_leads_back_to_the_document(document, people, enter):  # A9
    assert f'href="{page_of(document)}"' in said(enter(people.office).get(address(document)))


def test_the_office_sees_how_many_and_who_is_silent(document, people, enter):
    seen = progress(document, actor(people.office))
    assert (seen.addressed, seen.acknowledged, seen.silent, seen.exempted) == (6, 1, 5, 0)
    page = said(enter(people.office).get(address(document)))
    assert "1/6 người đã xác nhận" in page and "Đặng Thị Hồng" in page and "Nguyễn Thị Lan" not in page


def test_a_head_follows_the_own_department_only(document, people):
    seen = progress(document, actor(people.head))
    assert [(one.unit.name, one.addressed, one.acknowledged) for one in seen.units] == [("Phòng Tổng hợp", 2, 1)]


def test_the_unit_with_most_silent_people_stands_first(document, people):
    silent = [len(one.silent) for one in progress(document, actor(people.office)).units]
    assert silent == sorted(silent, reverse=True) and silent[0] == 3


def test_who_has_left_is_counted_apart_and_never_as_done(document, people):
    end_service(people.guard, by=SETUP, at=NOW)
    open_duties(NOW.replace(minute=1))
    seen = progress(document, actor(people.office))
    assert (seen.addressed, seen.acknowledged, seen.exempted) == (5, 1, 1)


def test_staff_and_other_agencies_and_the_level_above_see_no_names(document, people, enter):
    assert enter(people.staff).get(address(document)).status_code == 403
    assert enter(people.guard).get(address(document)).status_code == 403
    assert enter(people.stranger).get(address(document)).status_code == 404
    assert enter(people.superior).get(address(document)).status_code == 404  # the upper body never reads names
    assert Duty.objects.followed_by(actor(people.superior)).count() == 0


def test_only_the_silent_are_reminded_by_hand(document, people, enter):
    assert enter(people.office).post(address(document)).status_code == 302
    [message] = Message.objects.filter(kind="duties.chased")
    to = {receipt.person.full_name for receipt in message.receipts.all()}
    assert len(to) == 5 and "Nguyễn Thị Lan" not in to
    assert message.title == "Nhắc lại: Xác nhận đã nhận Công văn 58/VP-HC-QT"
    assert Chase.objects.get().people == 5


def test_pressed_twice_nobody_is_written_to_twice(document, people):
    chase_silent(document, by=actor(people.office))
    with pytest.raises(Refusal, match="Có thể nhắc lại sau"):
        chase_silent(document, by=actor(people.office))
    assert Message.objects.filter(kind="duties.chased").count() == 1


def test_with_nobody_silent_there_is_nobody_to_remind(document, people):
    for duty in Duty.objects.filter(kind=ACKNOWLEDGE):
        acknowledge(duty, by=actor(duty.owner))
    with pytest.raises(Refusal, match="Không còn ai để nhắc"):
        chase_silent(document, by=actor(people.office))


def test_a_head_sees_what_the_department_has_not_done_and_because_of_what(land, people, enter):
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    at = here("2026-11-20", 17, 6)
    run_clocks(at)
    [undone] = undone_of_units(actor(people.head), at)
    assert [person.full_name for person in undone.people] == ["Nguyễn Thị Lan"]
    assert undone.reasons[0].text == "Công văn 58/VP-HC-QT, mục 1"
    assert enter(people.head).get(reverse("duties:unit-work")).status_code == 200
    assert enter(people.staff).get(reverse("duties:unit-work")).status_code == 403


def test_the_page_of_the_unit_lists_names_hours_and_reasons(land, people, enter, time_machine):
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    time_machine.move_to(here("2026-11-20", 17, 6), tick=False)
    page = said(enter(people.head).get(reverse("duties:unit-work")))
    assert "Nguyễn Thị Lan" in page and "17h00" in page and "Công văn 58/VP-HC-QT, mục 1" in page
