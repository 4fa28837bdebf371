"""A hat is worn as long as its post lasts; only one's own; nobody keeps a right by keeping a page open. # L3, S-13, A13"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from taicho.organisation.actions.posts import appoint, end_post
from taicho.organisation.enums import PostRole
from tests.house.world import BY, START

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def office_clock():
    """Monday 23/11/2026, 12h00."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def second_post(world):
    """The head of a unit leads the command post as well."""
    return appoint(
        world.people["unit_head"],
        by=BY,
        unit=world.units["o"],
        role=PostRole.COMMAND_POST,
        title="Sở Chỉ huy",
        at=START,
    )


def worn(browser):
    return browser.get("/").context["shell"].wearer


def put_on(browser, key, **more):
    from django.urls import reverse

    return browser.post(reverse("organisation:wear"), {"hat": str(key), "next": "/"} | more)


def test_the_hats_are_the_own_posts_and_being_staff(browser_of, second_post):
    titles = {hat.title for hat in worn(browser_of("unit_head")).hats}
    assert {"unit_head", "Sở Chỉ huy"} <= titles


def test_a_hat_that_was_put_on_stays_on_for_the_session_only(browser_of, second_post):
    browser = browser_of("unit_head")
    put_on(browser, second_post.key)
    assert worn(browser).hat.title == "Sở Chỉ huy"
    assert worn(browser_of("unit_head")).hat.title == "unit_head"


def test_with_the_end_of_the_post_its_hat_is_gone_from_the_open_session(browser_of, second_post, office_clock):
    browser = browser_of("unit_head")
    put_on(browser, second_post.key)
    end_post(second_post, by=BY)
    office_clock.shift(timedelta(seconds=1))
    assert worn(browser).hat.title == "unit_head"
    assert "Sở Chỉ huy" not in {hat.title for hat in worn(browser).hats}
    put_on(browser, second_post.key)
    assert worn(browser).hat.title == "unit_head"


def test_with_the_end_of_the_post_its_pages_are_closed_at_the_next_request(browser_of, second_post, office_clock):
    browser = browser_of("unit_head")
    assert browser.get("/dien-tap").status_code == 200
    end_post(second_post, by=BY)
    office_clock.shift(timedelta(seconds=1))
    assert browser.get("/dien-tap").status_code == 403
    assert "/dien-tap" not in browser.get("/").content.decode()


def test_a_post_that_begins_tomorrow_is_no_hat_today(browser_of, world, office_clock):
    appoint(
        world.people["staff"], by=BY, unit=world.units["o"], role=PostRole.GUARD, title="Bảo vệ ca đêm",
        at=NOON + timedelta(days=1),
    )  # fmt: skip
    browser = browser_of("staff")
    assert "Bảo vệ ca đêm" not in {hat.title for hat in worn(browser).hats}
    office_clock.shift(timedelta(days=1))
    assert "Bảo vệ ca đêm" in {hat.title for hat in worn(browser).hats}


FOREIGN = {
    "of the leader": lambda world: world.own_posts["leader"].key,
    "of another agency": lambda world: world.posts["x"].key,
    "of nobody": lambda world: uuid4(),
    "a number": lambda world: 1,
    "a script": lambda world: "<script>",
    "nothing": lambda world: "",
}


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_hat_is_not_put_on_and_gives_no_right(browser_of, world, foreign):
    browser = browser_of("staff")
    before = worn(browser).hat
    assert put_on(browser, foreign(world)).status_code == 302
    assert worn(browser).hat == before
    assert browser.get("/he-thong").status_code == 403


def test_a_hat_written_into_the_session_by_force_gives_no_right_either(browser_of, world):
    from taicho.organisation.middleware import HAT

    browser = browser_of("staff")
    session = browser.session
    session[HAT] = str(world.own_posts["administrator"].key)
    session.save()
    assert browser.get("/he-thong").status_code == 403
    assert worn(browser).hat.title != "administrator"


def test_wearing_another_hat_takes_no_right_away(browser_of, second_post):
    browser = browser_of("unit_head")
    for key in (hat.key for hat in worn(browser).hats):
        put_on(browser, key)
        assert browser.get("/dien-tap").status_code == 200, "every action asks all hats; the one worn is a default"


def test_a_hat_is_changed_by_sending_not_by_reading(browser_of):
    from django.urls import reverse

    assert browser_of("staff").get(reverse("organisation:wear")).status_code == 405


def test_a_visitor_wears_nothing(browser_of):
    assert put_on(browser_of("visitor"), uuid4())["Location"].startswith("/dang-nhap")


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", ""])
def test_changing_the_hat_leads_nobody_out_of_the_house(browser_of, elsewhere):
    assert put_on(browser_of("staff"), uuid4(), next=elsewhere)["Location"] == "/"
