"""The page of a person and the own page: what each reader finds there, and what is not there (B3, B5, L3; S-03)."""

import pytest

from taicho.organisation.actions.authorities import set_service_area
from taicho.organisation.actions.outsiders import register_outsider
from taicho.organisation.actions.posts import delegate, end_post
from taicho.organisation.actions.staff import state_home_working, transfer, update_staff
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Person, Post, StaffMembership
from tests.organisation.browsing import at
from tests.organisation.land import BEGAN, NOW, SETUP, START, actor, post, staff
from tests.organisation.reading import facts, links, read, says

PRIVATE = {
    "residence": "Số 9, phố Kín", "residence_division": "00004", "lodging": "Nhà trọ 4", "lodging_division": "00001",
    "personal_phone": "0977 111 222", "birth_year": 1987, "party_member": True,
}  # fmt: skip
OPEN = {
    "position": "Chuyên viên chính", "official_phone": "0220 385 1234", "email": "lan@minhgiang.gov.vn",
    "category": "civil_servant",
}  # fmt: skip


@pytest.fixture
def lan(people):
    """Nguyễn Thị Lan with everything the register can know of her."""
    state_home_working(people.staff, by=SETUP, has_computer=True, has_internet=False, note="máy dùng chung")
    return update_staff(people.staff, by=SETUP, seen=1, **PRIVATE, **OPEN)


@pytest.mark.parametrize("who", ["guard", "head", "office"])
def test_every_colleague_reads_how_to_reach_a_person_at_work(who, lan, things, people, enter):  # B5
    shown = facts(enter(getattr(people, who)).get(at("person", lan)), "Liên hệ")
    assert shown["Điện thoại cơ quan"] == "0220 385 1234"
    assert shown["Thư điện tử"] == "lan@minhgiang.gov.vn"
    assert shown["Đối tượng"] == "Cán bộ, công chức"
    assert shown["Đơn vị"].startswith("Phòng Tổng hợp")


def test_who_answers_for_a_person_reads_home_birth_party_and_the_station_to_be_told(lan, things, people, enter):  # B5
    set_service_area(things.station, by=SETUP, division="00001", valid_from=START)
    shown = facts(enter(people.head).get(at("person", lan)), "Thông tin riêng")
    assert shown["Năm sinh"] == "1987"
    assert shown["Điện thoại riêng"] == "0977 111 222"
    assert shown["Nơi cư trú"] == "Số 9, phố Kín Phường Ba Đình, Thành phố Hà Nội"
    assert shown["Nơi lưu trú"] == "Nhà trọ 4 Phường Phúc Xá"
    assert shown["Đảng viên"] == "có"
    assert shown["Trạm Y tế được báo"] == "Trạm Y tế xã Đông Hà · 0220 385 1234"
    assert (shown["Máy tính"], shown["Mạng internet"], shown["Điện thoại thông minh"]) == ("có", "không", "chưa rõ")


@pytest.mark.parametrize(("role", "sees"), [(PostRole.HEALTH_POST, True), (PostRole.CLERK, False), (PostRole.GUARD, False),
                                            (PostRole.FRONT_DESK, False), (PostRole.CHIEF_OF_OFFICE, True)])  # fmt: skip
def test_private_details_follow_the_post_and_not_curiosity(role, sees, lan, land, people, enter):  # L3, S-03
    reader = staff("Tô Văn Kha", land.office)
    post(reader, land.office, role)
    page = enter(reader).get(at("person", lan))
    assert ("Thông tin riêng" in says(page)) is sees
    for private in ("phố Kín", "Nhà trọ 4", "0977", "1987", "máy dùng chung"):
        assert (private in says(page)) is sees, private


def test_the_head_of_another_department_does_not_read_where_a_colleague_lives(lan, land, enter):  # L3
    other = staff("Tô Văn Kha", land.office)
    post(other, land.office, PostRole.UNIT_HEAD)
    assert "Thông tin riêng" not in says(enter(other).get(at("person", lan)))


def test_without_a_commune_the_page_says_what_is_missing_to_know_the_station(people, enter):  # B5
    shown = facts(enter(people.office).get(at("person", people.staff)), "Thông tin riêng")
    assert shown["Trạm Y tế được báo"] == "chưa rõ: cần tên xã, phường nơi ở"
    assert shown["Nơi lưu trú"] == "Số 5, ngõ 2"
    assert shown["Đảng viên"] == "chưa rõ"


OFFERS = {
    "staff": set(), "head": set(), "guard": set(), "leader": set(),
    "office": {"edit-person", "transfer", "end-service"},
    "administrator": {"edit-person", "transfer", "end-service", "appoint"},
}  # fmt: skip


@pytest.mark.parametrize("who", OFFERS)
def test_a_page_offers_exactly_the_verbs_its_reader_may_carry_out(who, things, people, enter):  # house § 7
    browser = enter(getattr(people, who))
    offered = set(links(browser.get(at("person", people.staff))))
    verbs = {name for name in ("edit-person", "transfer", "end-service", "appoint", "take-back")
             if at(name, people.staff) in offered}  # fmt: skip
    assert verbs == OFFERS[who]
    for name in ("edit-person", "transfer", "end-service", "appoint"):
        assert (browser.get(at(name, people.staff)).status_code == 200) is (name in verbs), name


@pytest.mark.parametrize(
    ("who", "of", "offered"),
    [("office", "staff", True), ("office", "leader", False), ("administrator", "leader", True),
     ("head", "staff", False), ("office", "office", False)],
)  # fmt: skip
def test_the_slip_button_stands_where_its_press_will_be_carried_out(who, of, offered, people, enter):  # ux.md 14
    browser, holder = enter(getattr(people, who)), getattr(people, of)
    forms = [one.attrs.get("action") for one in read(browser.get(at("person", holder))).all("form")]
    assert (at("entry-slip", holder) in forms) is offered
    assert (browser.post(at("entry-slip", holder)).status_code == 200) is offered


@pytest.mark.parametrize("way", ["seat", "delegation", "grant"])
def test_the_office_prints_no_slip_for_whoever_holds_a_sensitive_right_in_any_way(way, things, people, enter):  # S-13
    """Else the office could open the account of a member of the command post or of the leader's delegate."""
    from datetime import timedelta

    from taicho.accounts.actions.grants import grant_administrator
    from taicho.organisation.actions.standing_bodies import Seat, recompose_body

    if way == "seat":
        seats = [Seat(people.leader, "head"), Seat(people.staff)]
        recompose_body(things.body, by=SETUP, decision="13/QĐ", decided_on=START, seats=seats)
    elif way == "delegation":
        delegate(things.post, by=actor(people.leader), to=people.staff, until=NOW + timedelta(days=9),
                 at=NOW + timedelta(days=2), matters="Ký", document="5/GUQ")  # fmt: skip
    else:
        grant_administrator(people.staff.account, by=SETUP, reason="sự cố", lasting=timedelta(hours=1))
    assert enter(people.office).post(at("entry-slip", people.staff)).status_code == 403
    assert enter(people.administrator).post(at("entry-slip", people.staff)).status_code == 200


def test_posts_of_today_and_of_before_stand_apart_with_their_days(land, people, enter, time_machine):  # B3
    old = Post.objects.get(person=people.head)
    end_post(old, by=SETUP)
    time_machine.shift(3600)
    post(people.head, land.department, PostRole.DEPUTY_HEAD, portfolio="Các xã vùng cao", decision="14/QĐ")
    page = enter(people.staff).get(at("person", people.head))
    shown = facts(page, "Chức vụ")
    assert shown["Phó trưởng phòng"].startswith("Phòng Tổng hợp · Các xã vùng cao · 14/QĐ")
    assert shown["Trưởng phòng"] == "Phòng Tổng hợp 01/01/2026 – 20/11/2026"
    assert "người đứng đầu" not in shown["Phó trưởng phòng"]


def test_a_delegate_s_page_says_in_whose_name_and_until_when(things, people, enter):  # TUQ.
    from datetime import UTC, datetime

    delegate(things.post, by=actor(people.leader), to=people.head, at=BEGAN, matters="Ký báo cáo nhanh",
             document="05/GUQ", until=datetime(2026, 12, 31, 17, tzinfo=UTC))  # fmt: skip
    shown = facts(enter(people.staff).get(at("person", people.head)), "Chức vụ")
    assert shown["TUQ. Giám đốc Sở"] == "Ký báo cáo nhanh · 05/GUQ đến hết 31/12/2026"


def test_a_seat_stands_on_the_page_until_the_body_is_recomposed_also_when_that_day_is_known(
    things, people, enter
):  # B2
    from datetime import timedelta

    from taicho.organisation.actions.standing_bodies import Seat, recompose_body

    recompose_body(things.body, by=SETUP, decision="13/QĐ", decided_on=START, seats=[Seat(people.leader, "head")],
                   at=NOW + timedelta(days=3))  # fmt: skip
    shown = facts(enter(people.staff).get(at("person", people.head)), "Chức vụ")
    assert shown["Thành viên"] == "Sở Chỉ huy · Hậu cần"


def test_a_secondment_is_named_beside_the_own_unit(land, people, enter):  # B5
    StaffMembership.objects.create(person=people.staff, unit=land.institute, starts_at=BEGAN, main=False)
    shown = facts(enter(people.office).get(at("person", people.staff)), "Liên hệ")
    assert shown["Biệt phái"].startswith("Trung tâm Ứng dụng")
    assert shown["Đơn vị"].startswith("Phòng Tổng hợp")


def test_a_seconded_person_is_a_colleague_in_both_agencies(land, people, enter):
    assert enter(people.researcher).get(at("person", people.staff)).status_code == 404
    StaffMembership.objects.create(person=people.staff, unit=land.institute, starts_at=BEGAN, main=False)
    assert enter(people.researcher).get(at("person", people.staff)).status_code == 200


def test_a_visitor_s_page_names_nobody_and_offers_nothing(land, people, enter):  # E4, S-03
    visitor = register_outsider(
        by=SETUP, kind="visitor", registered_in=land.bureau, full_name="Tạ Quang Huy", phone="0912345678"
    )
    browser = enter(people.office)
    page = browser.get(at("person", visitor))
    assert page.status_code == 200
    assert "Khách" in says(page)
    assert "Huy" not in page.content.decode()
    assert not [address for address in links(page) if str(visitor.key) in address]
    assert browser.post(at("transfer", visitor), {"to": str(land.office.key)}).status_code == 400
    assert browser.post(at("entry-slip", visitor)).status_code == 400
    assert not Person.objects.get(pk=visitor.pk).account


def test_the_form_of_the_register_writes_no_clear_identity_into_a_visitor(land, people, enter):  # house § 7
    visitor = register_outsider(by=SETUP, kind="visitor", registered_in=land.bureau, full_name="Tạ Quang Huy")
    sent = {"full_name": "Tạ Quang Huy", "version": "1"}
    answer = enter(people.office).post(at("edit-person", visitor), sent)
    assert answer.status_code == 400
    assert "thông tin của khách phải được mã hóa" in says(answer)
    assert Person.objects.get(pk=visitor.pk).full_name == ""


def test_the_own_page_shows_all_that_is_kept_and_who_reads_it(lan, people, enter):  # L3
    page = enter(people.staff).get(at("my-data"))
    assert facts(page, "Cả cơ quan xem được") == {
        "Họ và tên": "Nguyễn Thị Lan", "Chức vụ": "Chuyên viên chính", "Đơn vị": "Phòng Tổng hợp từ 01/01/2026",
        "Điện thoại cơ quan": "0220 385 1234", "Thư điện tử": "lan@minhgiang.gov.vn", "Đối tượng": "Cán bộ, công chức",
    }  # fmt: skip
    assert facts(page, "Thông tin riêng")["Nơi lưu trú"] == "Nhà trọ 4 Phường Phúc Xá"
    assert "Chỉ bản thân, người phụ trách đơn vị, Văn phòng, y tế cơ quan và người quản trị thấy phần này" in says(page)
    assert links(page)[at("state-own-details")] == "Khai nơi ở, điện thoại"


def test_who_has_stated_no_home_is_asked_for_it_and_told_why(people, enter):  # B5
    assert "Khi có dịch, Văn phòng cần biết Trạm Y tế nào để báo" in says(enter(people.head).get(at("my-data")))
    assert "Chưa có nơi ở" not in says(enter(people.staff).get(at("my-data")))


def test_after_a_transfer_the_page_is_found_by_the_new_colleagues_and_not_by_the_old(land, people, enter):  # A13
    transfer(people.staff, by=SETUP, to=land.commune)
    assert enter(people.villager).get(at("person", people.staff)).status_code == 200
    assert enter(people.head).get(at("person", people.staff)).status_code == 404
    assert enter(people.superior).get(at("person", people.staff)).status_code == 404


def test_the_page_asks_a_bounded_number_of_questions_however_long_a_career(
    land, people, enter, django_assert_max_num_queries
):
    from datetime import timedelta

    browser = enter(people.office)
    browser.get(at("person", people.staff))
    for number in range(20):
        Post.objects.create(
            person=people.staff, unit=land.department, role=PostRole.CLERK, title=f"Văn thư {number}",
            starts_at=BEGAN + timedelta(days=number), ends_at=BEGAN + timedelta(days=number, hours=9),
        )  # fmt: skip
    with django_assert_max_num_queries(40):
        page = browser.get(at("person", people.staff))
    assert "Văn thư 19" in says(page)
