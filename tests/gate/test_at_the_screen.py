"""What the guard reads and presses under a verdict: nothing of health, nothing lost, one row a press (E1–E4, L3)."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.gate.actions.entries import measure_again
from taicho.gate.actions.passes import issue_pass
from taicho.gate.enums import Direction, GateVerdict
from taicho.gate.models import Entry
from taicho.health.actions.restrictions import restrict
from taicho.health.models import Temperature
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict, Refusal
from taicho.presence.models import Stay
from tests.gate.test_pages import press, text_of
from tests.gate.words import by, declares, order, passes, scan
from tests.organisation.land import SETUP

HEALTH = ("triệu chứng", "ho, sốt", "tiếp xúc", "hạn chế", "cách ly", "Chờ kết quả", "38")


def screen(client, gate):
    return client.get(reverse("gate:verdict", args=[gate.gate_pass.key]))


def test_whatever_the_reason_the_screen_of_who_waits_is_one_and_the_same(gate, at_gate):  # L3, F8
    """A restriction of any kind, an answer, both: a guard cannot tell them apart."""
    client = at_gate()
    restrict(gate.people.staff, by=SETUP, kind="no_entry", reason="Chờ kết quả", at=clock.now())
    first = text_of(screen(client, gate))
    declares(gate.people.staff, symptoms=True)
    second = text_of(screen(client, gate))
    assert first == second and "MỜI VÀO KHU CHỜ" in first
    assert not [word for word in HEALTH if word in first]


def test_the_screen_of_who_waits_offers_the_waiting_area_and_no_way_in(gate, at_gate):
    client = at_gate()
    declares(gate.people.staff, symptoms=True)
    page = screen(client, gate).content.decode()
    assert 'value="turn-away"' in page and 'value="enter"' not in page and 'value="ask"' not in page
    answer = press(client, gate, "enter")
    assert answer.status_code in (400, 409) or "MỜI VÀO KHU CHỜ" in text_of(answer)
    assert not Entry.objects.filter(admitted=True).exists()


def test_somebody_inside_who_falls_ill_is_let_out(gate, at_gate):
    client = at_gate()
    press(client, gate, "enter")
    declares(gate.people.staff, symptoms=True)
    page = screen(client, gate).content.decode()
    assert "MỜI VÀO KHU CHỜ" in page and 'value="leave"' in page
    press(client, gate, "leave")
    assert Stay.objects.get().until_at == clock.now()


def test_a_key_that_there_is_not_writes_nothing(gate, at_gate):
    client = at_gate()
    for act in ("", "open", "enter;", "ENTER", "\x00"):
        answer = press(client, gate, act)
        assert answer.status_code == 200 and not Entry.objects.exists(), act


@pytest.mark.parametrize("temperature", ["99", "abc", "36,55555", "-1", "\x00", "３６５x"])
def test_a_reading_that_is_none_stays_as_typed_and_lets_nobody_in(gate, at_gate, temperature):
    order(gate, who="all", need=["temperature"])
    answer = press(at_gate(), gate, "enter", temperature=temperature)
    assert answer.status_code == 400 and not Entry.objects.exists() and not Temperature.objects.exists()
    assert temperature.replace("\x00", "") in answer.content.decode()


def test_a_press_without_its_id_writes_nothing(gate, at_gate):
    where = reverse("gate:verdict", args=[gate.gate_pass.key])
    for sent in ({"act": "enter", "x": "1"}, {"act": "enter", "client_id": "x"}, {"act": "enter", "client_id": ""}):
        answer = at_gate().post(where, sent)
        assert answer.status_code == 400, sent
        assert "Trang đã cũ hoặc bị sửa. Mở lại trang rồi gửi lại." in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_press_sent_twice_is_one_passing(gate, at_gate):  # D9
    client, once = at_gate(), str(uuid4())
    for _twice in range(2):
        press(client, gate, "enter", client_id=once)
    assert (Entry.objects.count(), Stay.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(verb="gate.entry_in").count() == 1


def test_another_gate_cannot_send_the_same_passing(gate):  # D9
    once = uuid4()
    passes(gate, client_id=once)
    other = issue_pass(gate.people.head, by=SETUP, agency=gate.land.bureau, at=clock.now())
    with pytest.raises(Conflict) as refused:
        passes(gate, client_id=once, shown=other)
    assert refused.value.code == "gate_entry_sent_once" and Entry.objects.count() == 1


def test_who_is_inside_comes_in_again_only_when_the_guard_says_so(gate):
    passes(gate)
    with pytest.raises(Conflict) as stopped:
        passes(gate)
    assert stopped.value.code == "stopped"
    again = passes(gate, again=True)
    assert (again.verdict, again.admitted) == (GateVerdict.STILL_INSIDE, True)
    assert Stay.objects.count() == 1  # scanned twice in a day is one stay


def test_coming_in_again_passes_over_nothing_else(gate):
    passes(gate)
    restrict(gate.people.staff, by=SETUP, kind="no_entry", reason="Chờ kết quả", at=clock.now())
    with pytest.raises(Conflict):
        passes(gate, again=True)
    assert Entry.objects.count() == 1


def test_two_who_go_out_twice_have_gone_out(gate, time_machine):
    passes(gate)
    for _twice in range(2):
        time_machine.shift(60)
        passes(gate, Direction.OUT)
    assert Stay.objects.count() == 1 and scan(gate).verdict is GateVerdict.ADMIT


def test_a_reading_of_who_waits_is_kept_and_ends_nothing(gate):
    order(gate, kind="health.fever_threshold", at_least_c=37.5)
    order(gate, who="all", need=["temperature"])
    passes(gate, temperature=Decimal("38.5"))
    sent = {"by": by(gate.people.guard), "device": gate.device, "at": clock.now()}
    measure_again(gate.gate_pass, client_id=uuid4(), celsius=Decimal("36.5"), **sent)
    assert Temperature.objects.count() == 2 and scan(gate).verdict is GateVerdict.HIGH_TEMPERATURE
    with pytest.raises(Refusal):
        measure_again(gate.gate_pass, client_id=uuid4(), celsius=Decimal("99"), **sent)
    assert Temperature.objects.count() == 2


def test_what_is_missing_is_named_all_at_once(gate):
    order(gate, who="all", need=["mask", "hand_rub", "temperature"], if_missing="refuse")
    with pytest.raises(Refusal) as refused:
        passes(gate)
    sentence = str(refused.value.sentence)
    assert all(word in sentence for word in ("đeo khẩu trang", "sát khuẩn tay", "đo thân nhiệt"))
    assert not Entry.objects.exists() and not Stay.objects.exists()


def test_a_screen_costs_the_same_however_many_passed_before(gate, at_gate, django_assert_max_num_queries, time_machine):
    client, asked = at_gate(), []
    for _day in range(2):
        for way in (Direction.IN, Direction.OUT) * 3:
            time_machine.shift(60)
            passes(gate, way)
        screen(client, gate)  # the first page after a while also renews the session
        with django_assert_max_num_queries(30) as counted:
            screen(client, gate)
        asked.append(len(counted))
    assert asked[0] == asked[1]


def test_a_pass_that_is_none_of_this_house_is_not_found(gate, at_gate):
    client = at_gate()
    other = issue_pass(gate.people.researcher, by=SETUP, agency=gate.land.institute, at=clock.now())
    for key in (other.key, uuid4()):
        for route in ("gate:verdict", "gate:declare-here"):
            assert client.get(reverse(route, args=[key])).status_code == 404, route
        assert client.post(reverse("gate:evidence", args=[key])).status_code == 404


def test_no_evidence_is_taken_that_no_measure_accepts(gate, at_gate):  # F2
    order(gate, who="all", need=["declaration"])
    where = reverse("gate:evidence", args=[gate.gate_pass.key])
    at_gate().post(where, {"client_id": str(uuid4()), "shown": "PC-Covid"})
    assert scan(gate).verdict is GateVerdict.NOT_DECLARED
