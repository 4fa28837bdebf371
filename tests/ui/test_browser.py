"""What a person meets in a real browser: no violation, no sideways scroll, keys, drafts (ux.md 5, 7, 9, 10)."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from taicho.ui import shell, specimens
from tests.ui.browsing import quiet_page, widest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SHEETS = ["", "wide", "guard", "wall", "paper", "entry", "contracts"]


@pytest.fixture(autouse=True)
def furnished(settings):
    """Components are shown; the shell holds eight entries, four phone places, a wearer with three hats and a day."""
    settings.SHOW_COMPONENTS = True
    for number, label in enumerate(
        ["Việc của tôi", "Văn bản", "Báo cáo", "Lịch trực", "Y tế", "Kiểm tra", "Danh bạ", "Quản trị"]
    ):
        shell.register_menu(
            shell.MenuEntry(
                f"m{number}", label, "inbox", "ui:help" if number else "ui:components", number, count=lambda a: 3
            )
        )
    for number, label in enumerate(["Trang chủ", "Khai báo", "Việc", "Thẻ QR"]):
        shell.register_phone_bar(shell.MenuEntry(f"b{number}", label, "home", "ui:components", number))
    for number, label in enumerate(["Quét", "Đang ở trong", "Sổ theo dõi", "Bàn giao ca", "Sự cố"]):
        shell.register_guard_key(shell.MenuEntry(f"g{number}", label, "scan", "ui:help", number, alarm=number == 4))
    hats = tuple(specimens._hats())
    shell.register_wearer(
        lambda actor: shell.Wearer("Trần Đức Lộc", "Văn phòng UBND tỉnh", hats[0], hats, "/doi", (("Ra", "/ra"),))
    )
    shell.register_day(lambda actor, at: specimens._days()["calm"])


def address(site, sheet):
    return f"{site.url}/components/{sheet}?as=officer"


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("sheet", SHEETS)
def test_axe_finds_no_violation(browser, site, sheet, width):
    with quiet_page(browser, width) as page:
        page.goto(address(site, sheet))
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("part", ["panel", "dialog", "hits"])
def test_axe_finds_no_violation_in_what_opens(browser, site, part):
    with quiet_page(browser, 390 if part == "panel" else 1366) as page:
        page.goto(address(site, "wide"))
        if part == "panel":
            page.click(".top-menu")
            page.click(".hat summary")
        elif part == "dialog":
            page.keyboard.press("?")
        else:
            page.keyboard.press("Control+k")
            page.keyboard.type("bao cao")
            expect(page.locator("#found .pick-item")).to_have_count(1)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("sheet", "width"),
    [(sheet, width) for sheet in SHEETS if sheet != "wall" for width in (320, 390, 1366)] + [("wall", 1920)],
)
def test_nothing_scrolls_sideways(browser, site, sheet, width):
    with quiet_page(browser, width) as page:
        page.goto(address(site, sheet))
        assert widest(page) <= width


@pytest.mark.parametrize(("width", "height"), [(1366, 700), (390, 700), (320, 256)])
def test_focus_is_seen_and_never_covered_by_a_bar(browser, site, width, height):
    with quiet_page(browser, width, height) as page:
        page.goto(address(site, "wide"))
        covered = []
        for _ in range(30):
            page.keyboard.press("Tab")
            covered.append(
                page.evaluate(
                    """() => {
                    const one = document.activeElement; if (one === document.body) return null;
                    const box = one.getBoundingClientRect();
                    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2);
                    return seen && (one.contains(seen) || seen.contains(one)) ? null : one.outerHTML.slice(0, 90);
                }"""
                )
            )
        assert not [one for one in covered if one]


def test_ctrl_k_opens_the_search_and_arrows_walk_through_what_was_found(browser, site):
    with quiet_page(browser) as page:
        page.goto(address(site, "wide"))
        page.keyboard.press("Control+k")
        page.keyboard.type("lich truc")
        expect(page.locator("#found .pick-item")).to_have_text(["Lịch trực"])
        page.keyboard.press("ArrowDown")
        expect(page.locator("#found .pick-item")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#found .pick-item")).to_have_count(0)
        expect(page.locator(".top-search input")).to_be_focused()


def test_the_box_asks_nothing_while_a_word_is_being_composed(browser, site):
    with quiet_page(browser) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url) if "/tim" in request.url else None)
        page.goto(address(site, "wide"))
        box = page.locator(".top-search input")
        box.evaluate("""box => { box.value = "viec";
            box.dispatchEvent(new InputEvent("input", {isComposing: true, bubbles: true})) }""")
        page.wait_for_timeout(450)
        assert asked == []
        box.evaluate("box => box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))")
        expect(page.locator("#found .pick-item")).to_have_count(1)
        assert len(asked) == 1


def test_search_works_without_script(browser, site):
    with quiet_page(browser, script=False) as page:
        page.context.add_cookies([{"name": "as", "value": "officer", "url": site.url}])
        page.goto(f"{site.url}/tim")
        page.fill("main input[name=q]", "bao cao")
        page.click("main button")
        expect(page.locator("main .pick-item")).to_have_text(["Báo cáo"])


def test_the_list_of_keys_opens_and_single_keys_can_be_switched_off(browser, site):
    with quiet_page(browser) as page:
        page.goto(address(site, "wide"))
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.check("[data-keys-off]")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('.time-item') === null")
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_hidden()
        page.goto(f"{site.url}/tro-giup")
        page.click("main [data-opens=keys]")
        page.uncheck("[data-keys-off]")
        page.goto(address(site, "wide"))
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('.time-item') !== null")


def test_keys_stay_letters_while_somebody_types(browser, site):
    with quiet_page(browser) as page:
        page.goto(address(site, ""))
        page.click("#id_name")
        page.keyboard.type("?j/")
        assert page.locator("#keys").is_hidden()
        assert "?j/" in page.input_value("#id_name")


def test_the_clock_moves_by_minutes_of_the_server_and_says_when_it_gets_near(browser, site):
    with quiet_page(browser) as page:
        page.clock.install()
        page.goto(address(site, "wide"))
        words = page.locator(".top [data-slot-words]")
        expect(words).to_have_text("Khung 12h00 còn 34 phút")
        page.clock.run_for("25:00")
        expect(words).to_have_text("Khung 12h00 còn 9 phút")
        expect(page.locator(".top .slot-clock")).to_have_class("slot-clock slot-clock-near")
        expect(page.locator(".top [data-slot-when]")).to_have_text("11h51 · Thứ Năm, 25/02")
        assert page.locator(".top [data-ruler-needle]").get_attribute("x") == "49.375%"
        page.clock.run_for("01:20:00")
        expect(words).to_have_text("Khung 12h00 quá 1 giờ 11")


def test_the_line_says_since_when_the_network_is_gone(browser, site):
    with quiet_page(browser) as page:
        page.goto(address(site, "wide"))
        line = page.locator("[data-connection] .link-word")
        expect(line).to_have_text("Đã nối")
        page.context.set_offline(True)
        expect(line).to_contain_text("Mất mạng từ")
        page.context.set_offline(False)
        expect(line).to_have_text("Đã nối")


def draft_page(site, officer="?as=officer"):
    return f"{site.url}/sample-draft{officer}"


def test_a_draft_survives_a_reload_without_password_and_private_answers(browser, site):
    with quiet_page(browser) as page:
        page.goto(draft_page(site))
        page.fill("#id_name", "Nguyễn Thị Ộ")
        page.fill("#id_phone", "0912 345 678")
        page.fill("#secret", "mat khau dai")
        page.reload()
        kept = page.evaluate("JSON.stringify(sessionStorage)")
        assert "Nguyễn Thị Ộ" in kept
        assert "0912" not in kept
        assert "mat khau" not in kept
        assert page.input_value("#id_name") == ""
        page.click("text=Khôi phục")
        assert page.input_value("#id_name") == "Nguyễn Thị Ộ"
        assert page.input_value("#id_phone") == ""


def test_a_draft_can_be_dropped(browser, site):
    with quiet_page(browser) as page:
        page.goto(draft_page(site))
        page.fill("#id_name", "Bỏ đi")
        page.reload()
        page.click("text=Bỏ >> nth=0")
        page.reload()
        expect(page.locator(".draft-offer")).to_have_count(0)


def test_another_person_never_meets_the_draft(browser, site):
    with quiet_page(browser) as page:
        page.goto(draft_page(site))
        page.fill("#id_name", "Của người trước")
        page.goto(draft_page(site, "?as=other"))
        assert "Của người trước" not in page.evaluate("JSON.stringify(sessionStorage)")
        expect(page.locator(".draft-offer")).to_have_count(0)


def test_the_entrance_keeps_the_draft_of_a_session_that_ended(browser, site):
    with quiet_page(browser) as page:
        page.goto(draft_page(site))
        page.fill("#id_name", "Đang viết dở")
        page.goto(f"{site.url}/tro-giup?as=nobody")
        page.goto(draft_page(site))
        page.click("text=Khôi phục")
        assert page.input_value("#id_name") == "Đang viết dở"


def test_the_summary_of_mistakes_takes_the_focus(browser, site):
    with quiet_page(browser) as page:
        page.goto(f"{site.url}/sample-wrong?as=officer")
        expect(page.locator("[data-error-summary]")).to_be_focused()


def test_the_menu_of_the_phone_opens_as_a_panel_and_closes_again(browser, site):
    with quiet_page(browser, 390) as page:
        page.goto(address(site, "wide"))
        expect(page.locator("#rail")).to_be_hidden()
        page.click(".top-menu")
        expect(page.locator("#rail")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#rail")).to_be_hidden()


def test_touch_targets_of_the_phone_are_large_enough(browser, site):
    with quiet_page(browser, 390) as page:
        page.goto(address(site, ""))
        small = page.evaluate(
            """() => [...document.querySelectorAll(".button, .answer, .phone-link, .choice, .segment, .top-menu")]
            .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([words]) => words)"""
        )
        assert small == []


def test_a_first_visit_and_a_later_page_fit_their_budgets(browser, site):
    with quiet_page(browser) as page:
        weights = []

        def weigh(answer):
            body = answer.body()
            weights.append(len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body)))

        page.on("response", weigh)
        page.goto(address(site, "wide"), wait_until="networkidle")
        assert sum(weights) <= 200_000
        assert weights[0] <= 40_000, "the page itself"


def test_vietnamese_marks_are_not_clipped_in_lone_figures_and_titles(browser, site):
    with quiet_page(browser) as page:
        page.goto(address(site, ""))
        tight = page.evaluate(
            """() => [...document.querySelectorAll("main *")]
            .filter(one => one.childElementCount === 0 && one.textContent.trim() && !one.closest(".letter"))
            .map(one => [one.className, getComputedStyle(one)])
            .filter(([name, style]) => style.lineHeight !== "normal"
                && parseFloat(style.lineHeight) < 1.19 * parseFloat(style.fontSize))
            .map(([name]) => name)"""
        )
        assert tight == []
