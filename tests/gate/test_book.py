"""The book of a day, who is inside and who is expected: whole, in order, of one's own gates, in few queries (E4, K7)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.gate.actions.entries import turn_away
from taicho.gate.actions.passes import issue_pass
from taicho.gate.actions.visits import VisitorFacts, pass_of, register_visit
from taicho.gate.enums import Direction
from taicho.gate.queries.book import entries_of, expected, figures, names_of, present_at, visitor_book
from taicho.kernel import clock
from taicho.organisation.enums import PostRole
from tests.gate.test_pages import text_of
from tests.gate.words import by, passes
from tests.organisation.land import SETUP, actor, post

DAY = date(2026, 11, 20)


@pytest.fixture
def come(gate):
    """A visitor registers, and comes in when the test says so."""

    def visit(name="Tạ Quang Huy", *, enters=False):
        facts = VisitorFacts(name, 1980, "Xương Giang", "Công ty A", "0912345678", "Bà Lan", "official")
        made = register_visit(facts, by=SETUP, gate=gate.gate, client_id=uuid4(), at=clock.now(), answers=None)
        if enters:
            passes(gate, shown=pass_of(made))
        return made

    return visit


def book(gate, day=DAY, who="guard"):
    return visitor_book(actor(getattr(gate.people, who)), day)


def test_a_line_of_the_book_has_the_five_fields_the_host_and_the_hours(gate, come, time_machine):
    visit = come(enters=True)
    time_machine.shift(3600)
    passes(gate, Direction.OUT, shown=pass_of(visit))
    (line,) = book(gate)
    assert (line.name, line.birth_year, line.residence, line.employer, line.phone, line.host, line.purpose) == (
        "Tạ Quang Huy", "1980", "Xương Giang", "Công ty A", "0912 345 678", "Bà Lan", "Liên hệ công tác",
    )  # fmt: skip
    assert line.went - line.came == timedelta(hours=1)


def test_who_comes_and_goes_twice_came_first_and_went_last(gate, come, time_machine):
    visit = come(enters=True)
    first = clock.now()
    for way in (Direction.OUT, Direction.IN, Direction.OUT):
        time_machine.shift(600)
        passes(gate, way, shown=pass_of(visit))
    (line,) = book(gate)
    assert (line.came, line.went) == (first, clock.now())


def test_who_was_turned_away_has_not_come(gate, come):
    visit = come()
    turn_away(pass_of(visit), by=by(gate.people.guard), device=gate.device, client_id=uuid4(), at=clock.now())
    assert book(gate)[0].came is None and len(expected(gate.land.bureau, clock.now())) == 1


def test_the_book_of_a_day_ends_at_midnight_in_hanoi(gate, come, time_machine):
    time_machine.move_to("2026-11-20T16:59:59+00:00", tick=False)
    come("Tạ Quang Huy")
    time_machine.shift(1)
    come("Mạc Thị Ngà")
    assert [line.name for line in book(gate)] == ["Tạ Quang Huy"]
    assert [line.name for line in book(gate, DAY + timedelta(days=1))] == ["Mạc Thị Ngà"]
    assert book(gate, DAY - timedelta(days=1)) == []


def test_visitors_are_expected_in_the_order_in_which_they_registered_until_they_come(gate, come, time_machine):
    names = ["Mạc Thị Ngà", "Tạ Quang Huy", "Bế Văn Đàn"]
    for name in names:
        come(name)
        time_machine.shift(60)
    assert [one.name for one in expected(gate.land.bureau, clock.now())] == names
    come("Đỗ Thị Én", enters=True)
    assert [one.name for one in expected(gate.land.bureau, clock.now())] == names
    assert expected(gate.land.institute, clock.now()) == []
    time_machine.move_to("2026-11-20T17:00:00+00:00", tick=False)
    assert expected(gate.land.bureau, clock.now()) == []


def test_nobody_of_another_agency_reads_the_book(gate, come):
    come(enters=True)
    post(gate.people.researcher, gate.land.institute, PostRole.GUARD)
    for who in ("researcher", "stranger", "superior", "administrator", "leader", "head"):
        assert book(gate, who=who) == [] and not entries_of(actor(getattr(gate.people, who)), DAY).exists(), who


def test_more_visitors_cost_no_more_queries(gate, come, django_assert_max_num_queries, django_assert_num_queries):
    guard = actor(gate.people.guard)
    come(enters=True)
    with django_assert_max_num_queries(3) as counted:
        visitor_book(guard, DAY)
    for name in ("Mạc Thị Ngà", "Bế Văn Đàn", "Đỗ Thị Én"):
        come(name, enters=True)
    with django_assert_num_queries(len(counted)):
        assert len(visitor_book(guard, DAY)) == 4


def test_more_people_inside_cost_no_more_queries(gate, come, django_assert_num_queries, django_assert_max_num_queries):
    guard, at = actor(gate.people.guard), clock.now()
    passes(gate)
    come("Tạ Quang Huy", enters=True)
    with django_assert_max_num_queries(5) as counted:
        present_at(guard, gate.site, at)
    passes(gate, shown=issue_pass(gate.people.head, by=SETUP, agency=gate.land.bureau, at=at))
    come("Mạc Thị Ngà", enters=True)
    come("Bế Văn Đàn", enters=True)
    with django_assert_num_queries(len(counted)):
        assert len(present_at(guard, gate.site, at)) == 5


def test_who_is_inside_stands_with_department_and_the_way_to_their_screen(gate, come, time_machine):
    passes(gate)
    time_machine.shift(60)
    visit = come(enters=True)
    people = present_at(actor(gate.people.guard), gate.site, clock.now())
    assert [(one.name, one.unit, one.visitor, one.gate_pass) for one in people] == [
        ("Nguyễn Thị Lan", "Phòng Tổng hợp", False, gate.gate_pass.key),
        ("Tạ Quang Huy", "Khách", True, pass_of(visit).key),
    ]
    assert figures(gate.site, clock.now()) == {"present": 2, "guests": 1}


def test_an_empty_house_is_counted_as_empty(gate):
    assert figures(gate.site, clock.now()) == {"present": 0, "guests": 0}
    assert present_at(actor(gate.people.guard), gate.site, clock.now()) == []


def test_names_of_nobody_is_no_name(db):
    assert names_of([]) == {}


def test_the_page_of_the_book_shows_passings_latest_first_and_says_when_there_are_none(gate, at_gate, time_machine):
    client = at_gate()
    empty = text_of(client.get(reverse("gate:book")))
    assert "Chưa có khách trong ngày" in empty and "Chưa có lượt ra vào trong ngày" in empty
    passes(gate)
    time_machine.shift(3600)
    passes(gate, Direction.OUT)
    page = text_of(client.get(reverse("gate:book")))
    assert page.index("11h00") < page.index("10h00") and page.count("Nguyễn Thị Lan") == 2


def test_a_day_is_asked_for_as_people_write_it(gate, enter):
    for day in ["2026-11-19", "19/11/2026", "19-11-2026"]:
        page = enter(gate.people.office).get(reverse("gate:book"), {"ngay": day})
        assert "19/11" in text_of(page), day


def test_a_day_that_cannot_be_read_is_today(gate, enter):
    for day in ["", "x", "\x00", "31/02/2026", "9999999", "0001-01-01", "2026-11-20'--"]:
        page = enter(gate.people.office).get(reverse("gate:book"), {"ngay": day})
        assert page.status_code == 200 and "20/11" in text_of(page), day


def test_the_file_has_a_line_for_each_visitor_with_hours_of_hanoi(gate, come, enter):
    come(enters=True)
    answer = enter(gate.people.office).get(reverse("gate:book-file", args=["csv"]))
    lines = answer.content.decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 2 and "Họ và tên" in lines[0]
    assert "Tạ Quang Huy" in lines[1] and lines[1].count("10:00") == 2
    assert answer["Content-Disposition"] == 'attachment; filename="so-theo-doi-2026-11-20.csv"'


def test_a_file_of_a_day_without_visitors_has_its_headings(gate, enter):
    answer = enter(gate.people.office).get(reverse("gate:book-file", args=["csv"]), {"ngay": "2026-11-19"})
    assert len(answer.content.decode("utf-8-sig").strip().splitlines()) == 1
    assert "2026-11-19" in answer["Content-Disposition"]
