"""Sites, gates and rooms: what the office enters and mends, what is refused and told, who sees them (D8, E1, G2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.places import add_gate, add_room, add_site, edit_gate, edit_room, edit_site
from taicho.organisation.actions.saving import keep
from taicho.organisation.models import Gate, Room, Site, SiteHolding
from tests.organisation.browsing import at
from tests.organisation.land import NOW, SETUP, START, actor
from tests.organisation.page_parts import above, choices, filled, links, page_of, rows, sheet, trail, wrong
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401
from tests.organisation.traces import questions, traces

DAY = timedelta(days=1)
TODAY = date(2026, 11, 20)
SITE = {"name": "Trụ sở 2", "address": "Số 9", "division": "00004"}
ROOM = {"name": "Phòng 1", "floor": "Tầng 2", "area_m2": "36,5", "seats": "8"}


@pytest.fixture
def office(things, people, enter):
    """The office of the Sở, which keeps its places."""
    return enter(people.office)


def refused(browser, address, sent):
    """Send what must be refused; return the page, with everything typed still in it."""
    before = [kind.objects.count() for kind in (Site, SiteHolding, Gate, Room)]
    with traces() as left:
        answer = browser.post(address, sent)
    page = page_of(answer)
    assert (answer.status_code, left.verbs) == (400, [])
    assert {name: value for name, value in filled(page).items() if name in sent} == sent
    assert [kind.objects.count() for kind in (Site, SiteHolding, Gate, Room)] == before
    return page


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("division", "0004", "Mã xã, phường gồm đúng 5 chữ số, ví dụ 00004."),
        ("name", "", None),
        ("name", "x" * 121, None),
        ("address", "", None),
        ("address", "x" * 251, None),
        ("unit", "", None),
    ],
)
def test_a_wrong_entry_for_a_site_is_told_at_its_field(name, typed, sentence, office, things):
    sent = SITE | {"unit": str(things.bureau.key)} | {name: typed}
    page = refused(office, at("new-site"), sent)
    assert list(wrong(page)) == [name]
    assert sentence is None or wrong(page) == {name: sentence}


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("area_m2", "0", "Diện tích phải lớn hơn 0 m²."),
        ("area_m2", "-4", "Diện tích phải lớn hơn 0 m²."),
        ("area_m2", "36,55", None),
        ("area_m2", "rộng", None),
        ("area_m2", "10000000", None),
        ("seats", "-1", None),
        ("seats", "4,5", None),
        ("seats", "99999", None),
        ("floor", "x" * 41, None),
        ("name", "phòng HỌP a", "Địa điểm này đã có phòng mang tên đó."),
        ("name", "\u200b\u200b", "Tên phòng: Trường này không được để trắng."),
    ],
)
def test_a_wrong_entry_for_a_room_is_told_and_no_room_is_made(name, typed, sentence, office, things):  # G2
    page = refused(office, at("new-room", things.site), ROOM | {name: typed})
    told = wrong(page)
    assert list(told) == [name] or above(page)
    assert sentence is None or sentence in (*told.values(), *above(page))


def test_a_room_may_leave_area_and_seats_unknown_and_shows_a_dash_for_them_not_a_nought(office, things):  # house § 5
    assert office.post(at("new-room", things.site), {"name": "Kho"}).status_code == 302
    page = page_of(office.get(at("site", things.site)))
    assert rows(sheet(page, "Phòng")) == [["Kho", "–", "–", "–"], ["Phòng họp A", "–", "–", "40"]]


def test_the_area_is_written_with_a_comma_and_read_back_as_it_was_written(office, things):  # ux.md 8
    office.post(at("new-room", things.site), ROOM)
    room = Room.objects.get(name="Phòng 1")
    assert room.area_m2 == Decimal("36.5")
    assert filled(page_of(office.get(at("edit-room", room))))["area_m2"] == "36,5"
    assert ["Phòng 1", "Tầng 2", "36,5 m²", "8"] in rows(sheet(page_of(office.get(at("site", things.site))), "Phòng"))


@pytest.mark.parametrize("page", ["edit-site", "edit-gate", "edit-room"])
def test_two_people_mend_one_place_and_the_second_chooses_between_both(page, office, things):  # ux.md 6
    kind = page.removeprefix("edit-")
    thing, edit = getattr(things, kind), {"site": edit_site, "gate": edit_gate, "room": edit_room}[kind]
    address = at(page, thing)
    sent = filled(page_of(office.get(address))) | {"name": "Tên của tôi"}
    edit(thing, by=SETUP, seen=1, name="Tên của người kia")
    answer = office.post(address, sent)
    assert answer.status_code == 409
    shown = page_of(answer)
    differing = [[cell.text for cell in row.all("td")] for row in shown.all("tr") if row.one("td")]
    assert differing == [["Tên của tôi", "Tên của người kia"]]
    assert type(thing).objects.get(pk=thing.pk).name == "Tên của người kia"
    assert office.post(address, sent | {"version": filled(shown)["version"]}).status_code == 302
    assert type(thing).objects.get(pk=thing.pk).name == "Tên của tôi"


def test_closing_a_gate_is_a_day_that_may_be_taken_back(office, things):  # E1
    sent = {"name": "Cổng chính", "closed_on": "01/12/2026", "version": "1"}
    assert office.post(at("edit-gate", things.gate), sent).status_code == 302
    assert "đóng từ 01/12/2026" in sheet(page_of(office.get(at("site", things.site))), "Cổng").text
    assert office.post(at("edit-gate", things.gate), sent | {"closed_on": "", "version": "2"}).status_code == 302
    assert Gate.objects.get(pk=things.gate.pk).closed_on is None


def test_a_wrong_day_of_closing_leaves_the_gate_open(office, things):
    page = refused(office, at("edit-gate", things.gate), {"name": "Cổng", "closed_on": "32/1/2026", "version": "1"})
    assert wrong(page) == {"closed_on": "Không có ngày 32: tháng 1 năm 2026 có 31 ngày."}
    assert Gate.objects.get(pk=things.gate.pk).closed_on is None


def test_two_gates_of_one_name_are_told_apart_by_their_sites_only(office, things, land):
    page = refused(office, at("new-gate", things.site), {"name": " CỔNG  chính"})
    assert above(page) == ["Địa điểm này đã có cổng mang tên đó."]
    other = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 2", address="Số 2")
    assert office.post(at("new-gate", other), {"name": "Cổng chính"}).status_code == 302


def test_a_site_is_added_only_to_an_agency_whose_places_one_keeps(office, things, people, enter):  # S-01
    assert choices(page_of(office.get(at("new-site"))), "unit") == ["Chưa chọn", "Sở Khoa học và Công nghệ"]
    everywhere = choices(page_of(enter(people.administrator).get(at("new-site"))), "unit")
    assert "UBND xã Đông Hà" in everywhere
    assert not {"Phòng Tổng hợp", "UBND tỉnh Hải Vân"} & set(everywhere)


def test_a_new_site_is_held_from_today_in_ha_noi(office, things, time_machine):  # house § 5
    time_machine.move_to(NOW.replace(hour=17, minute=30))
    office.post(at("new-site"), SITE | {"unit": str(things.bureau.key)})
    assert SiteHolding.objects.get(site__name="Trụ sở 2").valid_from == TODAY + DAY


@pytest.mark.parametrize(
    ("day", "held"),
    [(START - DAY, False), (START, True), (TODAY, True), (TODAY + DAY, False)],
    ids=["day before", "first day", "last day", "day after"],
)
def test_a_site_belongs_to_its_holder_on_the_first_and_the_last_day(day, held, things, people, time_machine):  # D8
    things.site.holdings.update(valid_to=TODAY)
    time_machine.move_to(NOW.replace(year=day.year, month=day.month, day=day.day))
    assert (Site.objects.get(pk=things.site.pk).holder == things.bureau) is held
    if day >= START:
        assert Site.objects.visible_to(actor(people.guard)).filter(pk=things.site.pk).exists() is held


def test_the_database_keeps_holdings_apart_and_forward_in_time(things, land):
    with pytest.raises(Conflict) as overlap:
        keep(SiteHolding(site=things.site, unit=land.institute, valid_from=TODAY))
    assert overlap.value.sentence == "Địa điểm này đang do một đơn vị khác quản lý trong thời gian đó."
    with pytest.raises(IntegrityError, match="organisation_holding_ends_after_start"), transaction.atomic():
        SiteHolding.objects.filter(site=things.site).update(valid_to=START - DAY)
    with pytest.raises(IntegrityError, match="organisation_room_area_is_positive"), transaction.atomic():
        Room.objects.filter(pk=things.room.pk).update(area_m2=0)


def test_every_step_on_a_place_stands_in_the_trail_of_the_unit_that_holds_it(things, people, land):  # L4
    who = actor(people.administrator)
    with traces() as left:
        site = add_site(by=who, unit=land.bureau, name="Trụ sở 2", address="Số 2")
        gate, room = add_gate(site, by=who, name="Cổng"), add_room(site, by=who, name="Phòng 1", area_m2=Decimal(20))
        edit_site(site, by=who, seen=1, address="Số 3")
        edit_gate(gate, by=who, seen=1, closed_on=TODAY)
        edit_room(room, by=who, seen=1, seats=6)
    assert left.verbs == ["add_site", "add_gate", "add_room", "edit_site", "edit_gate", "edit_room"]
    assert {entry.unit for entry in left.entries} == {land.bureau.key}
    assert {entry.actor for entry in left.entries} == {people.administrator.key}


@pytest.mark.parametrize("edit", [edit_site, edit_gate, edit_room])
def test_an_edit_of_what_is_no_field_of_a_place_is_a_fault_of_the_program(edit, things):
    thing = {edit_site: things.site, edit_gate: things.gate, edit_room: things.room}[edit]
    with pytest.raises(ValueError, match="not a field of the place"):
        edit(thing, by=SETUP, seen=1, holder=None)


def test_places_are_read_in_the_agency_and_are_not_there_for_another(things, people, enter):  # D13
    page = page_of(enter(people.guard).get(at("site", things.site)))
    assert trail(page) == [("Địa điểm làm việc", True), ("Trụ sở 1", False)]
    assert not {"Sửa", "Thêm cổng", "Thêm phòng", "Phòng họp A"} & set(links(page))
    for who in (people.villager, people.stranger):
        browser = enter(who)
        for name, thing in (("edit-site", things.site), ("edit-gate", things.gate), ("edit-room", things.room)):
            assert browser.post(at(name, thing), {"name": "Của tôi", "version": "1"}).status_code == 404
        assert "Trụ sở 1" not in page_of(browser.get(at("sites"))).text
    assert Site.objects.get(pk=things.site.pk).name == "Trụ sở 1"


def test_a_gate_and_a_room_lead_back_to_their_site(office, things):
    for name, thing in (("edit-gate", things.gate), ("edit-room", things.room)):
        page = page_of(office.get(at(name, thing)))
        assert trail(page)[1] == ("Trụ sở 1", True)
        assert links(page)["Thôi"] == at("site", things.site)


def test_a_site_without_gates_and_rooms_says_so(office, land):
    bare = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 3", address="Số 3")
    page = page_of(office.get(at("site", bare)))
    assert "Chưa có phòng nào." in page.text
    assert "Chưa có cổng nào." in page.text


def test_thirty_sites_with_gates_and_rooms_are_listed_in_as_few_questions_as_one(
    office, things, land, django_assert_max_num_queries
):
    few = questions(office, at("sites"))
    for number in range(30):
        site = add_site(by=SETUP, unit=land.bureau, name=f"Trụ sở A{number}", address="Số 1")
        add_gate(site, by=SETUP, name="Cổng")
        add_room(site, by=SETUP, name="Phòng")
    with django_assert_max_num_queries(few):
        listed = rows(page_of(office.get(at("sites"))).one("main"))
    assert len(listed) == 31
    assert [row[-2:] for row in listed] == [["1", "1"]] * 31


def test_a_name_of_invisible_letters_is_no_name_of_a_gate(things):
    with pytest.raises(Refusal) as answer:
        add_gate(things.site, by=SETUP, name="\u200b")
    assert answer.value.field == "name"
