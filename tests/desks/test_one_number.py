"""How much waits for me is one number: on my page, under Việc của tôi and in the menu (ux.md 1, A9)."""

import re
from datetime import date

import pytest
from django.urls import reverse

from taicho.desks.queries.my_day import my_day
from taicho.duties.actions.answering import acknowledge
from taicho.duties.actions.exempting import exempt
from taicho.duties.actions.opening import open_duties
from taicho.duties.models import Duty
from taicho.duties.queries.work import my_work, work_count
from tests.directives.papers import letter
from tests.duties.rounds import decision, order
from tests.organisation.conftest import _keys, _now, enter, land, people, plain_door  # noqa: F401 - fixtures
from tests.organisation.land import NOW, actor


@pytest.fixture
def work(land, people):
    """For everyone: a declaration, a letter and a number to confirm; for the head a task besides."""
    paper = letter(land)
    order(land, kind="health.daily_declaration", document=paper, from_day=date(2026, 11, 17))
    order(land, kind="duties.stay_reachable", document=paper, clause="2")
    decision(land, kind="duties.task", params={"what": "lập danh sách"}, scope=[land.department])
    open_duties(NOW)


def numbers(browser):
    """The number my page says, the number Việc của tôi says, and the rows that stand there."""
    home = re.sub(r"\s+", " ", browser.get(reverse("desks:home")).content.decode())
    mine = re.sub(r"\s+", " ", browser.get(reverse("duties:my-work")).content.decode())
    on_home = re.search(r"(\d+) việc đang chờ", home)
    on_list = re.search(r"(\d+) việc, xếp theo hạn", mine)
    rows = mine.split("Tin chưa xem")[0].count('class="time-item')
    return int(on_home[1]) if on_home else 0, int(on_list[1]) if on_list else 0, rows


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(("name", "waits"), [("staff", 3), ("head", 4), ("researcher", 3), ("stranger", 0)])
def test_my_page_and_my_work_say_the_same_number(people, enter, name, waits):
    person = getattr(people, name)
    assert numbers(enter(person)) == (waits, waits, waits)
    assert work_count(actor(person)) == waits == my_day(actor(person), NOW).waiting


@pytest.mark.usefixtures("work")
def test_the_declaration_and_the_letters_are_part_of_the_number_wherever_they_stand(people):
    day = my_day(actor(people.staff), NOW)
    assert day.ask is not None  # asked at the top of the page, not in the list below
    assert (len(day.work), len(day.papers), day.waiting) == (1, 1, 3)


@pytest.mark.usefixtures("work")
def test_a_missing_lodging_is_a_note_and_no_work(people, enter):  # B5
    """Lan has said where she lives, her head has not: it is written apart and counted nowhere."""
    home = enter(people.head).get(reverse("desks:home")).content.decode()
    assert "Bổ sung nơi lưu trú" in home
    assert my_day(actor(people.head), NOW).waiting == len(my_work(actor(people.head), NOW))
    assert "Bổ sung nơi lưu trú" not in enter(people.staff).get(reverse("desks:home")).content.decode()


@pytest.mark.usefixtures("work")
def test_what_is_done_and_what_is_excused_leaves_every_number_at_once(people, enter):
    letter_of_lan = Duty.objects.get(owner=people.staff, kind="duties.acknowledge")
    acknowledge(letter_of_lan, by=actor(people.staff))
    number = Duty.objects.get(owner=people.staff, kind="duties.stay_reachable")
    exempt(number, by=actor(people.head), why="nghỉ phép", at=NOW)
    assert numbers(enter(people.staff)) == (1, 1, 1) and work_count(actor(people.staff)) == 1


def test_with_nothing_waiting_no_number_is_said(people, enter):
    assert numbers(enter(people.staff)) == (0, 0, 0)
    assert "Không còn việc chờ xử lý" in enter(people.staff).get(reverse("desks:home")).content.decode()


@pytest.mark.usefixtures("work")
def test_the_number_in_the_menu_costs_one_question_beside_the_hour(people, django_assert_num_queries):
    lan = actor(people.staff)
    with django_assert_num_queries(2):  # the clock of the drill, the count
        work_count(lan)
