"""Everything but the passkey works where JavaScript is switched off (house D1, ux.md 15)."""

import pytest

from tests.journeys.test_forms import ALWAYS_RIGHT, NONSENSE, REFUSED, WRONG
from tests.journeys.test_ground_floor import choose_password, fill, press
from tests.journeys.test_pages import ROUTES
from tests.journeys.visit import PHONE, visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]


@pytest.fixture
def plain(browser, full_house):
    """Open a phone without JavaScript for a role."""
    opened = []

    def enter(role="visitor", expected=frozenset({200})):
        around = visiting(browser, full_house, role, PHONE, script=False, expected=expected)
        opened.append(around)
        return around.__enter__()

    yield enter
    for around in opened:
        around.__exit__(None, None, None)


def slip_for(visit, name):
    """The code of a slip the administrator prints for a person found by search."""
    visit.goto(f"/tim?q={name}")
    with visit.page.expect_navigation():
        visit.page.locator("main .pick-item").first.click()
    press(visit.page, "Cấp phiếu vào")
    return visit.page.locator(".door-code").text_content().strip()


def test_a_colleague_is_found_and_enters_with_a_slip(plain, full_house):
    code = slip_for(plain("quan-tri"), "ngo thuy linh")
    visit = plain()
    visit.goto("/phieu-vao")
    fill(visit.page, code=code)
    press(visit.page, "Tiếp tục")
    choose_password(visit.page, "mưa dầm thấm lâu, ai ơi nhớ lấy")
    assert "Ngô Thùy Linh" in visit.page.locator("main").text_content()
    assert visit.faults == []


def test_a_demo_role_enters_with_its_link(plain, full_house):
    visit = plain()
    visit.goto(next(address for address in full_house.addresses if address.startswith("/vao/")))
    press(visit.page, "Vào hệ thống")
    assert "Đặng Thị Hồng" in visit.page.locator("main").text_content()


def test_name_and_password_open_the_door(plain, full_house):
    visit = plain()
    visit.goto("/dang-nhap")
    fill(visit.page, login="la-van-moi", password=full_house.password)
    press(visit.page, "Đăng nhập")
    assert "La Văn Mới" in visit.page.locator("main").text_content()


def test_the_search_of_every_page_answers_as_a_page(plain):
    visit = plain("quan-tri")
    visit.goto("/")
    visit.page.locator(".top-find").click()
    visit.page.locator("main [name=q]").fill("dang thi hong")
    press(visit.page, "Tìm")
    assert "Đặng Thị Hồng" in visit.page.locator("main").text_content()


def test_the_own_details_are_stated_and_stay(plain):
    visit = plain("truong-phong")
    visit.goto("/du-lieu-cua-toi/khai")
    fill(visit.page, personal_phone="0912 345 678", lodging="Số 5 ngõ 12 phố Sông Lam")
    press(visit.page, "Lưu")
    assert "Số 5 ngõ 12 phố Sông Lam" in visit.page.locator("main").text_content()


def test_the_register_is_corrected(plain):
    visit = plain("quan-tri")
    visit.goto("/tim?q=dang thi hong")
    with visit.page.expect_navigation():
        visit.page.locator("main .pick-item").first.click()
    press(visit.page, "Sửa")
    fill(visit.page, position="Chuyên viên chính")
    press(visit.page, "Lưu")
    assert "Chuyên viên chính" in visit.page.locator("main").text_content()


def test_the_menu_of_a_phone_opens(plain):
    visit = plain("quan-tri")
    visit.goto("/")
    visit.page.locator(".top-menu").click()
    with visit.page.expect_navigation():
        visit.page.locator("#rail").get_by_role("link", name="Hệ thống").click()
    assert visit.page.locator("h1").text_content() == "Tình trạng hệ thống"


def test_the_language_changes_and_changes_back(plain):
    visit = plain()
    for code in ("en", "vi"):
        visit.goto("/dang-nhap")
        with visit.page.expect_navigation():
            visit.page.locator(f".languages button[value={code}]").click()
        assert visit.page.locator("html").get_attribute("lang") == code


@pytest.mark.trial
@pytest.mark.parametrize("route", ROUTES)
def test_every_form_says_without_script_what_is_wrong(plain, full_house, full_atlas, route):
    role, address = full_atlas.sample(route)
    visit = plain(role, REFUSED)
    visit.goto(address)
    forms = visit.page.locator("main form[method=post]:has(.field)")
    if not forms.count() or route in ALWAYS_RIGHT:
        pytest.skip(ALWAYS_RIGHT.get(route, "no form to be filled in here"))
    before = full_house.written()
    for number in range(forms.count()):
        visit.goto(address)
        forms.nth(number).evaluate(WRONG, NONSENSE)
        with visit.page.expect_navigation():
            forms.nth(number).locator("button[type=submit], button:not([type])").first.click()
        assert visit.page.title().startswith("Lỗi:")
        assert visit.page.locator(".error-summary").count() >= 1
    assert full_house.written() == before
    assert visit.faults == []
