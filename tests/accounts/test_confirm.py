"""Confirm it is you before a weighty step; then carry on where one was, nothing lost. # L3, S-13, A8"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from taicho.accounts.models import SecurityEvent
from tests.accounts.conftest import PASSWORD
from tests.accounts.factors import add_app, app_code

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def office_clock():
    """A clock that the test moves."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def later(client, an, sign_in, office_clock):
    """An signed in a quarter of an hour ago."""
    sign_in()
    office_clock.shift(timedelta(minutes=15))
    return client


def test_who_has_just_signed_in_is_not_asked_again(client, an, sign_in):
    sign_in()
    assert client.get("/viec-quan-trong").status_code == 200
    assert client.get("/vua-xac-nhan").status_code == 200


def test_ten_minutes_later_one_is_asked_and_comes_back(later):
    asked = later.get("/viec-quan-trong?trang=2")
    assert asked["Location"] == "/xac-nhan?next=%2Fviec-quan-trong%3Ftrang%3D2"
    answer = later.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == "/viec-quan-trong?trang=2"
    assert later.get(answer["Location"]).status_code == 200


def test_what_was_being_sent_is_carried_out_after_the_confirmation(later):
    asked = later.post("/viec-quan-trong", {"why": "Ký ban hành"})
    assert asked["Location"].startswith("/xac-nhan")
    done = later.post(asked["Location"], {"password": PASSWORD})
    assert "Đã làm việc quan trọng: POST Ký ban hành" in done.content.decode()


def test_a_wrong_password_does_nothing_and_keeps_the_way_back(later):
    asked = later.post("/viec-quan-trong", {"why": "Ký ban hành"})
    page = later.post(asked["Location"], {"password": "sai"})
    assert "Mật khẩu chưa đúng" in page.content.decode()
    done = later.post(asked["Location"], {"password": PASSWORD})
    assert "Ký ban hành" in done.content.decode()


def test_a_fragment_leads_the_whole_page_to_the_confirmation(later):
    answer = later.post("/viec-quan-trong", {"why": "x"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"][:9]) == (204, "/xac-nhan")


def test_a_policy_can_ask_for_it_too_and_says_so(later):
    page = later.get("/vua-xac-nhan")
    assert page.status_code == 403
    assert "xác nhận lại danh tính" in page.content.decode()


def test_the_confirmation_lasts_ten_minutes(later, office_clock):
    later.post("/xac-nhan", {"password": PASSWORD})
    office_clock.shift(timedelta(minutes=9, seconds=59))
    assert later.get("/viec-quan-trong").status_code == 200
    office_clock.shift(timedelta(seconds=1))
    assert later.get("/viec-quan-trong").status_code == 302


def test_a_code_confirms_as_well_as_the_password(client, an, sign_in, office_clock):
    sign_in()
    secret = add_app(client)
    office_clock.shift(timedelta(minutes=15))
    ways = client.get("/xac-nhan").content.decode()
    assert "/xac-nhan/ma-xac-thuc" in ways
    assert client.post("/xac-nhan/ma-xac-thuc?next=/viec-quan-trong", {"code": app_code(secret)}).status_code == 302
    assert client.get("/viec-quan-trong").status_code == 200


def test_the_confirmation_is_told_to_the_person(later, an):
    later.post("/xac-nhan", {"password": PASSWORD})
    assert SecurityEvent.objects.of(an)[0].kind == "confirmed"


def test_a_demo_role_has_nothing_to_type_and_is_not_asked(client, make_account, settings):
    settings.TAICHO_DRILL = True
    client.force_login(make_account("van-phong", is_demo=True, password=None))
    assert client.get("/viec-quan-trong").status_code == 200


def test_changing_ones_ways_in_asks_first(later):
    for address in ("/tai-khoan/ung-dung", "/tai-khoan/khoa/them"):
        assert later.get(address)["Location"].startswith("/xac-nhan")
