"""Somebody without telephone and card: the guard types a name, and sees name and department, nothing else (E1)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.gate.models import GatePass
from taicho.gate.queries.names import MOST_ANSWERS, colleagues_named
from taicho.health.actions.restrictions import restrict
from taicho.kernel import clock
from taicho.organisation.actions.staff import end_service, transfer
from taicho.organisation.models import Person
from tests.gate.test_pages import text_of
from tests.gate.words import declares
from tests.organisation.land import SETUP, staff


def named(gate, words, at=None):
    """Names and departments the guard is shown."""
    found = colleagues_named(words, gate.land.bureau, at or clock.now())
    return [(one.name, one.unit) for one in found.people]


LAN = [("Nguyễn Thị Lan", "Phòng Tổng hợp")]


def test_a_name_is_found_as_a_guard_types_it(gate):
    apart = "Nguye\u0302\u0303n La"
    for words in ("Lan", "lan", "LAN", "nguyen thi lan", "lan nguyen", "Nguyễn Thị Lan", "  lan ", apart):
        assert named(gate, words) == LAN, words


def test_the_letter_d_is_found_with_and_without_its_stroke(gate):
    for words in ("dang", "Đặng", "đang", "DANG THI HONG"):
        assert named(gate, words) == [("Đặng Thị Hồng", "Sở Khoa học và Công nghệ")], words


def test_what_is_no_name_here_finds_nobody(gate):
    for words in ("", " ", "%", "_", "%%", "\x00", "' OR 1=1", "<b>", "Tạ Quang Huy", "an" * 5000):
        assert named(gate, words) == [], words


def test_nobody_of_another_agency_and_no_visitor_is_found(gate):
    for words in ("trang", "Niê", "Huy"):
        assert named(gate, words) == [], words
    assert Person.objects.filter(full_name="Bùi Thu Trang").exists()


def test_who_has_left_or_moved_away_is_found_no_more_and_until_then_is(gate, time_machine):  # A13
    time_machine.shift(60)
    before = clock.now()
    end_service(gate.people.staff, by=SETUP, at=before)
    transfer(gate.people.head, by=SETUP, to=gate.land.institute, at=before)
    assert named(gate, "lan") == named(gate, "quân") == []
    assert named(gate, "lan", before.replace(minute=0)) == LAN


def test_who_moved_inside_the_agency_is_shown_with_the_new_department(gate, time_machine):
    time_machine.shift(60)
    transfer(gate.people.staff, by=SETUP, to=gate.land.office, at=clock.now())
    assert named(gate, "lan") == [("Nguyễn Thị Lan", "Văn phòng")]


def test_more_than_eight_of_a_name_ask_for_more_letters_and_stand_by_name(gate, at_gate, django_assert_num_queries):
    for family in ("Vũ", "Trần", "Phan", "Mai", "Lý", "Hồ", "Đỗ", "Bùi", "Cao"):
        staff(f"{family} Thị Sen", gate.land.office)
    at = clock.now()
    with django_assert_num_queries(2):
        found = colleagues_named("sen", gate.land.bureau, at)
    assert len(found.people) == MOST_ANSWERS == 8 and found.more
    shown = [one.name.split()[0] for one in found.people]
    assert shown == ["Bùi", "Cao", "Đỗ", "Hồ", "Lý", "Mai", "Phan", "Trần"]
    page = at_gate().post(reverse("gate:by-name"), {"words": "sen"})
    assert "Còn người khác trùng tên" in text_of(page) and page.content.decode().count('name="person"') == 8
    assert not colleagues_named("vu thi sen", gate.land.bureau, clock.now()).more


def test_the_guard_types_chooses_and_gets_the_verdict_as_for_a_code(gate, at_gate):
    client = at_gate()
    assert reverse("gate:by-name") in client.get(reverse("gate:scan")).content.decode()
    page = client.post(reverse("gate:by-name"), {"words": "lan"})
    assert "Nguyễn Thị Lan · Phòng Tổng hợp" in text_of(page)
    answer = client.post(reverse("gate:choose"), {"person": gate.people.staff.key})
    assert answer.url == reverse("gate:verdict", args=[gate.gate_pass.key])
    assert "ĐƯỢC VÀO" in text_of(client.get(answer.url))


def test_somebody_without_a_pass_gets_one_when_chosen(gate, at_gate):
    client = at_gate()
    for _twice in range(2):
        client.post(reverse("gate:choose"), {"person": gate.people.head.key})
    held = GatePass.objects.get(person=gate.people.head)
    assert (held.agency, held.issued_by) == (gate.land.bureau, gate.people.guard.key)


def test_the_list_of_names_tells_nothing_about_health(gate, at_gate):  # L3
    quiet = at_gate().post(reverse("gate:by-name"), {"words": "lan"}).content.decode()
    declares(gate.people.staff, symptoms=True)
    restrict(gate.people.staff, by=SETUP, kind="no_entry", reason="Chờ kết quả", at=clock.now())
    marked = at_gate().post(reverse("gate:by-name"), {"words": "lan"}).content.decode()
    assert marked.split("<main")[1].split("csrf")[0] == quiet.split("<main")[1].split("csrf")[0]
    people = [page.split('name="person"')[1].split("</ul>")[0] for page in (quiet, marked)]
    assert people[0] == people[1] and "0912" not in people[0]


@pytest.mark.parametrize("words", ["a", "%", "  "])
def test_one_letter_turns_over_no_list_and_says_what_to_type(gate, at_gate, words):
    page = at_gate().post(reverse("gate:by-name"), {"words": words})
    assert page.status_code == 400 and 'name="person"' not in page.content.decode()


def test_a_name_nobody_has_says_so_and_keeps_what_was_typed(gate, at_gate):
    page = at_gate().post(reverse("gate:by-name"), {"words": "Tạ Quang Huy"})
    assert "Cơ quan không có ai mang tên này" in text_of(page) and 'value="Tạ Quang Huy"' in page.content.decode()


@pytest.mark.parametrize("who", ["researcher", "villager", None], ids=["other agency", "commune", "unknown"])
def test_nobody_but_the_staff_of_the_agency_can_be_chosen(gate, at_gate, who):
    key = getattr(gate.people, who).key if who else uuid4()
    passes = GatePass.objects.count()
    assert at_gate().post(reverse("gate:choose"), {"person": key}).status_code == 404
    assert GatePass.objects.count() == passes


def test_a_choice_that_is_none_is_not_found(gate, at_gate):
    client = at_gate()
    for sent in ({}, {"person": ""}, {"person": "x"}, {"person": "' OR 1=1"}):
        assert client.post(reverse("gate:choose"), sent).status_code == 404, sent


def test_only_a_guard_at_an_enrolled_device_looks_for_names(gate, at_gate, enter):
    for who, status in (("staff", 403), ("office", 403), ("leader", 403)):
        assert at_gate(getattr(gate.people, who)).post(reverse("gate:by-name"), {"words": "lan"}).status_code == status
    client = enter(gate.people.guard)
    client.cookies.pop("taicho-gate", None)
    assert client.post(reverse("gate:by-name"), {"words": "lan"}).url == reverse("gate:enrol")
    assert client.get(reverse("gate:choose")).status_code == 405


def test_a_name_in_the_address_is_not_looked_for(gate, at_gate):
    page = at_gate().get(reverse("gate:by-name") + "?words=lan")
    assert page.status_code == 200 and "Nguyễn Thị Lan" not in text_of(page)
