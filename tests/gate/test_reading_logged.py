"""Who read the names of the people at the gate stands in the trail, in the name of whose gate it is (L4; trust.md S-19)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.gate.actions.visits import VisitorFacts, register_visit
from taicho.kernel import clock
from taicho.kernel.audit import proves
from taicho.kernel.models import AuditEntry
from taicho.organisation.actions.places import add_gate, add_site
from taicho.organisation.enums import PostRole
from tests.gate.test_pages import press, text_of
from tests.organisation.land import SETUP, START, post

BOOK = ("gate.read_book", "gate.export_book", "gate.read_inside", "gate.look_for_name", "gate.choose_by_name")


@pytest.fixture
def opened(django_capture_on_commit_callbacks):
    """Open a page to its end, and return what the trail keeps of it: verb, whose, by whom."""

    def visit(client, address, **sent):
        before = set(AuditEntry.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address, sent) if sent else client.get(address)
        rows = AuditEntry.objects.filter(verb__in=BOOK).exclude(pk__in=before).order_by("pk")
        return answer, list(rows)

    return visit


@pytest.fixture
def visitor(gate):
    facts = VisitorFacts("Tạ Quang Huy", 1980, "Xương Giang", "Công ty A", "0912345678", "Bà Lan", "official")
    return register_visit(facts, by=SETUP, gate=gate.gate, client_id=uuid4(), at=clock.now(), answers=None)


@pytest.mark.parametrize(
    "route, verb",
    [
        (("gate:book",), "gate.read_book"),
        (("gate:book-file", ["xlsx"]), "gate.export_book"),
        (("gate:book-file", ["csv"]), "gate.export_book"),
    ],
    ids=["page", "excel", "csv"],
)
def test_the_book_is_read_in_the_name_of_the_agency_and_not_of_the_readers_department(
    gate, visitor, enter, opened, route, verb
):
    answer, (row,) = opened(enter(gate.people.office), reverse(route[0], args=route[1] if len(route) > 1 else []))
    assert answer.status_code == 200
    assert (row.verb, row.unit, row.object_key, row.actor) == (
        verb, gate.land.bureau.key, gate.land.bureau.key, gate.people.office.key,
    )  # fmt: skip
    assert gate.land.office.key != row.unit


def test_which_day_was_taken_away_can_be_proved_and_is_not_in_the_row(gate, enter, opened):
    address = f"{reverse('gate:book-file', args=['csv'])}?ngay=2026-11-19"
    _answer, (row,) = opened(enter(gate.people.office), address)
    assert proves(row, {"day": "2026-11-19"}) and not proves(row, {"day": "2026-11-20"})


def test_who_keeps_the_gates_of_two_agencies_reads_in_the_name_of_both(gate, enter, opened):
    post(gate.people.office, gate.land.institute, PostRole.OFFICE)
    _answer, rows = opened(enter(gate.people.office), reverse("gate:book"))
    assert [row.unit for row in rows] == [gate.land.bureau.key, gate.land.institute.key]


def test_a_book_that_was_refused_was_not_read(gate, visitor, enter, opened):
    for name, arguments in (("gate:book", []), ("gate:book-file", ["csv"]), ("gate:inside", [])):
        answer, rows = opened(enter(gate.people.staff), reverse(name, args=arguments))
        assert (answer.status_code, rows) == (403, [])


def test_a_kind_of_file_there_is_not_is_no_reading(gate, enter, opened):
    answer, rows = opened(enter(gate.people.office), reverse("gate:book-file", args=["exe"]))
    assert (answer.status_code, rows) == (404, [])


def test_who_looks_at_the_people_in_the_house_stands_in_the_trail(gate, at_gate, opened):
    client = at_gate()
    press(client, gate, "enter")
    answer, (row,) = opened(client, reverse("gate:inside"))
    assert "Nguyễn Thị Lan" in text_of(answer)
    assert (row.verb, row.object_key, row.unit, row.actor) == (
        "gate.read_inside", gate.site.key, gate.land.bureau.key, gate.people.guard.key,
    )  # fmt: skip


def test_an_empty_house_tells_no_name_and_leaves_no_row(gate, at_gate, opened):
    answer, rows = opened(at_gate(), reverse("gate:inside"))
    assert "Không còn ai ở trong" in text_of(answer) and rows == []


def test_each_house_that_has_people_is_one_reading(gate, at_gate, enter, opened):
    press(at_gate(), gate, "enter")
    other = add_site(by=SETUP, unit=gate.land.bureau, name="Kho", address="Số 9", valid_from=START)
    add_gate(other, by=SETUP, name="Cổng kho")
    office = enter(gate.people.office)
    office.cookies.pop("taicho-gate")
    answer, rows = opened(office, reverse("gate:inside"))
    assert text_of(answer).count("Không còn ai ở trong") == 1
    assert [row.object_key for row in rows] == [gate.site.key]


def test_a_name_that_was_looked_for_stands_in_no_row_only_who_was_shown(gate, at_gate, opened):
    _answer, (row,) = opened(at_gate(), reverse("gate:by-name"), words="lan")
    assert (row.verb, row.unit) == ("gate.look_for_name", gate.land.bureau.key)
    assert proves(row, {"shown": [str(gate.people.staff.key)]})


def test_the_person_chosen_by_name_stands_in_the_trail(gate, at_gate, opened):
    _answer, (row,) = opened(at_gate(), reverse("gate:choose"), person=str(gate.people.staff.key))
    assert (row.verb, row.object_key, row.actor) == (
        "gate.choose_by_name", gate.people.staff.key, gate.people.guard.key,
    )  # fmt: skip
