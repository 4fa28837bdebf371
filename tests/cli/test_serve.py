"""`taicho serve` runs a real office: who may start it, what it refuses, what it answers (house § 8, § 9; L4)."""

import pytest

from tests.cli.conftest import needs_root
from tests.cli.office import PLAIN, ask, free_port

POLICIES = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

DEMO_ACCOUNT = """
from taicho.accounts.actions.accounts import open_account
from taicho.kernel.actor import system
open_account("bao-ve", by=system("demo"), is_demo=True)
"""


# --- who may start it, and how ---


@needs_root
def test_root_is_refused_and_told_how_to_make_a_service_user(taicho, home):
    done = taicho("serve", **PLAIN)
    assert done.returncode == 1
    assert "useradd --system" in done.stderr
    assert "runuser -u taicho" in done.stderr
    assert not home.exists(), "a refused start leaves nothing behind that root owns"


def test_an_office_that_has_not_chosen_how_people_enter_is_told_the_two_ways(office):
    done = office.run("serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "TAICHO_TRUSTED_PROXY=1" in done.stderr
    assert "TAICHO_HTTPS=0" in done.stderr
    assert office.processes() == {}


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_does_not_exist_is_refused(office, port):
    assert office.run("serve", "--port", port, **PLAIN).returncode == 2


@needs_root
def test_a_home_of_another_user_is_refused_in_a_sentence(empty_office):
    empty_office.home.mkdir(mode=0o700)
    done = empty_office.run("serve", **PLAIN)
    assert done.returncode == 1
    assert "Không có quyền" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.trial
def test_a_database_with_demo_accounts_is_refused(office):
    office.script(DEMO_ACCOUNT, TAICHO_DRILL="1")
    done = office.run("serve", "--port", str(free_port()), **PLAIN)
    assert done.returncode == 1
    assert "tài khoản diễn tập" in done.stderr
    assert office.processes() == {}


# --- while it runs ---


def test_the_sign_in_page_answers_with_every_security_header(serving):
    page = ask(serving.running.port)
    assert page.status == 200
    assert "Đăng nhập" in page.text
    assert {name: page.headers[name] for name in POLICIES} == POLICIES
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


def test_no_screen_of_a_real_office_says_drill(serving):
    assert "DIỄN TẬP" not in ask(serving.running.port).text


def test_plain_http_promises_no_https(serving):
    page = ask(serving.running.port)
    assert page.headers["Strict-Transport-Security"] is None
    assert "Secure" not in page.headers["Set-Cookie"]


def test_a_foreign_host_name_is_refused(serving):
    assert ask(serving.running.port, Host="evil.example").status == 400


def test_without_a_proxy_nobody_is_believed_who_says_https(serving):
    page = ask(serving.running.port, X_Forwarded_Proto="https")
    assert "Secure" not in page.headers["Set-Cookie"]


def test_a_second_start_on_the_same_home_is_refused_in_a_sentence(serving):
    done = serving.run("serve", "--port", str(free_port()), **PLAIN)
    assert done.returncode == 1
    assert f"tiến trình {serving.running.child.pid}" in done.stderr
    assert "Already running" in done.stderr
    assert ask(serving.running.port).status == 200


def test_another_office_on_the_same_port_is_refused_in_a_sentence(serving, empty_office):
    done = empty_office.run("serve", "--port", str(serving.running.port), **PLAIN)
    assert done.returncode == 1
    assert f"127.0.0.1:{serving.running.port}" in done.stderr
    assert "--port" in done.stderr
    assert not (empty_office.home / "postgres").exists(), "refused before a database is made"


def test_an_address_this_machine_does_not_have_is_refused_in_a_sentence(empty_office):
    done = empty_office.run("serve", "--address", "192.0.2.1", "--port", str(free_port()), **PLAIN)
    assert done.returncode == 1
    assert "192.0.2.1" in done.stderr
    assert "Traceback" not in done.stderr


def test_commands_work_beside_it_and_leave_it_running(serving):
    done = serving.run("check", **PLAIN)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "không mã hóa" in done.stdout, "plain http is said"
    assert serving.run("audit", "verify").returncode == 0
    assert ask(serving.running.port).status == 200


def test_a_missing_page_and_a_page_of_the_office_tell_a_stranger_nothing(serving):
    assert ask(serving.running.port, "/khong-co").status == 404
    assert ask(serving.running.port, "/he-thong").status in (302, 403)
    assert "Traceback" not in ask(serving.running.port, "/khong-co").text


def test_it_says_what_it_does_and_writes_no_secret_to_the_terminal(serving):
    told = serving.running.told()
    assert "Ctrl-C để dừng" in told
    secret = (serving.home / "secret-key").read_text().strip()
    password = (serving.home / "postgres" / "password").read_text().split()[1]
    assert secret not in told
    assert password not in told


def test_no_command_line_shows_a_password(serving):
    passwords = (serving.home / "postgres" / "password").read_text().split()
    assert len(serving.processes()) >= 5
    assert not [words for words in serving.processes().values() if any(p in words for p in passwords)]
