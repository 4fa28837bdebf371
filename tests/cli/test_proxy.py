"""Behind an https proxy: what it says is believed when the office said so, and only then (trust.md S-12; QCVN 12)."""

import pytest

from tests.cli.office import ask

BEHIND = {"TAICHO_HTTPS": "1", "TAICHO_TRUSTED_PROXY": "1", "TAICHO_HOSTS": "taicho.example,127.0.0.1"}


@pytest.fixture(scope="module")
def behind(shared_office):
    """An office that serves behind a proxy, as docs/operating.md sets it up."""
    shared_office.running = shared_office.serve(**BEHIND)
    return shared_office


def through_the_proxy(office, path="/dang-nhap", **more):
    """What the proxy is answered for somebody who came by https."""
    said = {"Host": "taicho.example", "X_Forwarded_Proto": "https", "X_Forwarded_For": "198.51.100.7"}
    return ask(office.running.port, path, **said | more)


def test_who_came_by_https_gets_the_page_with_safe_cookies_and_a_promise_of_https(behind):
    page = through_the_proxy(behind)
    assert page.status == 200
    cookie = page.headers["Set-Cookie"]
    assert cookie.strip().startswith("__Host-taicho-csrf=")
    assert "Secure" in cookie
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]


def test_who_came_by_http_is_sent_to_https(behind):
    page = through_the_proxy(behind, X_Forwarded_Proto="http")
    assert page.status == 301
    assert page.headers["Location"] == "https://taicho.example/dang-nhap"


def test_who_passes_by_the_proxy_is_sent_to_https(behind):
    assert ask(behind.running.port).status == 301


def test_a_host_name_the_office_did_not_name_is_refused(behind):
    assert through_the_proxy(behind, Host="other.example").status == 400


def test_the_address_the_proxy_saw_is_the_one_in_the_log(behind):
    page = through_the_proxy(behind)
    cookie = page.headers["Set-Cookie"].split(";")[0].strip()
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = through_the_proxy(
        behind,
        method="POST",
        body=f"csrfmiddlewaretoken={token}&login=khong-co&password=khong-dung-mat-khau",
        Cookie=cookie,
        Referer="https://taicho.example/dang-nhap",
        Content_Type="application/x-www-form-urlencoded",
        X_Forwarded_For="203.0.113.9, 198.51.100.7",
    )
    assert answer.status in (200, 422)
    ((address,),) = behind.sql("SELECT host(address) FROM accounts_securityevent ORDER BY id DESC LIMIT 1")
    assert address == "198.51.100.7", "the last one, which the proxy wrote; the first was told by the visitor"
