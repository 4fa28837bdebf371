"""When something goes wrong the page says it in the reader's language, gives a code, and tells no detail. # S-20, ux.md 6"""

import logging
import re

import pytest
from django.test import Client

from tests.config.test_headers import Routes, house  # noqa: F401

pytestmark = pytest.mark.django_db
DETAIL = re.compile(
    r"Traceback|ZeroDivisionError|con trâu bí mật|\.py\b|/site-packages/|DEBUG|SELECT |postgres|Exception", re.I
)
CODE = re.compile(r"<b>([2-9A-HJ-NP-Z]{4})</b>")


def visitor(language="vi"):
    browser = Client(raise_request_exception=False)
    browser.cookies["django_language"] = language
    return browser


WORDS = {
    400: ("/sai", "Không đọc được yêu cầu", "The request could not be read"),
    404: ("/khong-co", "Không có trang này", "There is no such page"),
    409: ("/tranh", "Người khác đã làm trước", "Somebody else was first"),
    500: ("/hong", "Có lỗi", "Something went wrong"),
}


def heading(page):
    return re.search(r"<h1[^>]*>([^<]+)</h1>", page.content.decode())[1]


@pytest.mark.parametrize("status", WORDS)
def test_the_page_speaks_vietnamese_and_says_so(status):
    address, words, _ = WORDS[status]
    page = visitor().get(address)
    assert (page.status_code, heading(page)) == (status, words)
    assert '<html lang="vi">' in page.content.decode()


@pytest.mark.parametrize("status", WORDS)
def test_the_page_speaks_english_to_who_chose_it_and_says_so(status):
    address, vietnamese, _ = WORDS[status]
    page = visitor("en").get(address)
    assert page.status_code == status
    assert heading(page) != vietnamese
    assert heading(page).isascii()
    assert '<html lang="en">' in page.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("status", WORDS)
def test_no_page_tells_a_detail(status, language):
    html = visitor(language).get(WORDS[status][0]).content.decode()
    assert not DETAIL.search(html), DETAIL.search(html)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_fault_has_a_code_that_stands_in_the_log_with_its_kind_and_place(caplog, language, method):
    with caplog.at_level(logging.ERROR):
        page = getattr(visitor(language), method)("/hong")
    code = CODE.search(page.content.decode())[1]
    (line,) = [r.getMessage() for r in caplog.records if r.name == "taicho.ui.web.errors"]
    assert line == f"Error code {code}: ZeroDivisionError on {method.upper()} /hong"
    assert f"{code} –" in page.content.decode().split("</title>")[0], "the tab names it too"


def test_two_faults_have_two_codes():
    codes = {CODE.search(visitor().get("/hong").content.decode())[1] for _ in range(6)}
    assert len(codes) > 1


def test_a_fault_while_sending_says_what_became_of_what_was_typed():
    assert "Hệ thống chưa ghi gì của lần gửi này" in visitor().post("/hong", {"x": "1"}).content.decode()
    assert "Không có dữ liệu nào thay đổi" in visitor().get("/hong").content.decode()


def test_what_was_sent_is_neither_on_the_page_nor_in_the_line_of_the_code(caplog):
    page = visitor().post("/hong?token=bi-mat-1", {"password": "bi-mat-2"})
    ours = " ".join(r.getMessage() for r in caplog.records if r.name.startswith("taicho"))
    assert "bi-mat" not in page.content.decode()
    assert "bi-mat" not in ours


def test_the_sentence_of_a_refusal_is_the_page(browser_of):
    assert "Năm sinh 1884 không đúng." in visitor().get("/sai").content.decode()
    assert "Ông An sửa lúc 10h40." in visitor().get("/tranh").content.decode()
    page = browser_of("staff").get("/he-thong")
    assert (page.status_code, heading(page)) == (403, "Không được làm việc này")
    assert "Chỉ người quản trị xem được tình trạng hệ thống." in page.content.decode()


def test_who_is_inside_keeps_the_menu_on_an_error_page_and_a_visitor_sees_none(browser_of):
    assert 'class="rail"' in browser_of("staff").get("/khong-co").content.decode()
    assert 'class="rail"' not in visitor().get("/khong-co").content.decode()


@pytest.mark.parametrize(
    "address", ["/khong-co/<script>x</script>", "/%3Cscript%3Ex", "/" + "đ" * 3000, "/%ff%fe", "/a%00b"]
)
def test_an_address_is_not_repeated_on_the_page_of_nothing(address):
    page = visitor().get(address)
    assert page.status_code in (400, 404)
    assert "script>x" not in page.content.decode()


def test_what_is_not_there_and_what_is_not_mine_read_the_same(browser_of, world):
    browser = browser_of("staff")
    foreign = browser.get(f"/nguoi/{world.colleagues['x'].key}")
    nobody = browser.get("/nguoi/00000000-0000-0000-0000-000000000001")

    def words(page):
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
        return re.sub(r'name="next" value="[^"]+"', "", text)

    assert (foreign.status_code, nobody.status_code) == (404, 404)
    assert words(foreign) == words(nobody)


def test_a_fault_is_told_as_a_drill_in_a_drill_only(settings):
    for drill in (True, False):
        settings.TAICHO_DRILL = drill
        assert ("DIỄN TẬP" in visitor().get("/hong").content.decode()) == drill


def test_a_form_that_was_open_too_long_is_told_in_words(browser_of):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/dang-nhap", {"login": "an.nv", "password": "x"})
    assert (page.status_code, heading(page)) == (403, "Trang đã mở quá lâu")
    assert not re.search(
        "CSRF|cookie not set|Forbidden", page.content.decode().split("<main")[1].replace("csrfmiddlewaretoken", "")
    )
