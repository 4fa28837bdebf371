"""Work without a mouse: enter, search, walk the menu, open a person, correct, save (ux.md 9 and 10; WCAG 2.1.1)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visit import visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]
MOST_STOPS = 80


def tab_to(page, locator):
    """Press Tab until the thing has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if locator.evaluate("el => el === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {locator}")


def press_enter(page):
    """Follow what has the focus."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_door_opens_by_keyboard(browser, full_house):
    with visiting(browser, full_house) as visit:
        page = visit.page
        visit.goto("/dang-nhap")
        tab_to(page, page.locator("[name=login]"))
        page.keyboard.type("la-van-moi")
        page.keyboard.press("Tab")
        page.keyboard.type(full_house.password)
        press_enter(page)
        expect(page.locator("main")).to_contain_text("La Văn Mới")
    assert visit.faults == []


def test_a_person_is_searched_opened_corrected_and_saved(browser, full_house):
    with visiting(browser, full_house, "quan-tri") as visit:
        page = visit.page
        visit.goto("/")
        page.keyboard.press("Control+k")
        page.keyboard.type("quach van sy")
        expect(page.locator("#found .pick-item")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        press_enter(page)
        expect(page.locator("h1")).to_have_text("Quách Văn Sỹ")
        tab_to(page, page.locator("main").get_by_role("link", name="Sửa", exact=True))
        press_enter(page)
        tab_to(page, page.locator("[name=position]"))
        page.keyboard.press("Control+a")
        page.keyboard.type("Tổ trưởng bảo vệ")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        expect(page.locator("main")).to_contain_text("Tổ trưởng bảo vệ")
        expect(page.locator(".messages")).to_contain_text("Đã lưu")
    assert visit.faults == []


def test_the_menu_is_walked_and_what_is_folded_opens(browser, full_house):
    with visiting(browser, full_house, "quan-tri") as visit:
        page = visit.page
        visit.goto("/")
        tab_to(page, page.locator(".rail-menu").get_by_role("link", name="Hệ thống"))
        press_enter(page)
        expect(page.locator("h1")).to_have_text("Tình trạng hệ thống")
        more = page.locator(".rail-more > summary")
        tab_to(page, more)
        if not page.locator(".rail-more[open]").count():
            page.keyboard.press("Enter")
        last = page.locator(".rail-more a").last
        tab_to(page, last)
        there = last.get_attribute("href")
        press_enter(page)
        assert page.url == full_house.url + there
    assert visit.faults == []


def test_the_first_stop_of_every_page_leads_past_the_menu(browser, full_house):
    with visiting(browser, full_house, "nhan-vien") as visit:
        page = visit.page
        visit.goto("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
    assert visit.faults == []
