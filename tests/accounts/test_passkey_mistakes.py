"""The ceremony of a passkey, gone wrong in every way: refused with a sentence, nothing kept, nobody in. # L3, S-13"""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticatorData

from taicho.accounts.actions.accounts import suspend_account
from taicho.accounts.models import SecurityEvent
from tests.accounts.conftest import OFFICE
from tests.accounts.soft_key import SoftKey

FLAG = AuthenticatorData.FLAG
ADD, ENTER = "/tai-khoan/khoa/them", "/dang-nhap/khoa"
pytestmark = pytest.mark.usefixtures("an")


def options_of(page):
    """What the page hands to the browser's own dialogue."""
    return json.loads(re.search(r'type="application/json">(.*?)</script>', page.content.decode(), re.DOTALL)[1])


def asked_to_enter(client):
    return client.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"}).json()


@pytest.fixture
def inside(client, sign_in):
    """An, who has just signed in."""
    sign_in()
    return client


@pytest.fixture
def key(inside):
    """The passkey that An has added; An has signed out again."""
    soft = SoftKey()
    answer = inside.post(ADD, {"name": "Máy ở phòng", "credential": soft.make(options_of(inside.get(ADD)))})
    assert answer.status_code == 302, answer.content.decode()
    inside.post("/dang-xuat")
    return soft


def test_the_soft_key_of_these_tests_is_a_good_one(client, key):
    answer = client.post(f"{ENTER}?next=/hai-lop", {"credential": key.sign(asked_to_enter(client))})
    assert answer["Location"] == "/hai-lop"
    assert client.get("/hai-lop").status_code == 200


def test_a_new_key_must_live_in_the_device_and_check_finger_face_or_pin(inside):
    asked = options_of(inside.get(ADD))["creation_options"]["publicKey"]
    wanted = asked["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert asked["rp"]["id"] == "testserver"


def test_the_handle_a_key_keeps_is_no_name_of_a_person(inside):
    asked = options_of(inside.get(ADD))["creation_options"]["publicKey"]
    assert websafe_encode(b"an.nv") not in asked["user"]["id"]


MAKING = {
    "a key that checked nobody": {"flags": FLAG.UP},
    "a key that nobody touched": {"flags": FLAG.UV},
    "a key made for another house": {"host": "evil.example"},
    "a page of another house": {"origin": "https://evil.example"},
    "an old question": {"challenge": websafe_encode(b"x" * 32)},
    "an answer to another kind of question": {"kind": "webauthn.get"},
}


@pytest.mark.parametrize("wrong", MAKING.values(), ids=MAKING)
def test_a_key_made_wrongly_is_not_kept(inside, wrong):
    made = SoftKey().make(options_of(inside.get(ADD)), **wrong)
    page = inside.post(ADD, {"name": "Máy", "credential": made})
    assert (page.status_code, Authenticator.objects.count()) == (200, 0)
    assert "Mã chưa đúng" in page.content.decode()


NO_ANSWERS = [
    "", "không phải JSON", "[]", "null", "7", '"x"', "[1]", '{"id": 1}', '{"response": {}}', "{" * 5000,
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "x", "response": {"clientDataJSON": 1, "attestationObject": []}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "", "attestationObject": "",'
    ' "authenticatorData": "", "signature": "", "userHandle": "MQ"}}',
    '{"id": "YQ", "rawId": "YQ", "response": {"clientDataJSON": "e30", "attestationObject": "oA", '
    '"authenticatorData": "YQ", "signature": "YQ", "userHandle": {"a": 1}}}',
]  # fmt: skip


@pytest.mark.parametrize("credential", NO_ANSWERS)
def test_what_is_no_answer_opens_no_door_and_breaks_none(client, clean_cache, credential):
    asked_to_enter(client)
    assert client.post(ENTER, {"credential": credential})["Location"] == "/dang-nhap"
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("credential", NO_ANSWERS)
def test_what_is_no_answer_confirms_nothing(inside, key, sign_in, credential):
    browser = Client()
    sign_in(using=browser)
    browser.get("/dang-nhap/ma-xac-thuc")
    assert browser.post("/dang-nhap/ma-xac-thuc", {"credential": credential}).status_code == 200
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize("credential", NO_ANSWERS)
def test_what_is_no_answer_of_a_browser_is_refused_with_a_sentence(inside, credential):
    inside.get(ADD)
    page = inside.post(ADD, {"name": "Máy", "credential": credential})
    assert (page.status_code, Authenticator.objects.count()) == (200, 0)
    assert "field-error" in page.content.decode()


def test_a_question_is_answered_once(inside):
    options = options_of(inside.get(ADD))
    first, again = SoftKey(), SoftKey()
    inside.post(ADD, {"name": "Một", "credential": first.make(options)})
    inside.post(ADD, {"name": "Hai", "credential": again.make(options)})
    assert [key.data["name"] for key in Authenticator.objects.filter(type="webauthn")] == ["Một"]


def test_without_a_question_there_is_no_answer(inside):
    options = {"creation_options": {"publicKey": {"challenge": websafe_encode(b"x" * 32), "user": {"id": "MQ"}}}}
    inside.post(ADD, {"name": "Máy", "credential": SoftKey().make(options)})
    assert not Authenticator.objects.exists()


SIGNING = {
    "a key that checked nobody": {"flags": FLAG.UP},
    "a key made for another house": {"host": "evil.example"},
    "a page of another house": {"origin": "https://evil.example"},
    "plain http": {"origin": "http://testserver"},
    "an old question": {"challenge": websafe_encode(b"x" * 32)},
    "the answer of making a key": {"kind": "webauthn.create"},
    "a signature of nobody": {"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"},
    "no signature": {"signature": b""},
    "a handle of nobody": {"user": websafe_encode(b"999999")},
    "a handle beyond all numbers": {"user": websafe_encode(b"9" * 40)},
    "a handle that is no number": {"user": websafe_encode("Ễ'; --".encode())},
    "no handle": {"user": ""},
}


@pytest.mark.parametrize("wrong", SIGNING.values(), ids=SIGNING)
def test_a_wrong_answer_lets_nobody_in(client, key, wrong):
    answer = client.post(ENTER, {"credential": key.sign(asked_to_enter(client), **wrong)})
    assert answer["Location"] == "/dang-nhap"
    assert "Mã chưa đúng" in client.get("/dang-nhap").content.decode()
    assert client.get("/")["Location"].startswith("/dang-nhap")


def test_a_heard_answer_is_worth_nothing_a_second_time(client, key):
    answer = key.sign(asked_to_enter(client))
    client.post(ENTER, {"credential": answer})
    assert client.get("/").status_code == 200
    thief = Client()
    asked_to_enter(thief)
    thief.post(ENTER, {"credential": answer})
    assert thief.get("/").status_code == 302


def test_a_key_of_an_opens_no_account_of_binh(client, key, make_account):
    other = make_account("binh.tt")
    handle = websafe_encode(str(other.pk).encode())
    client.post(ENTER, {"credential": key.sign(asked_to_enter(client), user=handle)})
    assert client.get("/").status_code == 302


def test_a_removed_key_opens_nothing(client, key):
    Authenticator.objects.filter(type="webauthn").delete()
    client.post(ENTER, {"credential": key.sign(asked_to_enter(client))})
    assert client.get("/").status_code == 302


def test_the_key_of_a_suspended_person_opens_nothing_and_says_why(client, key, an):
    suspend_account(an, by=OFFICE, reason="Chuyển công tác")
    answer = client.post(ENTER, {"credential": key.sign(asked_to_enter(client))})
    assert answer["Location"] == "/dang-nhap"
    assert "Tài khoản này đang ngừng" in client.get("/dang-nhap").content.decode()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_a_passkey_leads_nobody_out_of_the_house(client, key, elsewhere):
    answer = client.post(f"{ENTER}?next={elsewhere}", {"credential": key.sign(asked_to_enter(client))})
    assert answer["Location"] == "/"


def test_the_name_of_a_key_is_bounded_and_a_word_only(inside):
    soft = SoftKey()
    page = inside.post(ADD, {"name": "x" * 61, "credential": soft.make(options_of(inside.get(ADD)))})
    assert "Tối đa 60 ký tự." in page.content.decode()
    assert not Authenticator.objects.exists()
    inside.post(ADD, {"name": "x" * 60, "credential": soft.make(options_of(inside.get(ADD)))})
    kept = Authenticator.objects.get(type="webauthn")
    assert "Tối đa 60 ký tự." in inside.post(f"/tai-khoan/khoa/{kept.pk}/sua", {"name": "y" * 61}).content.decode()
    kept.refresh_from_db()
    assert kept.data["name"] == "x" * 60


def test_a_key_called_like_a_script_is_shown_as_words(inside, an):
    soft = SoftKey()
    inside.post(ADD, {"name": "<script>x</script>", "credential": soft.make(options_of(inside.get(ADD)))})
    for address in ("/tai-khoan/khoa", "/tai-khoan/hoat-dong"):
        html = inside.get(address).content.decode()
        assert "<script>x" not in html
        assert "&lt;script&gt;x" in html
    assert (
        "khóa truy cập: <script>x</script>"
        in SecurityEvent.objects.get(account=an, kind="factor_added", detail__contains="khóa").detail
    )


def test_entering_by_passkey_gives_the_session_a_new_key(client, key):
    asked = asked_to_enter(client)
    before = client.cookies["taicho"].value
    client.post(ENTER, {"credential": key.sign(asked)})
    assert client.cookies["taicho"].value != before
