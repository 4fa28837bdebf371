"""The rail, the phone bar and the search box lead each role where it may go, and nowhere else. # L3, S-01, ux.md 3"""

import re

import pytest

from taicho.ui.frame import Frame
from taicho.ui.shell import BAR_ENTRIES, RAIL_ENTRIES, registry
from tests.house.world import ROLES

INSIDE = [role for role in ROLES if role != "visitor"]
LEADS_THE_DRILL = {"leader", "command_post", "office", "administrator"}
pytestmark = pytest.mark.django_db


def links(page, part):
    """Addresses in a part of the page, in order."""
    found = re.search(rf"<nav[^>]*{part}.*?</nav>", page.content.decode(), re.DOTALL)
    return re.findall(r'<a class="(?:rail|phone)-link" href="([^"]+)"', found[0]) if found else []


def rail(page):
    return links(page, 'aria-label="Mục chính"')


def bar(page):
    return links(page, 'class="phone-bar"')


@pytest.mark.parametrize("role", ["staff", "guard", "leader", "superior_body", "administrator"])
def test_every_place_a_role_is_shown_opens_for_that_role(browser_of, role):
    browser = browser_of(role)
    home = browser.get("/")
    for address in {*rail(home), *bar(home)}:
        assert browser.get(address, follow=True).status_code == 200, address


@pytest.mark.parametrize("role", INSIDE)
def test_the_drill_clock_is_offered_to_those_who_lead_the_drill(browser_of, role):
    assert ("/dien-tap" in rail(browser_of(role).get("/"))) == (role in LEADS_THE_DRILL)


@pytest.mark.parametrize("role", INSIDE)
def test_the_state_of_the_system_is_offered_to_the_administrator_alone(browser_of, role):
    assert ("/he-thong" in rail(browser_of(role).get("/"))) == (role == "administrator")


def test_outside_a_drill_nobody_is_offered_its_clock(browser_of, settings, world):
    settings.TAICHO_DRILL = False
    entry = registry.menu["drill"]
    from taicho.organisation.queries.build_actor import build_actor

    assert not any(entry.may_see(build_actor(account)) for account in world.accounts.values())


@pytest.mark.parametrize("role", ["staff", "leader", "administrator"])
def test_home_comes_first_and_the_rail_keeps_its_seven_places(browser_of, role):
    page = browser_of(role).get("/")
    shell = page.context["shell"]
    assert (rail(page)[0], shell.menu[0].current) == ("/", True)
    assert len(shell.menu) <= RAIL_ENTRIES
    assert len({link.url for link in [*shell.menu, *shell.more]}) == len([*shell.menu, *shell.more])


@pytest.mark.parametrize("role", INSIDE)
def test_the_phone_bar_has_four_places_and_home_is_the_first(browser_of, role):
    page = browser_of(role).get("/")
    assert 1 <= len(bar(page)) <= BAR_ENTRIES
    assert bar(page)[0] == "/"
    assert page.content.decode().count('class="phone-link"') == len(bar(page))


DAILY = {
    "staff": ["/", "/viec-cua-toi", "/van-ban-den", "/bien-phap", "/khai-bao", "/the-qr"],
    "guard": ["/", "/viec-cua-toi", "/cong", "/van-ban-den", "/cong/so-theo-doi", "/bien-phap"],
    "unit_head": ["/", "/viec-cua-toi", "/phong-toi", "/van-ban-den", "/bien-phap", "/theo-doi-suc-khoe"],
    "office": ["/", "/viec-cua-toi", "/phong-toi", "/van-ban-den", "/cong/so-theo-doi", "/bien-phap"],
    "clerk": ["/", "/viec-cua-toi", "/van-ban-den", "/bien-phap", "/viec-cua-don-vi", "/khai-bao"],
    "administrator": ["/", "/viec-cua-toi", "/van-ban-den", "/bien-phap", "/cong/thiet-bi", "/he-thong"],
}
"""What a role needs daily stands in the rail itself; the rest is under "Thêm" (ux.md 3.1, 3.2)."""


@pytest.mark.parametrize("role", DAILY)
def test_what_a_role_needs_daily_stands_in_the_rail(browser_of, role):
    assert [link.url for link in browser_of(role).get("/").context["shell"].menu] == DAILY[role]


def test_a_guard_finds_the_gate_in_the_phone_bar(browser_of):
    assert "/cong" in bar(browser_of("guard").get("/"))


def test_those_who_follow_others_are_led_to_the_work_of_their_units(browser_of):
    assert "/viec-cua-don-vi" in rail(browser_of("office").get("/"))
    assert "/viec-cua-don-vi" not in rail(browser_of("staff").get("/"))


def test_exactly_one_place_is_the_one_where_one_is(browser_of):
    browser = browser_of("administrator")
    for address in ("/", "/danh-ba", "/co-cau", "/he-thong", "/dien-tap"):
        shell = browser.get(address).context["shell"]
        assert [link.url for link in [*shell.menu, *shell.more] if link.current] == [address]


def test_a_place_under_more_is_found_open(browser_of):
    browser = browser_of("administrator")
    assert '<details class="rail-more" open>' in browser.get("/danh-ba").content.decode()
    assert '<details class="rail-more">' in browser.get("/").content.decode()


@pytest.mark.parametrize("role", ["staff", "administrator"])
def test_typing_a_place_leads_there_only_whom_it_is_offered(browser_of, role):
    page = browser_of(role).get("/tim", {"q": "he thong"}).content.decode()
    assert ('href="/he-thong"' in page.split("<main")[1]) == (role == "administrator")


def test_a_visitor_sees_the_entrance_and_no_place_at_all(browser_of):
    browser = browser_of("visitor")
    assert browser.get("/")["Location"] == "/dang-nhap?next=%2F"
    page = browser.get("/dang-nhap").content.decode()
    assert not [mark for mark in ("rail-link", "phone-bar", 'class="hat"', "data-search") if mark in page]


@pytest.mark.parametrize(("typed", "finds"), [("dang thi o", True), ("Đặng Thị O", True), ("đặng thị x", False)])
def test_a_colleague_is_found_with_or_without_marks_and_a_stranger_is_not(browser_of, typed, finds):
    page = browser_of("staff").get("/tim", {"q": typed}).content.decode().split("<main")[1]
    assert ("Đặng Thị" in re.sub("</?mark>", "", page.split('class="pick"')[-1]) and "pick-item" in page) == finds


def test_the_search_box_answers_in_the_order_people_units_authorities_documents():
    assert list(registry.search) == ["people", "units", "authorities", "documents"]


def test_what_stands_in_the_frame_is_asked_once_for_a_page(rf, world, django_assert_max_num_queries):
    from taicho.organisation.queries.build_actor import build_actor

    request = rf.get("/")
    request.actor = build_actor(world.accounts["leader"])
    frame = Frame(request)
    with django_assert_max_num_queries(8):
        for _ in range(3):
            assert frame.menu
            assert frame.bar
            assert frame.wearer.hats
