"""Every kind of answer of the whole house carries the same strict headers and gives nothing away. # S-06, S-20"""

import re

import pytest
from django.test import Client
from django.urls import path

from config import urls as routes
from taicho.kernel.pages import anyone, page
from taicho.kernel.refusals import Conflict, Refusal

pytestmark = pytest.mark.django_db
CSS = "/static/ui/taicho.css"
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "font-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'", "object-src": "'none'",
    "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip


@page(read=anyone, write=anyone)
def broken(request):
    """A page with a fault of ours."""
    raise ZeroDivisionError("con trâu bí mật")


@page(read=anyone)
def refused(request):
    """A page that cannot read what was sent."""
    raise Refusal("Năm sinh 1884 không đúng.", code="x")


@page(read=anyone)
def taken(request):
    """A page where somebody was first."""
    raise Conflict("Ông An sửa lúc 10h40.", code="x")


class Routes:
    """The routes of the house and three that go wrong."""

    urlpatterns = [*routes.urlpatterns, path("hong", broken), path("sai", refused), path("tranh", taken)]
    handler400, handler403, handler404 = routes.handler400, routes.handler403, routes.handler404
    handler500 = routes.handler500


@pytest.fixture(autouse=True)
def house(settings):
    """The house as it is, with three routes more; a fault becomes a page, not an exception of the test."""
    settings.ROOT_URLCONF = Routes
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def visitor():
    """Somebody who has not signed in."""
    return Client(raise_request_exception=False)


@pytest.fixture
def staff(browser_of):
    """A member of staff."""
    browser = browser_of("staff")
    browser.raise_request_exception = False
    return browser


def read_out(answer):
    """Read a file to its end, which closes it."""
    if answer.streaming:
        assert b"".join(answer.streaming_content)


ANSWERS = {
    "a page of the entrance": ("visitor", "get", "/dang-nhap", 200),
    "a page inside": ("staff", "get", "/", 200),
    "an answer to a wrong form": ("visitor", "post", "/dang-nhap", 200),
    "a redirect to the entrance": ("visitor", "get", "/", 302),
    "a refusal by right": ("staff", "get", "/he-thong", 403),
    "nothing there": ("visitor", "get", "/khong-co", 404),
    "nothing there for me": ("staff", "get", "/nguoi/00000000-0000-0000-0000-000000000001", 404),
    "another method": ("staff", "put", "/", 405),
    "what cannot be read": ("visitor", "get", "/sai", 400),
    "somebody was first": ("visitor", "get", "/tranh", 409),
    "a fault of ours": ("visitor", "get", "/hong", 500),
    "a fault while sending": ("visitor", "post", "/hong", 500),
    "a slip that opens nothing": ("visitor", "post", "/phieu-vao", 422),
    "a fragment": ("staff", "fragment", "/tim?q=an", 200),
    "a fragment of nobody": ("visitor", "fragment", "/tim?q=an", 302),
    "a style": ("visitor", "get", CSS, 200),
    "a script": ("visitor", "get", "/static/ui/taicho.js", 200),
    "a drawing": ("visitor", "get", "/static/ui/mark.svg", 200),
    "a font": ("visitor", "get", "/static/vendor/be-vietnam-pro/be-vietnam-pro-latin-400.woff2", 200),
    "a file that is not there": ("visitor", "get", "/static/ui/khong-co.js", 404),
    "questions of a passkey": ("visitor", "json", "/dang-nhap/khoa", 200),
}


@pytest.fixture
def answer(request, visitor, staff):
    """The answer of a kind named above."""
    who, how, address, status = request.param
    browser = {"visitor": visitor, "staff": staff}[who]
    more = {"fragment": {"HX-Request": "true"}, "json": {"X-Requested-With": "XMLHttpRequest"}}.get(how, {})
    sent = {"code": "x", "login": "khong.ai", "password": "x"} if how == "post" else None
    given = getattr(browser, how if how in ("post", "put") else "get")(address, sent, headers=more)
    read_out(given)
    assert given.status_code == status
    return given


every_answer = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS, indirect=True)


@every_answer
def test_the_content_policy_is_the_same_strict_one_everywhere(answer):
    told = dict(rule.strip().split(" ", 1) for rule in answer["Content-Security-Policy"].split(";"))
    assert told == POLICY


@every_answer
def test_no_answer_is_guessed_at_framed_or_told_to_other_sites(answer):
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@every_answer
def test_no_answer_names_its_programs_or_opens_itself_to_other_sites(answer):
    names = {name.lower() for name in answer.headers}
    assert not names & {"server", "x-powered-by", "x-aspnet-version", "access-control-allow-origin", "x-debug"}
    assert "django" not in str(answer.headers).lower()


@every_answer
def test_every_answer_says_what_it_is(answer):
    if answer.status_code not in (302, 405):
        assert answer["Content-Type"]
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert answer["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("https", [True, False])
@pytest.mark.parametrize("address", ["/dang-nhap", CSS, "/khong-co"])
def test_https_is_promised_for_a_year_and_only_over_https(visitor, settings, https, address):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    answer = visitor.get(address, secure=https)
    read_out(answer)
    assert answer.headers.get("Strict-Transport-Security") == ("max-age=31536000; includeSubDomains" if https else None)


@pytest.mark.parametrize("address", ["/dang-nhap?next=/tai-khoan", CSS, "/khong-co"])
def test_plain_http_is_led_to_https_before_anything_is_looked_at(settings, address):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get(address)
    assert (answer.status_code, answer["Location"]) == (301, f"https://testserver{address}")


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b", "", "*"])
def test_a_forged_host_gets_no_page_and_no_address_of_its_own(visitor, host):
    answer = visitor.get("/dang-nhap", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Original-URL", "X-HTTP-Method-Override"]
)
def test_what_anybody_can_write_into_a_header_changes_no_page(visitor, name):
    plain, forged = visitor.get("/tro-giup"), visitor.get("/tro-giup", headers={name: "evil.example"})

    def still(page):
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())

    assert forged.status_code == 200
    assert still(forged) == still(plain)
    assert "evil.example" not in str(forged.headers)


@pytest.mark.parametrize("method", ["trace", "delete", "patch", "put", "options"])
@pytest.mark.parametrize("address", ["/dang-nhap", "/phieu-vao", "/tim", "/tro-giup", "/"])
def test_other_methods_do_nothing_and_echo_nothing(visitor, method, address):
    answer = getattr(visitor, method)(address, headers={"X-Canary": "chim-hoang-yen"})
    assert answer.status_code in (302, 405)
    assert b"chim-hoang-yen" not in answer.content


@pytest.mark.parametrize("address", ["/static/", "/static/ui/", "/static/../settings.py", "/static/ui/..%2f..%2fapps.py",
                                     "/static//etc/passwd", "/static/ui/%00", "/.git/config", "/static/ui/taicho.css.map"])  # fmt: skip
def test_no_list_of_files_and_no_way_out_of_their_folder(visitor, address):
    assert visitor.get(address).status_code in (400, 404)


def test_files_are_kept_for_a_week_and_pages_of_the_door_never(visitor):
    file = visitor.get(CSS)
    read_out(file)
    assert "max-age=604800" in file["Cache-Control"]
    assert "no-store" in visitor.get("/dang-nhap")["Cache-Control"]


def test_a_page_inside_asks_other_hosts_for_nothing(staff):
    html = staff.get("/").content.decode()
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]+"', html)
    assert not re.search(r"\son[a-z]+=|\sstyle=|<script>|javascript:", html)
