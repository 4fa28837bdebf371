"""The pages of the gate as guards, colleagues, leaders and visitors meet them (E1–E5)."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.gate.actions.visits import pass_of, renew_link
from taicho.gate.models import Entry, ExceptionDecision, GateDevice, GatePass, Visit
from taicho.gate.rules.codes import payload
from taicho.kernel import clock
from taicho.messaging.models import Receipt
from taicho.presence.queries.inside import inside
from tests.gate.words import by, declares, no_answers, order

VISITOR = {
    "full_name": "Tạ Quang Huy", "birth_year": "1980", "residence": "Phường Xương Giang", "employer": "Công ty A",
    "phone": "0912 345 678", "host": "Bà Lan", "purpose": "official",
}  # fmt: skip


def press(client, gate, act, **more):
    """Press a key under the verdict on the pass of the member of staff."""
    where = reverse("gate:verdict", args=[more.pop("key", gate.gate_pass.key)])
    return client.post(where, {"act": act, "client_id": str(uuid4()), **more}, follow=True)


def text_of(answer):
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_a_guard_lets_a_colleague_in_with_a_scan_a_reading_and_one_key(gate, at_gate):  # ux task 2
    order(gate, who="all", need=["temperature"])
    client = at_gate()
    answer = client.post(reverse("gate:scan"), {"code": payload(gate.gate_pass.token)}, follow=True)
    assert "ĐƯỢC VÀO" in text_of(answer) and "Nguyễn Thị Lan" in text_of(answer)
    answer = press(client, gate, "enter", temperature="365")
    assert "Nguyễn Thị Lan · vào 10h00" in text_of(answer)
    entry = Entry.objects.get()
    assert entry.checks == {"temperature": True} and entry.guard == gate.people.guard.key
    assert [stay.person for stay in inside(gate.site, clock.now())] == [gate.people.staff]


def test_the_first_page_of_a_guard_has_the_box_of_the_gate_on_an_enrolled_device_only(
    gate, at_gate, enter
):  # ux.md 3.1
    box = f'action="{reverse("gate:scan")}"'
    assert box not in enter(gate.people.guard).get(reverse("desks:home")).content.decode()
    assert box in at_gate().get(reverse("desks:home")).content.decode()
    assert box not in at_gate(gate.people.staff).get(reverse("desks:home")).content.decode()


def test_one_key_attests_mask_and_hands_and_says_so(gate, at_gate):  # ux.md 4, tasks 2 and 3; E2
    order(gate, who="all", need=["mask", "hand_rub", "temperature"])
    page = text_of(at_gate().get(reverse("gate:verdict", args=[gate.gate_pass.key])))
    assert "Có khẩu trang, đã sát khuẩn: ghi thân nhiệt, cho vào" in page
    press(at_gate(), gate, "enter", asks=["mask", "hand_rub"], temperature="365")
    assert Entry.objects.get().checks == {"mask": True, "hand_rub": True, "temperature": True}


def test_a_tick_takes_back_what_is_missing(gate, at_gate):  # E2
    order(gate, who="all", need=["mask", "hand_rub"])
    press(at_gate(), gate, "enter", asks=["mask", "hand_rub"], no_hand_rub="on")
    assert Entry.objects.get().checks == {"mask": True, "hand_rub": False}


def test_nothing_is_attested_that_the_screen_did_not_ask(gate, at_gate):  # E2
    order(gate, who="all", need=["mask", "hand_rub"])
    press(at_gate(), gate, "enter", asks=["mask"])
    assert Entry.objects.get().checks == {"mask": True, "hand_rub": False}


def test_without_a_mask_nobody_is_let_in_where_the_clause_refuses(gate, at_gate):  # E2
    order(gate, who="all", need=["mask"], if_missing="refuse")
    answer = press(at_gate(), gate, "enter", asks=["mask"], no_mask="on")
    assert answer.status_code == 400 and "còn thiếu đeo khẩu trang" in text_of(answer)
    assert 'name="no_mask" id="id_no_mask" checked' in answer.content.decode() and not Entry.objects.exists()


def test_a_typed_code_works_in_an_enrolled_device_for_a_day(gate, at_gate, time_machine):  # trust.md
    client = at_gate()
    typed = f"{gate.code[:3].lower()} {gate.code[3:]}"
    assert client.post(reverse("gate:scan"), {"code": typed}).url == reverse("gate:verdict", args=[gate.gate_pass.key])
    time_machine.shift(24 * 3600)
    assert client.post(reverse("gate:scan"), {"code": typed}).url == reverse("gate:unknown")


def test_a_browser_that_is_no_device_is_asked_for_its_code_first(gate, enter):
    client = enter(gate.people.guard)
    answer = client.post(reverse("gate:scan"), {"code": gate.code})
    assert answer.url == reverse("gate:enrol")


def test_a_revoked_device_is_no_gate_from_the_next_question_on(gate, at_gate):
    client = at_gate()
    assert client.get(reverse("gate:scan")).status_code == 200
    GateDevice.objects.update(revoked_at=clock.now())
    assert client.get(reverse("gate:scan")).url == reverse("gate:enrol")


def test_the_office_invites_and_the_guard_enrols_once(gate, enter):
    client = enter(gate.people.office)
    answer = client.post(reverse("gate:new-device"), {"gate": gate.side_gate.key, "name": "Máy cổng 2"}, follow=True)
    invited = GateDevice.objects.get(name="Máy cổng 2")
    assert invited.invitation[:5] in text_of(answer)
    client = enter(gate.people.guard)
    done = client.post(reverse("gate:enrol"), {"code": invited.invitation.lower()})
    assert done.url == reverse("gate:scan") and done.cookies["taicho-gate"]["httponly"]
    again = client.post(reverse("gate:enrol"), {"code": invited.invitation})
    assert again.status_code == 400 and "đã dùng" in text_of(again)


def test_the_screen_shows_the_clause_and_not_why_somebody_waits(gate, at_gate):  # story 7
    order(gate, who="all", need=["declaration"], if_missing="refuse")
    client = at_gate()
    where = reverse("gate:verdict", args=[gate.gate_pass.key])
    said = text_of(client.get(where))
    assert "CHƯA KHAI BÁO" in said and "vì:" in said and "Điều kiện tại cổng" in said
    declares(gate.people.staff, symptoms=True)
    said = text_of(client.get(where))
    assert "MỜI VÀO KHU CHỜ" in said
    assert not re.search("triệu chứng|sốt|ho,|tiếp xúc|hạn chế|cách ly", said, re.IGNORECASE)


def test_the_leader_decides_on_the_phone_and_the_gate_lets_in(gate, at_gate, enter):  # E3
    order(gate, who="all", need=["declaration"], if_missing="refuse")
    answer = press(at_gate(), gate, "ask")
    assert "Lãnh đạo đã nhận tin" in text_of(answer)
    told = Receipt.objects.get()
    assert told.person == gate.people.leader
    leader = enter(gate.people.leader)
    page = leader.get(told.message.link)
    assert "Nguyễn Thị Lan" in text_of(page) and "CHƯA KHAI BÁO" in text_of(page)
    leader.post(told.message.link, {"allowed": "yes", "reason": "Họp khẩn, sẽ khai báo tại phòng"})
    decision = ExceptionDecision.objects.get()
    assert (decision.leader, decision.recorded_by) == (gate.people.leader, None)
    client = at_gate()
    assert "ĐƯỢC VÀO" in text_of(client.get(reverse("gate:verdict", args=[gate.gate_pass.key])))
    press(client, gate, "enter")
    entry = Entry.objects.get()
    assert entry.exception == decision and entry.checks == {"declaration": False}


def test_the_guard_writes_down_what_the_leader_said_by_telephone(gate, at_gate):  # E3
    order(gate, who="all", need=["declaration"])
    client = at_gate()
    page = press(client, gate, "ask")
    answer = {"leader": gate.people.leader.key, "allowed": "no", "reason": "Khai báo rồi hãy vào"}
    said = client.post(f"{page.request['PATH_INFO']}/dien-thoai", answer, follow=True)
    decision = ExceptionDecision.objects.get()
    assert (decision.allowed, decision.recorded_by) == (False, gate.people.guard.key)
    assert "Bảo vệ ghi lại lời qua điện thoại" in text_of(said)


def test_a_guard_decides_nothing_alone(gate, at_gate):
    order(gate, who="all", need=["declaration"])
    client = at_gate()
    page = press(client, gate, "ask")
    refused = client.post(page.request["PATH_INFO"], {"allowed": "yes", "reason": "Quen biết"})
    assert refused.status_code == 403 and not ExceptionDecision.objects.exists()


def test_evidence_of_another_declaration_is_accepted_where_the_measure_accepts_it(gate, at_gate):  # F2
    order(gate, who="all", need=["declaration"])
    order(gate, kind="health.daily_declaration", times_per_day=1, accepted=["PC-Covid"])
    client = at_gate()
    assert "PC-Covid" in text_of(client.get(reverse("gate:verdict", args=[gate.gate_pass.key])))
    where = reverse("gate:evidence", args=[gate.gate_pass.key])
    answer = client.post(where, {"client_id": str(uuid4()), "shown": "PC-Covid"}, follow=True)
    assert "ĐƯỢC VÀO" in text_of(answer)


def test_a_colleague_sees_the_same_pass_again(gate, enter):
    client = enter(gate.people.staff)
    first = client.get(reverse("gate:pass")).content.decode()
    assert f"{gate.code[:3]} {gate.code[3:]}" in first and "data:image/svg+xml" in first
    assert client.get(reverse("gate:pass")).content.decode().count("data:image/svg+xml") == 1
    client.post(reverse("gate:pass"), {"act": "renew"})
    gate.gate_pass.refresh_from_db()
    assert gate.gate_pass.revoked_at is not None
    assert GatePass.objects.filter(person=gate.people.staff, revoked_at=None).count() == 1


def test_who_has_no_pass_yet_takes_one(gate, enter):
    client = enter(gate.people.head)
    assert "Lấy thẻ" in text_of(client.get(reverse("gate:pass")))
    answer = client.post(reverse("gate:pass"), follow=True)
    assert "Dùng đến" in text_of(answer)


@pytest.fixture
def poster(gate):
    return renew_link(gate.gate, by=by(gate.people.office), at=clock.now())


def sends(client, poster, **more):
    """A visitor sends the form of the poster."""
    answers = {key: "yes" if yes else "no" for key, yes in no_answers().items()}
    facts = {**VISITOR, **answers, "client_id": str(uuid4()), **more}
    return client.post(reverse("gate:visitor", args=[poster.token]), facts, follow=True)


def test_a_visitor_declares_behind_the_poster_and_is_let_in(gate, poster, client, at_gate):  # ux task 3
    order(gate, who="visitors", need=["declaration", "book"], if_missing="refuse")
    page = client.get(reverse("gate:visitor", args=[poster.token]))
    assert page.status_code == 200 and "checked" not in page.content.decode()
    answer = sends(client, poster)
    visit = Visit.objects.get()
    code = pass_of(visit).codes.get().code
    assert f"{code[:3]} {code[3:]}" in text_of(answer)
    guard = at_gate()
    said = text_of(guard.post(reverse("gate:scan"), {"code": code}, follow=True))
    assert "ĐƯỢC VÀO" in said and "Tạ Quang Huy" in said and "Bà Lan" in said
    press(guard, gate, "enter", key=pass_of(visit).key)
    assert [stay.person for stay in inside(gate.site, clock.now())] == [visit.person]


def test_the_same_form_sent_twice_is_one_visit_and_another_content_a_conflict(gate, poster, client):
    once = str(uuid4())
    assert sends(client, poster, client_id=once).status_code == 200
    assert sends(client, poster, client_id=once).status_code == 200
    assert sends(client, poster, client_id=once, full_name="Mạc Thị Ngà").status_code == 400
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("broken", ["", "x", "' or 1=1", "\x00"])
def test_a_visitor_whose_page_is_broken_is_told_to_open_it_again(poster, client, broken):  # ux.md 6
    answer = sends(client, poster, client_id=broken)
    assert answer.status_code == 400
    assert "Trang đã cũ hoặc bị sửa. Mở lại trang rồi gửi lại." in text_of(answer) and "UUID" not in text_of(answer)
    assert not Visit.objects.exists()


def test_the_public_page_never_tells_whether_somebody_is_known(gate, poster, client):  # S-12
    first = sends(client, poster)
    second = sends(client, poster)
    hide = re.compile(r"[A-Z0-9]{3} [A-Z0-9]{3}|data:image[^\"]+|csrf[^>]+")
    assert hide.sub("", text_of(first)) == hide.sub("", text_of(second))
    assert (first.status_code, first.redirect_chain) == (second.status_code, second.redirect_chain)


def test_a_flood_behind_one_poster_is_held_back_and_writes_nothing_more(gate, poster, client):  # S-11
    answers = []
    for _turn in range(35):
        client.cookies.clear()
        answers.append(sends(client, poster, full_name="").status_code)
    assert answers.count(429) == 5 and answers[:30] == [400] * 30


def test_a_wrong_year_and_a_wrong_number_stand_at_their_fields(poster, client):
    answer = sends(client, poster, birth_year="80", phone="12345")
    said = text_of(answer)
    assert answer.status_code == 400 and "Nhập năm sinh gồm 4 chữ số" in said and "0912 345 678" in said
    assert not Visit.objects.exists()


def test_an_old_poster_leads_nowhere(gate, poster, client):
    renew_link(gate.gate, by=by(gate.people.office), at=clock.now())
    assert client.get(reverse("gate:visitor", args=[poster.token])).status_code == 404


def test_the_guard_types_a_visitor_in(gate, at_gate):  # E4
    order(gate, who="visitors", need=["declaration"])
    client = at_gate()
    answer = client.post(reverse("gate:new-visitor"), {**VISITOR, "client_id": str(uuid4())}, follow=True)
    assert "CHƯA KHAI BÁO" in text_of(answer) and "Tạ Quang Huy" in text_of(answer)


def test_a_high_reading_stays_on_the_screen_with_the_clause_and_the_decided_threshold(gate, at_gate):  # E2
    order(gate, who="all", need=["temperature"])
    order(gate, kind="health.fever_threshold", at_least_c=37.5)
    client = at_gate()
    said = press(client, gate, "enter", temperature="38,1")
    assert "THÂN NHIỆT CAO" in text_of(said) and text_of(said).count("vì:") == 2 and "38" not in text_of(said)
    assert "chưa vào" in text_of(client.get(reverse("gate:book")))
    assert "THÂN NHIỆT CAO" in text_of(press(client, gate, "measure", temperature="368"))
    wrong = press(client, gate, "measure", temperature="99")
    assert wrong.status_code == 400 and "Nhập thân nhiệt từ 34,0 đến 43,0" in text_of(wrong)


def test_a_visitor_without_a_telephone_answers_on_the_tablet(gate, at_gate):  # E4, L3
    order(gate, who="visitors", need=["declaration"])
    client = at_gate()
    client.post(reverse("gate:new-visitor"), {**VISITOR, "client_id": str(uuid4())})
    key = pass_of(Visit.objects.get()).key
    where = reverse("gate:declare-here", args=[key])
    page = client.get(where).content.decode()
    assert "checked" not in page and "Ông/bà có dấu hiệu" in page and "đồng chí" not in page
    answers = {question: "no" for question in no_answers()}
    said = client.post(where, {**answers, "client_id": str(uuid4())}, follow=True)
    assert "ĐƯỢC VÀO" in text_of(said)
    own = reverse("gate:declare-here", args=[gate.gate_pass.key])
    assert client.get(own).status_code == 404


def test_where_visits_are_limited_the_host_is_asked_and_nobody_refused(gate, at_gate):  # E5
    order(gate, kind="gate.visits", mode="limited", purpose="personal")
    client = at_gate()
    page = client.post(
        reverse("gate:new-visitor"), {**VISITOR, "purpose": "personal", "client_id": str(uuid4())}, follow=True
    )
    assert "CẦN KIỂM TRA LẠI" in text_of(page) and "Hỏi người tiếp" in text_of(page)
    key = pass_of(Visit.objects.get()).key
    assert "ĐƯỢC VÀO" in text_of(press(client, gate, "host", key=key))


def test_the_book_shows_the_five_fields_and_leaves_as_a_harmless_file(gate, poster, client, at_gate):  # S-08, E4
    sends(client, poster, full_name="=HYPERLINK(1)", employer="@SUM(A1)")
    guard = at_gate()
    page = text_of(guard.get(reverse("gate:book")))
    assert all(words in page for words in ("HYPERLINK(1)", "1980", "Phường Xương Giang", "0912 345 678", "Bà Lan"))
    answer = guard.get(reverse("gate:book-file", args=["csv"]))
    assert b"\"'=HYPERLINK" in answer.content and b"\"'@SUM" in answer.content
    assert guard.get(reverse("gate:book-file", args=["xlsx"])).content[:2] == b"PK"
    assert guard.get(reverse("gate:book-file", args=["exe"])).status_code == 404


def test_who_lost_the_pass_leaves_by_the_list_of_those_inside(gate, at_gate):  # nobody is kept from leaving
    client = at_gate()
    press(client, gate, "enter")
    where = reverse("gate:verdict", args=[gate.gate_pass.key])
    assert where in client.get(reverse("gate:inside")).content.decode()
    press(client, gate, "leave")
    assert not inside(gate.site, clock.now()).exists()
    assert "Không còn ai ở trong" in text_of(client.get(reverse("gate:inside")))


def test_a_gate_whose_site_nobody_holds_answers_with_a_word_and_not_a_fault(gate, at_gate, time_machine):
    client = at_gate()
    gate.site.holdings.update(valid_to=clock.today())
    time_machine.shift(24 * 3600)
    said = client.get(reverse("gate:verdict", args=[gate.gate_pass.key]))
    assert said.status_code == 200 and "MÃ HẾT HẠN / SAI" in text_of(said)


def test_colleagues_read_neither_the_book_nor_the_gate(gate, enter):
    client = enter(gate.people.staff)
    for name in ("gate:book", "gate:inside", "gate:scan", "gate:devices"):
        assert client.get(reverse(name)).status_code == 403, name


def test_the_poster_is_printed_with_an_address_that_works(gate, enter, client):
    office = enter(gate.people.office)
    where = reverse("gate:poster", args=[gate.gate.key])
    assert "Tạo mã" in text_of(office.get(where))
    page = text_of(office.post(where, follow=True))
    address = re.search(r"https?://\S+/cong/([A-Z2-7]{32})", page)
    office.logout()
    assert office.get(reverse("gate:visitor", args=[address[1]])).status_code == 200
