"""Hours and days as people say them in the margin, kinds of measures in words, messages that fit (look.md 7, ux.md 8)."""

import pytest

from taicho.duties.actions.opening import open_duties
from taicho.duties.kinds import KINDS, DutyKind, register
from taicho.duties.measures import AnswerEach, StayReachable, Task
from taicho.duties.models import Duty
from taicho.duties.queries.work import my_work
from taicho.duties.templatetags.duties import due_date, hour_of, margin
from taicho.duties.web.answers import WAYS
from taicho.kernel.refusals import Refusal
from taicho.messaging.models import Message
from tests.duties.rounds import ROUND, decision, here, letter, order
from tests.organisation.land import NOW, actor

TODAY = "2026-11-20"


@pytest.fixture
def line(land, people):
    """The line of Lan's round, as it stands at an hour of some day."""

    def at(now, **params):
        order(land, params=params)
        open_duties(NOW)
        open_duties(now)
        [item] = [item for item in my_work(actor(people.staff), now) if item.kind == ROUND]
        return margin(item, now), item

    return at


def test_the_end_of_today_is_said_as_24h00_with_what_is_left(line):
    shown, _ = line(here(TODAY, 22))
    assert (shown.time, shown.left) == ("24h00", "còn 2 giờ")


def test_what_is_late_says_for_how_long(line):
    shown, item = line(here(TODAY, 18), by=["17:00"])
    assert shown.time == "17h00" and shown.left.startswith("quá hạn 1 giờ") and item.is_late


@pytest.mark.parametrize(
    ("hour", "minute", "running"), [(16, 29, False), (16, 30, True), (16, 59, True), (17, 0, False)]
)
def test_little_time_is_left_from_the_first_reminder_on(line, hour, minute, running):
    _, item = line(here(TODAY, hour, minute), by=["17:00"])
    assert item.is_running is running


def test_what_is_due_another_day_says_the_day_and_not_the_hours(land, people):
    decision(land, kind="duties.task", params={"what": "góp ý", "due": "2026-11-30"}, scope=[land.department])
    open_duties(NOW)
    [item] = my_work(actor(people.head), NOW)
    shown = margin(item, NOW)
    assert (shown.time, shown.left) == ("24h00", "30/11") and shown.when.startswith("2026-12-01T00:00")


def test_without_a_due_time_the_day_of_the_opening_stands_there(land, people):
    order(land)
    open_duties(NOW)
    [item] = [item for item in my_work(actor(people.staff), NOW) if item.kind != ROUND]
    shown = margin(item, NOW)
    assert (shown.time, shown.left) == ("20/11", "không hạn")


def test_the_day_of_a_due_time_at_midnight_is_the_day_that_ends(land):
    assert (hour_of(here("2026-12-01")), due_date(here("2026-12-01"))) == ("24h00", "30/11")
    assert (hour_of(here("2026-12-01", 7, 30)), due_date(here("2026-12-01", 7, 30))) == ("7h30", "01/12")


def test_what_is_due_first_stands_first_and_what_has_no_time_last(land, people):
    order(land, params={"by": ["17:00"]})
    decision(land, kind="duties.task", params={"what": "góp ý", "due": TODAY}, scope=[land.department])
    open_duties(NOW)
    assert [item.kind for item in my_work(actor(people.head), NOW)] == [ROUND, "duties.task", "duties.acknowledge"]


def test_what_i_have_to_do_is_asked_in_as_many_questions_for_ten_as_for_one(land, people, django_assert_num_queries):
    lan = actor(people.staff)
    order(land)
    open_duties(NOW)
    with django_assert_num_queries(4):
        assert len(my_work(lan, NOW)) == 2
    for number in range(10):
        order(land, document=letter(land, number=str(70 + number)))
        decision(land, kind="duties.stay_reachable")
    open_duties(NOW)
    with django_assert_num_queries(4):
        assert len(my_work(lan, NOW)) >= 10


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        (AnswerEach, {"purpose": "acknowledge", "within_h": 24}, "xác nhận đã nhận · trong vòng 24 giờ"),
        (AnswerEach, {"within_h": 4}, "trong vòng 4 giờ"),
        (AnswerEach, {}, ""),
        (StayReachable, {"hours": "24x7"}, "24/24 giờ, cả 7 ngày trong tuần"),
        (Task, {"what": "góp ý"}, "góp ý"),
    ],
)
def test_a_measure_of_this_room_is_said_in_words(kind, params, words):
    assert kind.describe(kind.read(params) if kind is StayReachable else params) == words


@pytest.mark.parametrize("params", [{}, {"what": "  "}, {"what": 7}])
def test_a_task_says_what_is_to_be_done(land, params):
    with pytest.raises(Refusal) as refused:
        decision(land, kind="duties.task", params=params)
    assert refused.value.field == "what"


def test_every_kind_of_this_room_has_a_page_a_verb_and_a_word_for_the_undone(land, people):
    own = [name for name in KINDS if name.startswith("duties.")]
    assert sorted(own) == sorted(WAYS)
    duty = Duty(kind="duties.task", occasion=str(people.staff.key))
    for name in own:
        kind = KINDS[name]
        assert kind.verb(duty) and kind.link(duty).startswith("/viec/") and str(kind.undone).startswith("chưa ")


def test_a_kind_is_registered_once():
    class Again(DutyKind):
        name = "duties.task"

    with pytest.raises(ValueError, match=r"duties\.task is registered already"):
        register(Again)


def test_a_person_with_the_page_of_a_letter_gets_there_by_the_same_address_as_all_others(land, people):
    """The message has one link for seven people; each opens what he or she owes there."""
    order(land)
    open_duties(NOW)
    [message] = Message.objects.all()
    assert str(Duty.objects.filter(kind="duties.acknowledge").first().occasion) in message.link
    assert message.receipts.count() == 7
