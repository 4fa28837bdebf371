"""Sessions: sensitive ones end after 30 idle minutes or 12 hours, a phone's after 30 days; revoked ones at once. # L3, S-13"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from taicho.accounts.models import SecurityEvent
from taicho.accounts.rules.devices import device_name
from taicho.accounts.rules.sessions import Over, assurance, session_over
from taicho.kernel.actor import Assurance
from tests.accounts.conftest import PASSWORD
from tests.accounts.factors import add_app

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("signed_in_ago", "seen_ago", "over"),
    [
        (HOUR, 29 * MINUTE, None), (HOUR, 30 * MINUTE, Over.IDLE), (12 * HOUR - MINUTE, MINUTE, None),
        (12 * HOUR, MINUTE, Over.LONGEST), (20 * HOUR, 5 * HOUR, Over.LONGEST),
    ],
)  # fmt: skip
def test_a_sensitive_session_ends_in_time(signed_in_ago, seen_ago, over):
    limits = {"idle": 30 * MINUTE, "longest": 12 * HOUR}
    assert session_over(signed_in=NOON - signed_in_ago, seen=NOON - seen_ago, at=NOON, **limits) is over


def record(method, ago=MINUTE, **facts):
    return {"method": method, "at": (NOON - ago).timestamp(), **facts}


@pytest.mark.parametrize(
    ("records", "proves"),
    [
        ([], Assurance.NONE),
        ([record("password")], Assurance.ONE_FACTOR),
        ([record("link")], Assurance.ONE_FACTOR),
        ([record("password"), record("mfa", type="totp")], Assurance.TWO_FACTORS),
        ([record("mfa", type="webauthn", passwordless=True)], Assurance.TWO_FACTORS),
        ([record("mfa", type="webauthn")], Assurance.ONE_FACTOR),
        ([record("password", 13 * HOUR), record("mfa", 13 * HOUR, type="totp")], Assurance.ONE_FACTOR),
        ([record("password", 13 * HOUR), record("mfa", HOUR, type="totp")], Assurance.TWO_FACTORS),
    ],
)
def test_what_was_proven_in_a_session(records, proves):
    assert assurance(records, at=NOON, fresh=12 * HOUR) is proves


@pytest.fixture
def office_clock():
    """A clock that the test moves."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_the_phone_of_ordinary_staff_stays_signed_in_for_thirty_days(client, an, sign_in, office_clock):
    sign_in()
    office_clock.move_to(NOON + 29 * DAY)
    assert client.get("/").status_code == 200
    office_clock.move_to(NOON + 30 * DAY + MINUTE)
    assert client.get("/").status_code == 302


def test_a_remembered_phone_proves_one_factor_only(client, an, sign_in, office_clock):
    sign_in()
    add_app(client)
    assert client.get("/hai-lop").status_code == 200
    office_clock.move_to(NOON + DAY)
    assert client.get("/hai-lop").status_code == 403
    assert client.get("/").status_code == 200


@pytest.fixture
def sensitive(client, an, sign_in, office_clock, everyone_needs_a_second_factor):
    """An, whose post needs a second factor, at work."""
    sign_in()
    add_app(client)
    assert client.get("/").status_code == 200
    return client


def test_half_an_hour_of_rest_ends_a_sensitive_session(sensitive, office_clock):
    office_clock.move_to(NOON + 29 * MINUTE)
    assert sensitive.get("/").status_code == 200
    office_clock.move_to(NOON + 60 * MINUTE)
    answer = sensitive.get("/hai-lop")
    assert answer["Location"] == "/dang-nhap?next=%2Fhai-lop"
    assert "lâu không dùng" in sensitive.get(answer["Location"]).content.decode()


def test_twelve_hours_end_a_sensitive_session_in_use(sensitive, office_clock):
    for quarter in range(1, 48):
        office_clock.move_to(NOON + quarter * 15 * MINUTE)
        assert sensitive.get("/").status_code == 200, quarter
    office_clock.move_to(NOON + 12 * HOUR)
    assert sensitive.get("/")["Location"].startswith("/dang-nhap")


def test_a_fragment_of_an_ended_session_leads_to_the_door(sensitive, office_clock):
    office_clock.move_to(NOON + HOUR)
    answer = sensitive.get("/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/dang-nhap")


def test_what_was_being_sent_is_not_repeated_after_the_end(sensitive, office_clock):
    office_clock.move_to(NOON + HOUR)
    assert sensitive.post("/viec-quan-trong", {"why": "x"})["Location"] == "/dang-nhap"


def test_the_list_of_devices_says_which_when_and_where(client, an, sign_in, office_clock):
    sign_in(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/130.0", REMOTE_ADDR="203.0.113.7")
    office_clock.shift(2 * HOUR)
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/605")
    sign_in(using=other)
    page = other.get("/tai-khoan/thiet-bi").content.decode()
    assert "Safari · iPhone" in page
    assert "Chrome · Windows" in page
    assert "203.0.113.7" in page
    assert "12h00, 23/11/2026" in page
    assert page.count("Thiết bị này") == 1


def test_the_time_of_last_use_is_written_once_a_minute(client, an, sign_in, office_clock):
    sign_in()
    for seconds, seen in [(30, NOON), (61, NOON + 61 * timedelta(seconds=1))]:
        office_clock.move_to(NOON + seconds * timedelta(seconds=1))
        client.get("/")
        assert UserSession.objects.get(user=an).last_seen_at == seen


def test_a_revoked_device_is_refused_at_its_very_next_request(client, an, sign_in):
    phone = Client()
    sign_in(using=phone)
    sign_in()
    session = UserSession.objects.exclude(session_key=client.session.session_key).get()
    assert client.post("/tai-khoan/thiet-bi", {"device": session.pk})["Location"] == "/tai-khoan/thiet-bi"
    assert phone.get("/")["Location"].startswith("/dang-nhap")
    assert client.get("/").status_code == 200
    assert SecurityEvent.objects.filter(account=an, kind="session_revoked").count() == 1


def test_all_other_devices_end_together_and_this_one_stays(client, an, sign_in):
    phones = [Client(), Client()]
    for phone in phones:
        sign_in(using=phone)
    sign_in()
    client.post("/tai-khoan/thiet-bi")
    assert [phone.get("/").status_code for phone in phones] == [302, 302]
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("number", ["999999", "-1", "x", "1; drop table", "9" * 400])
def test_another_persons_device_or_nonsense_ends_nothing_of_theirs(client, an, make_account, sign_in, number):
    make_account("binh.tt")
    other = Client()
    sign_in("binh.tt", using=other)
    theirs = UserSession.objects.get(user__name="binh.tt").pk
    sign_in()
    client.post("/tai-khoan/thiet-bi", {"device": theirs if number == "999999" else number})
    assert other.get("/").status_code == 200


def test_a_new_password_ends_every_other_session(client, an, sign_in):
    phone = Client()
    sign_in(using=phone)
    sign_in()
    changed = {"oldpassword": PASSWORD, "password1": "hoa sen xanh lá chuối", "password2": "hoa sen xanh lá chuối"}
    assert client.post("/tai-khoan/mat-khau", changed)["Location"] == "/tai-khoan"
    assert phone.get("/").status_code == 302
    assert client.get("/").status_code == 200
    assert UserSession.objects.filter(user=an).count() == 1


def test_two_different_spellings_of_a_new_password_are_refused(client, an, sign_in):
    sign_in()
    changed = {"oldpassword": "sai", "password1": "hoa sen xanh lá chuối", "password2": "hoa sen xanh lá"}
    text = client.post("/tai-khoan/mat-khau", changed).content.decode()
    assert "Hai lần nhập chưa giống nhau" in text
    assert "Mật khẩu hiện tại chưa đúng" in text


def test_the_person_reads_what_happened_and_nobody_elses(client, an, make_account, sign_in):
    make_account("binh.tt")
    sign_in("binh.tt", using=Client(HTTP_USER_AGENT="Firefox/130 Linux"))
    sign_in()
    page = client.get("/tai-khoan/hoat-dong").content.decode()
    assert "Đăng nhập" in page
    assert "Firefox" not in page


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/130 Safari/537 Edg/130", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari Zalo android", "Zalo · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) CriOS/130 Safari", "Chrome · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/130", "Firefox · Linux"),
        ("curl/8", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_device_is_named_as_a_person_would(words, name):
    assert device_name(words) == name
