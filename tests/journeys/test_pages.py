"""Every page in a real browser: accessible, whole at every width, silent, on its own (issue "ground floor" 7; ux.md 9)."""

import os
import re
from pathlib import Path

import pytest

from tests.house.authorisation import routes
from tests.journeys.atlas import ENDS_THE_SESSION, NOT_SHOWN
from tests.journeys.visit import DESK, PHONE, keyboard_faults, looks, violations, visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]
ROUTES = sorted(set(routes()) - set(NOT_SHOWN))
PARTS = re.compile(r'<(\w+)(?:\s[^>]*?class="([^"]*)")?')
"""A tag with its classes: what the style sheet and axe see of a part of a page."""
SHOTS = os.environ.get("TAICHO_SHOTS", "")
"""A folder for pictures of every page, for people who want to look with their own eyes."""


def test_no_page_is_forgotten(atlas):
    assert set(ROUTES) - set(atlas.places) == set(), (
        "no role could open these: walk there, or explain in atlas.NOT_SHOWN"
    )


def test_what_is_said_to_be_no_page_is_none(atlas):
    assert set(NOT_SHOWN) & set(atlas.places) == set()
    assert set(NOT_SHOWN) - set(routes()) == set()


@pytest.mark.parametrize("route", ROUTES)
def test_each_page_is_whole_and_silent(browser, full_house, atlas, route):
    """Axe looks at it in the long trials, as everyone who sees it and where nothing is entered yet."""
    role, address = atlas.sample(route)
    width = PHONE if ROUTES.index(route) % 2 else DESK
    with visiting(browser, full_house, role, width) as visit:
        visit.goto(address)
        complaints = looks(visit, width)
        found = visit.faults + complaints
    assert not found, "\n".join(found)


@pytest.mark.trial
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("route", ROUTES)
def test_the_page_is_whole_and_accessible_for_everyone_who_sees_it(browser, full_house, full_atlas, route, width):
    found = examine_for_all(browser, full_house, full_atlas, route, width)
    assert not found, "\n".join(found)


@pytest.mark.trial
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("route", ROUTES)
def test_the_page_is_whole_and_accessible_where_nothing_is_entered_yet(browser, fresh_house, fresh_atlas, route, width):
    if not fresh_atlas.roles(route):
        pytest.skip("needs a thing that a fresh installation does not have")
    found = examine_for_all(browser, fresh_house, fresh_atlas, route, width, "empty-")
    assert not found, "\n".join(found)


def examine_for_all(browser, house, atlas, route, width, prefix=""):
    """Complaints of all roles. Chromium looks once at each shape of the page: the parts it is made of, whatever the words."""
    complaints, shapes = [], set()
    for role in atlas.roles(route):
        address = atlas.address(route, role)
        shape = frozenset(PARTS.findall(house.ask(address, role)[1]))
        if shape in shapes:
            continue
        shapes.add(shape)
        with visiting(browser, house, role, width) as visit:
            visit.goto(address)
            picture(visit, f"{prefix}{route}-{width}-{role}")
            found = looks(visit, width) + violations(visit)
            found += keyboard_faults(visit) if route != ENDS_THE_SESSION else []
        complaints += [f"{role}: {complaint}" for complaint in visit.faults + found]
    return complaints


def picture(visit, name):
    """Keep a picture when somebody asked for them."""
    if SHOTS:
        visit.page.screenshot(path=Path(SHOTS) / f"{name.replace(':', '.')}.png", full_page=True)
