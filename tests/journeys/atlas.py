"""Every page of the installation, found by walking through it as every role.

The list of routes comes from the addresses the installation knows, so a page that lands tomorrow is looked at
tomorrow; `test_no_page_is_forgotten` fails for a route that nobody could open and that is not explained here.
"""

import re
from collections import deque
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from tests.house.authorisation import routes

NOT_SHOWN = {
    "ui:language": "takes a POST only, and goes back",
    "account_set_password": "leads to the overview: passwords are set by slip",
    "mfa_login_webauthn": "answers a passkey, JSON only",
    "organisation:my-unit": "leads to the page of the own unit",
    "organisation:wear": "takes a POST only, and goes back",
    "organisation:entry-slip": "takes a POST only; its sheet is looked at in the journey of the ground floor",
    "organisation:revoke": "takes a POST only, and goes back",
    "organisation:staff-import-answers": "takes a POST only, and goes back",
    "organisation:staff-import-drop": "takes a POST only, and goes back",
    "organisation:staff-import-template": "an Excel sheet",
    "organisation:staff-import-errors": "an Excel sheet",
    "organisation:staff-import-progress": "a part of a page, exchanged by htmx",
}
"""Routes without a page of their own, each with the reason."""
VISITORS = ("visitor", "half-way", "slip")
"""Who stands before the door: they meet only pages of the door."""
ENDS_THE_SESSION = "account_logout"
TRIES_PER_ROUTE = 4
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')


@dataclass
class Atlas:
    """For every route the roles for whom it opens, and the address at which it does."""

    places: dict = field(default_factory=dict)

    def roles(self, route):
        """Who may see the page."""
        return list(self.places.get(route, {}))

    def address(self, route, role):
        """Where the role sees it."""
        return self.places[route][role]

    def sample(self, route):
        """(role, address) of one visit: the role that meets the most pages of all, so the richest view."""
        found = self.places[route]
        role = max(found, key=lambda role: sum(role in others for others in self.places.values()))
        return role, found[role]


def draw(house):
    """Walk as every role, then let every role try what the others found."""
    atlas = Atlas()
    for role in ["visitor", *house.entries]:
        walk(house, role, atlas)
    known = {route: list(dict.fromkeys(found.values())) for route, found in atlas.places.items()}
    for role in house.entries:
        for route, addresses in known.items():
            if role not in VISITORS and role not in atlas.places[route]:
                try_to_open(house, role, route, addresses[:TRIES_PER_ROUTE], atlas)
    return atlas


def walk(house, role, atlas):
    """Follow links from home and from every route without arguments; a route is opened once, tried a few times."""
    tried, seen = {}, set()
    waiting = deque(dict.fromkeys([*plain_addresses(), *house.addresses]))
    while waiting:
        address = waiting.popleft()
        route = route_of(address)
        plain = address.split("?")[0]
        if route in (None, ENDS_THE_SESSION) or plain in seen or tried.get(route, 0) >= TRIES_PER_ROUTE:
            continue
        seen.add(plain)
        tried[route] = tried.get(route, 0) + 1
        status, text, _ = house.ask(plain, role)
        if status == 200 and text:
            atlas.places.setdefault(route, {}).setdefault(role, plain)
            waiting.extend(link.replace("&amp;", "&") for link in LINK.findall(text))
    if role in house.entries and role not in VISITORS:
        atlas.places.setdefault(ENDS_THE_SESSION, {})[role] = reverse(ENDS_THE_SESSION)


def try_to_open(house, role, route, addresses, atlas):
    """Note the first of the addresses that opens for the role."""
    for address in addresses:
        status, text, _ = house.ask(address, role)
        if status == 200 and text:
            atlas.places[route][role] = address
            return


def plain_addresses():
    """The addresses of all routes that take no argument, home first."""
    for name in sorted(routes(), key=lambda name: name != "desks:home"):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def route_of(address):
    """The name of the route behind an address; None when there is none."""
    try:
        return resolve(address.split("?")[0]).view_name
    except Resolver404:
        return None
