"""The edges of a slip: its last second, its one door, its limits, its paper. # B2, L3, S-12, ux.md 14"""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from taicho.accounts.actions.accounts import resume_account, suspend_account
from taicho.accounts.actions.slips import issue_link, issue_slip, revoke_slip, use_slip
from taicho.accounts.models import EntrySlip, EntrySlipUse, SecurityEvent
from taicho.accounts.queries import usable_link, usable_slip
from taicho.accounts.rules.codes import as_code
from taicho.accounts.web.sheets import PrintedSlip, slip_sheet
from taicho.kernel.refusals import Refusal
from tests.accounts.conftest import OFFICE, PASSWORD

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)
OWN = {"password1": "hoa sen xanh lá chuối", "password2": "hoa sen xanh lá chuối"}
OVER = "Mã không đúng, đã dùng hoặc hết hạn. Kiểm tra lại từng nhóm, hoặc xin phiếu mới ở Văn phòng."


@pytest.fixture(autouse=True)
def office_clock():
    """Monday 23/11/2026, 12h00."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def newcomer(make_account, clean_cache):
    """Somebody who has never been here."""
    return make_account("binh.tt", password=None)


def test_a_slip_opens_up_to_its_last_second_and_not_at_it(newcomer):
    issued = issue_slip(newcomer, by=OFFICE)
    assert issued.slip.expires_at == NOON + WEEK
    assert usable_slip(issued.code, at=NOON + WEEK - SECOND) == issued.slip
    assert usable_slip(issued.code, at=NOON + WEEK) is None


def test_a_slip_that_runs_out_while_one_thinks_of_a_password_opens_nothing(client, newcomer, office_clock):
    issued = issue_slip(newcomer, by=OFFICE, life=timedelta(minutes=10))
    client.post("/phieu-vao", {"code": issued.code})
    office_clock.shift(timedelta(minutes=10))
    assert client.post("/phieu-vao/mat-khau", OWN)["Location"] == "/phieu-vao"
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


def test_somebody_suspended_while_thinking_of_a_password_stays_out(client, newcomer):
    client.post("/phieu-vao", {"code": issue_slip(newcomer, by=OFFICE).code})
    suspend_account(newcomer, by=OFFICE, reason="Thôi việc")
    assert client.post("/phieu-vao/mat-khau", OWN)["Location"] == "/phieu-vao"
    assert not EntrySlipUse.objects.exists()


def test_the_slip_of_a_suspended_person_works_again_when_the_person_is_back(newcomer):
    issued = issue_slip(newcomer, by=OFFICE)
    suspend_account(newcomer, by=OFFICE, reason="Nhầm người")
    with pytest.raises(Refusal, match="Mã không đúng"):
        use_slip(issued.slip, at=NOON)
    resume_account(newcomer, by=OFFICE, reason="Đúng người rồi")
    assert use_slip(issued.slip, at=NOON) == newcomer


def wrong_codes(account, office_clock):
    """Codes that open nothing, each for another reason."""
    used, revoked = issue_slip(account, by=OFFICE), None
    use_slip(used.slip, at=NOON)
    revoked = issue_slip(account, by=OFFICE)
    revoke_slip(revoked.slip, by=OFFICE, reason="Giao nhầm")
    late = issue_slip(account, by=OFFICE, life=SECOND)
    office_clock.shift(SECOND)
    return {"used": used.code, "revoked": revoked.code, "run out": late.code, "never issued": "7F3KQ-2M9XA-0BTRD-6CHWN"}


def test_a_stranger_cannot_tell_why_a_code_opens_nothing(client, newcomer, office_clock):
    said = set()
    for code in wrong_codes(newcomer, office_clock).values():
        page = client.post("/phieu-vao", {"code": code})
        assert page.status_code == 422
        text = re.sub(r'value="[^"]*"', "", page.content.decode())
        said.add(text)
        assert OVER in text
    assert len(said) == 1


def test_a_link_is_no_code_and_a_code_is_no_link(newcomer):
    code, link = issue_slip(newcomer, by=OFFICE).code, issue_link(newcomer, by=OFFICE).code
    assert usable_link(code, at=NOON) is None
    assert usable_link(as_code(code), at=NOON) is None
    assert usable_slip(link, at=NOON) is None
    assert usable_link(link, at=NOON) is not None


@pytest.mark.parametrize("token", ["x", "..", "%00", "a" * 3000, "%F0%9F%98%80", "<script>", "-" * 32])
def test_a_link_that_opens_nothing_says_so_without_repeating_it(client, newcomer, token):
    page = client.get(f"/vao/{token}")
    assert page.status_code in (400, 404)
    assert "<script>" not in page.content.decode().split("<main")[1]
    if page.status_code == 404:
        assert OVER in page.content.decode()


def test_a_link_does_not_open_at_a_wrong_letter_case(newcomer):
    link = issue_link(newcomer, by=OFFICE).code
    assert usable_link(link.swapcase(), at=NOON) is None


def test_no_code_lies_in_the_database(newcomer):
    issued = [issue_slip(newcomer, by=OFFICE), issue_link(newcomer, by=OFFICE)]
    with connection.cursor() as cursor:
        for table in ("accounts_entryslip", "accounts_securityevent", "kernel_auditentry", "kernel_newsitem"):
            cursor.execute(f"select t::text from {table} t")
            rows = str(cursor.fetchall())
            assert not [one for one in issued if one.code in rows or as_code(one.code) in rows], table


def test_two_slips_are_never_alike(newcomer):
    codes = {issue_slip(newcomer, by=OFFICE).code for _ in range(20)}
    assert len(codes) == 20
    assert EntrySlip.objects.filter(revocation__isnull=True).count() == 1, "and only the last one opens"


def test_thirty_tries_a_minute_are_counted_for_each_place_alone(client, newcomer, office_clock):
    code = issue_slip(newcomer, by=OFFICE).code
    for _ in range(31):
        page = client.post("/phieu-vao", {"code": "x"}, REMOTE_ADDR="203.0.113.7")
    assert page.status_code == 429
    assert "Chờ một phút rồi thử lại; chưa có gì bị khóa." in page.content.decode()
    assert Client().post("/phieu-vao", {"code": code}, REMOTE_ADDR="203.0.113.8").status_code == 302
    office_clock.shift(timedelta(seconds=61))
    assert client.post("/phieu-vao", {"code": "x"}, REMOTE_ADDR="203.0.113.7").status_code == 422


def test_sixty_links_a_minute_from_one_place_are_enough(client, newcomer):
    link = issue_link(newcomer, by=OFFICE).code
    answers = [client.post(f"/vao/x{n}").status_code for n in range(61)]
    assert answers == [404] * 60 + [429]
    assert client.post(f"/vao/{link}").status_code == 429
    assert client.get(f"/vao/{link}").status_code == 200, "reading uses nothing up and is not counted"


def test_a_forged_forwarding_header_gives_no_fresh_tries_for_codes(client, newcomer):
    answers = [
        client.post("/phieu-vao", {"code": "x"}, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}").status_code for n in range(31)
    ]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password1": "", "password2": ""}, "Nhập mật khẩu mới."),
        ({"password1": "hoa sen", "password2": "hoa sen"}, "ít nhất 15 ký tự; vừa nhập 7 ký tự"),
        ({"password1": OWN["password1"], "password2": "hoa sen"}, "Hai lần nhập chưa giống nhau"),
        ({"password1": "matkhau12345678", "password2": "matkhau12345678"}, "Mật khẩu này dễ đoán"),
        ({"password1": "binh.tt binh.tt 1", "password2": "binh.tt binh.tt 1"}, "gần giống tên đăng nhập"),
    ],
)
def test_a_bad_first_password_is_refused_with_its_reason_and_the_slip_stays(client, newcomer, typed, said):
    code = issue_slip(newcomer, by=OFFICE).code
    client.post("/phieu-vao", {"code": code})
    page = client.post("/phieu-vao/mat-khau", typed)
    assert (page.status_code, said in page.content.decode()) == (422, True)
    assert typed["password1"] not in page.content.decode() or not typed["password1"]
    assert client.post("/phieu-vao/mat-khau", OWN)["Location"] == "/"


def test_the_page_of_the_password_names_the_account_and_is_not_kept(client, newcomer):
    client.post("/phieu-vao", {"code": issue_slip(newcomer, by=OFFICE).code})
    page = client.get("/phieu-vao/mat-khau")
    assert "Tên đăng nhập của đồng chí là “binh.tt”" in page.content.decode()
    assert 'value="binh.tt" autocomplete="username" hidden' in page.content.decode(), (
        "so that a keeper of passwords knows"
    )
    assert "no-store" in page["Cache-Control"]


def test_the_code_is_in_no_address(client, newcomer):
    code = issue_slip(newcomer, by=OFFICE).code
    answer = client.post("/phieu-vao", {"code": code}, follow=True)
    assert not [address for address, _ in answer.redirect_chain if code[:5] in address]
    assert code not in answer.content.decode()


def test_each_step_with_a_slip_is_told_to_its_person(client, newcomer):
    revoke_slip(issue_slip(newcomer, by=OFFICE).slip, by=OFFICE, reason="Giao nhầm")
    client.post("/phieu-vao", {"code": issue_slip(newcomer, by=OFFICE).code}, REMOTE_ADDR="203.0.113.7")
    client.post("/phieu-vao/mat-khau", OWN, REMOTE_ADDR="203.0.113.7")
    told = list(SecurityEvent.objects.filter(account=newcomer).order_by("pk").values_list("kind", "detail"))
    assert told[:4] == [
        ("slip_issued", "phiếu giấy"), ("slip_revoked", "Giao nhầm"), ("slip_issued", "phiếu giấy"), ("slip_used", "")
    ]  # fmt: skip
    assert EntrySlipUse.objects.get().address == "203.0.113.7"


def test_the_paper_says_the_last_day_the_official_way_and_how_to_enter(rf, newcomer):
    slip = PrintedSlip.of(issue_slip(newcomer, by=OFFICE), holder="Trần Thị Bình", unit="Văn phòng")
    text = slip_sheet(rf.post("/phieu"), [slip], back="/danh-ba").content.decode()
    assert "Dùng một lần, đến 12h00, 30/11/2026." in text
    assert "Tên đăng nhập: <b>binh.tt</b>" in text
    assert "Các mã chỉ hiện một lần này" in text
    assert 'href="/danh-ba"' in text
    assert PASSWORD not in text
    assert re.search(r"[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}", text)


def test_a_link_of_a_real_person_lets_nobody_in_without_an_own_password(client, newcomer):
    assert client.post(f"/vao/{issue_link(newcomer, by=OFFICE).code}")["Location"] == "/phieu-vao/mat-khau"
    assert client.get("/").status_code == 302
    assert not EntrySlipUse.objects.exists()
