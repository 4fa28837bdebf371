"""Outside authorities: what the directory takes and refuses, who serves which commune on which day (B6, B5)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taicho.accounts.actions.first_start import invite_first_administrator
from taicho.kernel.audit import proves
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.authorities import edit_authority, end_authority, register_authority, set_service_area
from taicho.organisation.enums import AuthorityKind
from taicho.organisation.models import OutsideAuthority, ServiceArea
from taicho.organisation.queries.authorities import authorities_by_kind
from taicho.organisation.queries.health_stations import health_station_for
from tests.organisation.browsing import at
from tests.organisation.land import SETUP, START, actor
from tests.organisation.page_parts import above, facts, filled, links, page_of, sheet, trail, wrong
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401
from tests.organisation.traces import questions, traces

DAY = timedelta(days=1)
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)
ENTRY = {
    "kind": "cdc", "name": "CDC tỉnh", "phone": "1900 9095", "other_phone": "0220.385.1234", "email": "cdc@example.vn",
    "address": "Số 9", "valid_from": "01/01/2026",
}  # fmt: skip
SHORT_NUMBER = (
    "Số điện thoại có 9 chữ số. Số di động có 10 chữ số, ví dụ 0912 345 678; "
    "số cố định có 11 chữ số kể cả mã vùng, ví dụ 024 3825 1234."
)


@pytest.fixture
def office(things, people, enter):
    """The office of the Sở, which keeps the directory."""
    return enter(people.office)


def register(land, name, kind="health_station", valid_from=START):
    return register_authority(by=SETUP, kept_by=land.bureau, kind=kind, name=name, phone="113", valid_from=valid_from)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("phone", "0912 345 67", SHORT_NUMBER),
        ("phone", "gọi anh Ba", "Chưa có số điện thoại. Nhập 10 chữ số, ví dụ 0912 345 678."),
        ("other_phone", "+1 202 555 0100", "Đây là số nước ngoài. Hệ thống chỉ nhận số điện thoại Việt Nam (+84)."),
        ("other_phone", "113; 115", "Số điện thoại có ký tự lạ hoặc có nhiều số. Mỗi ô ghi một số, chỉ gồm chữ số, ví dụ 0912 345 678."),
        ("valid_from", "1/13/2026/", "Không đọc được ngày. Ghi ngày, tháng, năm, ví dụ 03/9/2021."),
        ("email", "cdc@", None),
        ("kind", "", None),
        ("name", "x" * 201, None),
        ("phone", "", None),
    ],
)  # fmt: skip
def test_a_wrong_entry_of_the_directory_is_told_at_its_field_and_nothing_is_entered(name, typed, sentence, office):
    sent = ENTRY | {name: typed}
    with traces() as left:
        page = page_of(office.post(at("new-authority"), sent))
    assert list(wrong(page)) == [name]
    assert sentence is None or wrong(page)[name] == sentence
    assert {field: value for field, value in filled(page).items() if field in sent} == sent
    assert (left.verbs, OutsideAuthority.objects.filter(kind="cdc").exists()) == ([], False)


def test_an_authority_is_entered_in_the_name_of_ones_own_unit_and_told_to_the_trail(office, people, things):  # L4
    with traces() as left:
        answer = office.post(at("new-authority"), ENTRY)
    cdc = OutsideAuthority.objects.get(kind="cdc")
    assert answer.headers["Location"] == at("authority", cdc)
    assert (cdc.kept_by, cdc.phone, cdc.other_phone) == (things.office, "19009095", "02203851234")
    [entry] = left.entries
    assert (entry.verb, entry.actor, entry.unit) == (
        "organisation.register_authority", people.office.key, things.office.key,
    )  # fmt: skip


def test_who_belongs_to_no_unit_is_told_to_set_one_up_first(db, plain_door, client):
    account = invite_first_administrator(by=SETUP, reason="cài đặt lần đầu").account
    account.is_demo = True
    account.save()
    client.force_login(account)
    for answer in (client.get(at("new-authority")), client.post(at("new-authority"), ENTRY)):
        assert answer.status_code == 403
        assert "Hãy lập đơn vị và thêm người trước." in page_of(answer).text


def test_the_page_of_an_authority_dials_writes_and_says_since_when(office, things):  # B6
    edit_authority(
        things.station,
        by=SETUP,
        seen=1,
        phone="115",
        other_phone="0912 345 678",
        email="tyt@example.vn",
        address="Số 3",
    )
    set_service_area(things.station, by=SETUP, division="00004", valid_from=JULY)
    page = page_of(office.get(at("authority", things.station)))
    assert {"tel:115", "tel:0912345678", "mailto:tyt@example.vn"} <= set(links(page.one("main")).values())
    assert ("Trong danh bạ", "từ 01/01/2026") in facts(sheet(page, "Gọi"))
    assert ("Đơn vị cập nhật", "Sở Khoa học và Công nghệ") in facts(sheet(page, "Gọi"))
    assert facts(sheet(page, "Xã, phường phụ trách")) == [("00004", "từ 01/7/2026")]
    assert trail(page) == [("Cơ quan ngoài", True), ("Trạm Y tế xã Đông Hà", False)]


def test_two_people_correct_one_number_and_the_second_chooses(office, things):  # ux.md 6
    sent = {
        "name": "Trạm Y tế xã Đông Hà",
        "phone": "115",
        "other_phone": "",
        "email": "",
        "address": "",
        "version": "1",
    }
    edit_authority(things.station, by=SETUP, seen=1, phone="114")
    answer = office.post(at("edit-authority", things.station), sent)
    assert answer.status_code == 409
    page = page_of(answer)
    assert [[cell.text for cell in row.all("td")] for row in page.all("tr") if row.one("td")] == [["115", "114"]]
    assert OutsideAuthority.objects.get(pk=things.station.pk).phone == "114"
    assert (
        office.post(at("edit-authority", things.station), sent | {"version": filled(page)["version"]}).status_code
        == 302
    )
    assert OutsideAuthority.objects.get(pk=things.station.pk).phone == "115"


def test_a_correction_stands_in_the_trail_with_what_changed_and_only_that(things, people):  # L4
    with traces() as left:
        edit_authority(things.station, by=actor(people.office), seen=1, phone="0220 385 1234", address="Số 3")
    assert proves(left.entries[0], {"address": "Số 3"})
    assert left.entries[0].unit == things.bureau.key
    with pytest.raises(ValueError, match="not editable"):
        edit_authority(things.station, by=SETUP, seen=2, kept_by=things.commune)


@pytest.mark.parametrize("code", ["", "0000", "000004", "x00004y", "00004 00005", "٠٠٠٠٤", "Xã Ba"])
def test_a_commune_is_named_by_exactly_five_digits(code, office, things):
    with traces() as left:
        page = page_of(office.post(at("service-area", things.station), {"division": code, "valid_from": "01/01/2026"}))
    assert list(wrong(page)) == ["division"]
    assert code == "" or wrong(page)["division"] == "Mã xã, phường gồm đúng 5 chữ số, ví dụ 00004."
    assert (left.verbs, ServiceArea.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("day", "taken"),
    [("31/12/2025", False), ("01/01/2026", True), ("30/6/2026", True), ("01/7/2026", False)],
    ids=["day before", "first day", "last day", "day after"],
)
def test_an_authority_serves_only_while_it_stands_in_the_directory(day, taken, office, things):  # B6
    end_authority(things.station, by=SETUP, last_day=JUNE)
    answer = office.post(at("service-area", things.station), {"division": " 00004 ", "valid_from": day})
    if taken:
        assert ServiceArea.objects.get().valid_to == JUNE
    else:
        words = "Ngày bắt đầu phải nằm trong thời gian cơ quan này có trong danh bạ."
        assert wrong(page_of(answer)) == {"valid_from": words}
        assert not ServiceArea.objects.exists()


def test_a_later_station_that_is_in_the_way_is_told_above_the_form_and_the_present_one_stays(
    office, things, land
):  # B5
    set_service_area(things.station, by=SETUP, division="00004", valid_from=START)
    other = register(land, "Trạm Y tế xã Tây Sơn")
    set_service_area(other, by=SETUP, division="00004", valid_from=JULY)
    third = register(land, "Trạm Y tế xã Nam Sơn")
    page = page_of(office.post(at("service-area", third), {"division": "00004", "valid_from": "01/3/2026"}))
    assert above(page) == ["Xã, phường này đã có Trạm Y tế phụ trách trong thời gian đó."]
    assert [health_station_for("00004", day) for day in (JUNE, JULY)] == [things.station, other]


def test_the_change_of_station_is_told_to_the_rooms_above_without_a_name(things):  # B5
    with traces() as left:
        set_service_area(things.station, by=SETUP, division="00004", valid_from=JULY)
    assert left.verbs == ["set_service_area"]
    told = {"authority": str(things.station.key), "division": "00004", "valid_from": "2026-07-01"}
    assert left.news == [("ServiceAreaSet", told)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60)), min_size=1, max_size=6))
def test_whatever_is_entered_a_commune_has_at_most_one_health_station_on_any_day(steps, things, land):  # B5, B6
    with transaction.atomic():
        stations = [things.station, register(land, "Trạm Y tế xã Hai"), register(land, "Trạm Y tế xã Ba")]
        for which, offset in steps:
            try:
                set_service_area(stations[which], by=SETUP, division="00004", valid_from=START + offset * DAY)
            except Refusal as refusal:
                assert refusal.sentence.endswith(".")
        areas = list(ServiceArea.objects.filter(division="00004"))
        for day in (START + offset * DAY for offset in range(-1, 62)):
            assert sum(area.valid_from <= day <= (area.valid_to or day) for area in areas) <= 1
        first = min(area.valid_from for area in areas)
        assert health_station_for("00004", first - DAY) is None
        assert health_station_for("00004", START + 100 * DAY) is not None
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("day", "listed"), [(START - DAY, False), (START, True), (JUNE, True), (JULY, False)],
    ids=["day before", "first day", "last day", "day after"],
)  # fmt: skip
def test_the_directory_of_a_day_holds_what_is_in_force_on_it(day, listed, things):
    end_authority(things.station, by=SETUP, last_day=JUNE)
    assert any(things.station in members for _, members in authorities_by_kind(day)) is listed


def test_an_authority_does_not_leave_before_it_came(office, things):
    page = page_of(office.post(at("end-authority", things.station), {"last_day": "31/12/2025"}))
    assert wrong(page) == {"last_day": "Ngày kết thúc không được trước ngày bắt đầu."}
    with pytest.raises(IntegrityError, match="organisation_authority_ends_after_start"), transaction.atomic():
        OutsideAuthority.objects.update(valid_to=START - DAY)


def test_what_was_to_be_served_after_the_end_is_taken_back_and_what_was_served_is_remembered(things):
    for code, first in (("00004", START), ("00006", JULY)):
        set_service_area(things.station, by=SETUP, division=code, valid_from=first)
    with traces() as left:
        end_authority(things.station, by=SETUP, last_day=JUNE)
    assert [(area.division, area.valid_to) for area in ServiceArea.objects.all()] == [("00004", JUNE)]
    assert left.verbs == ["end_authority"]


def test_a_name_is_free_in_the_directory_the_day_after_its_bearer_left(things, land):
    end_authority(things.station, by=SETUP, last_day=JUNE)
    with pytest.raises(Refusal) as refused:
        register(land, "TRẠM Y TẾ XÃ ĐÔNG HÀ", valid_from=JUNE)
    assert refused.value.sentence == "Danh bạ đã có cơ quan mang tên này."
    assert register(land, "Trạm Y tế xã Đông Hà", valid_from=JULY).pk != things.station.pk


def test_the_directory_goes_by_kind_in_the_order_of_need_and_finds_without_accents(things, land, people, enter):  # B6
    for number, kind in enumerate(reversed(AuthorityKind)):
        register(land, f"Cơ quan {number}", kind)
    browser = enter(people.guard)
    page = page_of(browser.get(at("authorities")))
    titles = [one.one("h2").text for one in page.one("main").all("section", "sheet")]
    assert titles == [str(kind.label) for kind in AuthorityKind]
    found = page_of(browser.get(at("authorities"), {"q": "tram dong ha"}))
    assert "Trạm Y tế xã Đông Hà" in links(found.one("main"))
    nothing = page_of(browser.get(at("authorities"), {"q": "không có"}))
    assert "Không có cơ quan nào mang tên đó." in nothing.text
    assert links(nothing)["Bỏ lọc"] == at("authorities")


def test_a_directory_of_fifty_is_shown_in_as_few_questions_as_one_of_one(
    things, land, people, enter, django_assert_max_num_queries
):
    browser = enter(people.guard)
    few = questions(browser, at("authorities"))
    for number in range(50):
        register(land, f"Công an xã {number}", "police")
    with django_assert_max_num_queries(few):
        page = page_of(browser.get(at("authorities")))
    assert len(list(page.all("div", "call"))) == 51


def test_everybody_calls_and_only_the_keeper_changes(things, people, enter):  # S-01
    for who in ("guard", "villager", "stranger"):
        browser = enter(getattr(people, who))
        page = page_of(browser.get(at("authority", things.station)))
        assert "tel:02203851234" in links(page).values()
        assert "Sửa" not in links(page)
        answer = browser.post(at("end-authority", things.station), {"last_day": "30/6/2026"})
        assert answer.status_code == 403
        assert "Chỉ Văn phòng và người quản trị" in page_of(answer).text
    assert OutsideAuthority.objects.get(pk=things.station.pk).valid_to is None
