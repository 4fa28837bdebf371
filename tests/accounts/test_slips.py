"""First entry: a printed slip with a code of 100 random bits, or a one-time link; no default account. # B2, L3, ux.md 14"""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taicho.accounts.actions.accounts import open_account, suspend_account
from taicho.accounts.actions.first_start import invite_first_administrator
from taicho.accounts.actions.slips import issue_link, issue_slip, revoke_slip, use_slip
from taicho.accounts.models import Account, EntrySlip, EntrySlipUse, SecurityEvent
from taicho.accounts.queries import demo_accounts_exist, usable_slip
from taicho.accounts.rules.codes import ALPHABET, as_code, grouped, hash_of, is_code
from taicho.accounts.web.sheets import PrintedSlip, slip_sheet
from taicho.kernel import clock
from taicho.kernel.actor import system
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from tests.accounts.conftest import OFFICE, PASSWORD
from tests.accounts.factors import add_app, app_code

OWN = {"password1": "hoa sen xanh lá chuối", "password2": "hoa sen xanh lá chuối"}


@pytest.fixture
def newcomer(make_account, clean_cache):
    """Somebody who has never been here."""
    return make_account("binh.tt", password=None)


@given(st.text(alphabet=ALPHABET, min_size=20, max_size=20))
def test_a_code_is_read_however_it_is_typed(code):
    assert is_code(code)
    for typed in (grouped(code), grouped(code).lower(), grouped(code).replace("-", " "), f"  {code} "):
        assert as_code(typed) == code


def test_letters_that_look_alike_are_read_as_meant():
    assert as_code("o0i1l-OIL") == "001110" + "11"
    assert not set("ILOU") & set(ALPHABET)


@given(st.text(max_size=80))
def test_no_other_text_is_a_code(text):
    assert is_code(as_code(text)) in (True, False)


def test_the_code_is_told_once_and_kept_as_a_hash(newcomer):
    issued = issue_slip(newcomer, by=OFFICE)
    assert len(issued.code) == 23
    assert bytes(issued.slip.code_hash) == hash_of(as_code(issued.code))
    assert AuditEntry.objects.get(verb="accounts.slip_issued").object_key == issued.slip.key
    assert not SecurityEvent.objects.filter(detail__contains=issued.code[:5]).exists()


def test_a_newcomer_types_the_code_chooses_a_password_and_is_in(client, newcomer, sign_in):
    code = issue_slip(newcomer, by=OFFICE).code
    assert client.post("/phieu-vao", {"code": code.lower()})["Location"] == "/phieu-vao/mat-khau"
    assert "binh.tt" in client.get("/phieu-vao/mat-khau").content.decode()
    assert client.post("/phieu-vao/mat-khau", OWN)["Location"] == "/"
    assert client.get("/").content.decode() == "Trang của tôi: binh.tt"
    assert sign_in("binh.tt", OWN["password1"], using=Client()).status_code == 302
    assert client.get("/vua-xac-nhan").status_code == 200, "the password was typed just now"


def test_a_code_opens_once(client, newcomer):
    code = issue_slip(newcomer, by=OFFICE).code
    client.post("/phieu-vao", {"code": code})
    client.post("/phieu-vao/mat-khau", OWN)
    page = Client().post("/phieu-vao", {"code": code})
    assert page.status_code == 422
    assert "Mã không đúng, đã dùng hoặc hết hạn" in page.content.decode()


def test_who_stops_half_way_may_begin_again(client, newcomer):
    code = issue_slip(newcomer, by=OFFICE).code
    client.post("/phieu-vao", {"code": code})
    bad = client.post("/phieu-vao/mat-khau", {"password1": "ngắn", "password2": "ngắn"})
    assert (bad.status_code, EntrySlipUse.objects.count()) == (422, 0)
    assert Client().post("/phieu-vao", {"code": code}).status_code == 302


def test_a_code_lives_seven_days(newcomer):
    code = issue_slip(newcomer, by=OFFICE).code
    now = clock.real_now()
    assert usable_slip(code, at=now + timedelta(days=6, hours=23)) is not None
    assert usable_slip(code, at=now + timedelta(days=7, minutes=1)) is None


def test_a_new_slip_voids_the_earlier_one(newcomer):
    first, second = issue_slip(newcomer, by=OFFICE), issue_slip(newcomer, by=OFFICE)
    now = clock.real_now()
    assert usable_slip(first.code, at=now) is None
    assert usable_slip(second.code, at=now) == second.slip
    assert first.slip.revocation.reason == "Thay bằng phiếu mới"


def test_a_revoked_slip_opens_nothing_and_revoking_twice_changes_nothing(client, newcomer):
    issued = issue_slip(newcomer, by=OFFICE)
    client.post("/phieu-vao", {"code": issued.code})
    for _ in range(2):
        revoke_slip(issued.slip, by=OFFICE, reason="Giao nhầm người")
    assert client.post("/phieu-vao/mat-khau", OWN)["Location"] == "/phieu-vao"
    assert SecurityEvent.objects.filter(kind="slip_revoked").count() == 1


def test_a_used_slip_cannot_be_revoked(newcomer):
    issued = issue_slip(newcomer, by=OFFICE)
    use_slip(issued.slip, at=clock.real_now(), password=PASSWORD)
    with pytest.raises(Refusal, match="đã được dùng lúc"):
        revoke_slip(issued.slip, by=OFFICE, reason="Muộn")


def test_a_suspended_account_gets_no_slip_and_its_slip_opens_nothing(newcomer):
    issued = issue_slip(newcomer, by=OFFICE)
    suspend_account(newcomer, by=OFFICE, reason="Thôi việc")
    assert usable_slip(issued.code, at=clock.real_now()) is None
    with pytest.raises(Refusal, match="đang ngừng"):
        issue_slip(newcomer, by=OFFICE)


@pytest.mark.parametrize("typed", ["", "x", "0" * 20, "0" * 59, "'; --", "ĐĐĐĐĐ-ĐĐĐĐĐ-ĐĐĐĐĐ-ĐĐĐĐĐ", "\u202e" * 20])
def test_wrong_codes_of_every_kind_are_refused_with_a_sentence(client, db, clean_cache, typed):
    page = client.post("/phieu-vao", {"code": typed})
    assert page.status_code == 422
    assert "field-error" in page.content.decode()


def test_thirty_codes_a_minute_from_one_place_are_enough(client, db, clean_cache):
    answers = [client.post("/phieu-vao", {"code": "x"}).status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]


def test_the_page_of_the_password_needs_a_slip_at_hand(client, db):
    assert client.get("/phieu-vao/mat-khau")["Location"] == "/phieu-vao"


def test_a_slip_for_a_forgotten_password_still_asks_for_the_second_factor(client, an, sign_in):
    sign_in()
    secret = add_app(client)
    client.post("/dang-xuat")
    client.post("/phieu-vao", {"code": issue_slip(an, by=OFFICE).code})
    assert client.post("/phieu-vao/mat-khau", OWN)["Location"] == "/dang-nhap/ma-xac-thuc"
    assert client.get("/").status_code == 302
    assert client.post("/dang-nhap/ma-xac-thuc", {"code": app_code(secret)})["Location"] == "/"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_one_slip_at_once_one_is_let_in(clean_cache):
    account = open_account("hai.nguoi", by=OFFICE)
    slip = issue_slip(account, by=OFFICE).slip
    outcomes, start = [], Barrier(2)

    def enter(password):
        start.wait()
        try:
            use_slip(slip, at=clock.real_now(), password=password)
            outcomes.append("in")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    people = [Thread(target=enter, args=(f"hoa sen xanh lá chuối {n}",)) for n in "ab"]
    [person.start() for person in people]
    [person.join() for person in people]
    assert sorted(outcomes) == ["in", "slip-over"]


@pytest.fixture
def role(make_account, settings, clean_cache):
    """A demo role in a drill."""
    settings.TAICHO_DRILL = True
    return make_account("van-phong", is_demo=True, password=None)


def test_a_link_is_not_used_up_by_a_preview_but_by_its_button(client, role):
    token = issue_link(role, by=OFFICE).code
    assert len(token) >= 32
    for _ in range(3):
        assert "van-phong" in client.get(f"/vao/{token}").content.decode()
    assert client.post(f"/vao/{token}")["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Client().get(f"/vao/{token}").status_code == 404


def test_each_start_of_the_demo_gives_a_fresh_link(client, role):
    old, new = issue_link(role, by=OFFICE).code, issue_link(role, by=OFFICE).code
    assert client.post(f"/vao/{old}").status_code == 404
    assert client.post(f"/vao/{new}").status_code == 302


def test_outside_a_drill_the_link_of_a_demo_role_opens_nothing(client, role, settings):
    token = issue_link(role, by=OFFICE).code
    settings.TAICHO_DRILL = False
    assert client.post(f"/vao/{token}").status_code == 404
    assert demo_accounts_exist()


def test_entering_over_somebody_elses_session_ends_that_session(client, an, role, sign_in):
    sign_in()
    client.post(f"/vao/{issue_link(role, by=OFFICE).code}")
    assert client.get("/").content.decode() == "Trang của tôi: van-phong"


def test_the_first_start_makes_one_link_and_no_password(client, db, clean_cache):
    first = invite_first_administrator(by=system("first-start"), reason="Cài đặt")
    second = invite_first_administrator(by=system("first-start"), reason="Cài đặt")
    assert first.account == second.account
    assert not first.account.has_usable_password()
    assert Client().get(f"/vao/{first.link.code}").status_code == 404
    assert client.post(f"/vao/{second.link.code}")["Location"] == "/phieu-vao/mat-khau"
    assert client.post("/phieu-vao/mat-khau", OWN)["Location"] == "/"
    assert client.get("/")["Location"] == "/tai-khoan/lop-xac-thuc", "administrator rights need a second factor"
    assert invite_first_administrator(by=system("first-start"), reason="Cài đặt") is None


def test_an_account_without_a_person_is_told_so_and_not_sent_to_and_fro(client, make_account, sign_in):
    make_account("quan-tri")
    sign_in("quan-tri")
    answer = client.get("/", follow=True)
    assert [address for address, _ in answer.redirect_chain] == ["/dang-nhap?next=%2F"]
    assert answer.status_code == 403
    assert "chưa gắn với người nào" in answer.content.decode()


@pytest.mark.usefixtures("everyone_needs_a_second_factor")
def test_an_account_without_a_person_can_add_its_second_factor(client, make_account, sign_in):
    make_account("quan-tri")
    sign_in("quan-tri")
    assert client.get("/", follow=True).redirect_chain == [("/tai-khoan/lop-xac-thuc", 302)]
    add_app(client)
    assert client.get("/", follow=True).status_code == 403


def test_staff_imported_before_the_first_entry_does_not_lock_the_administrator_out(make_account):
    make_account("an.nv", password=None)
    assert invite_first_administrator(by=system("first-start"), reason="Cài đặt") is not None


def test_nothing_of_an_account_is_there_after_installation(db):
    assert not Account.objects.exists()


def test_the_print_sheet_shows_each_code_once_with_holder_unit_and_way_in(rf, newcomer, make_account, db):
    slips = [
        PrintedSlip.of(issue_slip(newcomer, by=OFFICE), holder="Trần Thị Bình", unit="Phòng <Tổng hợp>"),
        PrintedSlip.of(issue_slip(make_account("an.nv"), by=OFFICE), holder="Nguyễn Văn An", unit="Văn phòng"),
    ]
    page = slip_sheet(rf.post("/phieu"), slips, back="/danh-ba")
    text = page.content.decode()
    for slip in slips:
        assert text.count(slip.code) == 1
        assert slip.holder in text
    assert "Phòng &lt;Tổng hợp&gt;" in text
    assert "http://testserver/phieu-vao" in text
    assert "no-store" in page["Cache-Control"]


def test_a_slip_cannot_run_out_before_it_is_issued(newcomer):
    with pytest.raises(Exception, match="accounts_slip_ends_after_issue"):
        issue_slip(newcomer, by=OFFICE, life=timedelta(days=-1))


def test_guessing_finds_nothing(newcomer):
    issue_slip(newcomer, by=OFFICE)
    at = clock.real_now()
    assert not any(usable_slip(grouped(f"{number:020d}"), at=at) for number in range(500))


def test_slip_life_does_not_follow_the_drill_clock(newcomer):
    issued = issue_slip(newcomer, by=OFFICE)
    with time_machine.travel(clock.real_now() + timedelta(days=8)):
        assert not EntrySlip.objects.usable(clock.real_now()).filter(pk=issued.slip.pk).exists()
