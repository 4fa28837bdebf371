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
    "documents:file": "a file, saved and never shown",
    "messaging:seen": "takes a POST only, and goes on to the work",
    "directives:drop-reading": "takes a POST only, and goes back",
    "organisation:staff-import-progress": "a part of a page, exchanged by htmx",
    "gate:evidence": "takes a POST only, and goes back",
    "gate:telephone": "takes a POST only, and goes back",
    "gate:book-file": "an Excel sheet",
    "gate:choose": "takes a POST only, and goes on to the verdict",
    "gate:visitor-pass": "shows on the visitor's own phone only; looked at in the journey of the line in",
}
"""Routes without a page of their own, each with the reason."""
RICH = (
    "quan-tri", "administrator", "keyholder", "first-administrator", "half-way", "slip", "visitor", "van-phong", "van-thu",
)  # fmt: skip
"""Who is asked first: between them they meet nearly every page."""
DEEP = ("quan-tri", "keyholder", "lanh-dao", "y-te-co-quan", "nhan-vien")
"""Whose links lead to the pages that nobody opens by address."""
ENDS_THE_SESSION = "account_logout"
TRIES_PER_ROUTE = 3
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


def draw(house, *, wholly=True):
    """Walk as every role, then let every role try what the others found.

    Not `wholly`: stop as soon as some role has opened every page; that is enough to look at each page once. First
    everyone tries only what nobody has opened; who walks again follows every link, until nothing is missing.
    """
    atlas, wanted = Atlas(), set(routes()) - set(NOT_SHOWN)
    roles = sorted([*house.entries, "visitor"], key=lambda role: role not in RICH)
    if wholly:
        for role in roles:
            walk(house, role, atlas)
        share(house, atlas)
        return atlas
    for role in roles:
        walk(house, role, atlas, wanted=wanted, hurried=True)
    for role in sorted(roles, key=lambda role: role not in DEEP):
        walk(house, role, atlas, wanted=wanted)
    return atlas


def walk(house, role, atlas, *, wanted=None, hurried=False):
    """Follow links from home and from every route without arguments; a route is tried a few times for a role.

    `wanted`: the walk is over when these are found. `hurried`: pass by the pages that somebody has opened.
    """
    tried, seen = {}, set()
    waiting = deque([house.only[role]] if role in house.only else [*house.addresses, *plain_addresses()])
    while waiting and (wanted is None or wanted - set(atlas.places)):
        address = waiting.popleft().split("?")[0]
        route = route_of(address)
        if route in (None, ENDS_THE_SESSION) or address in seen or tried.get(route, 0) >= TRIES_PER_ROUTE:
            continue
        if hurried and route in atlas.places:
            continue
        seen.add(address)
        tried[route] = tried.get(route, 0) + 1
        status, text, _ = house.ask(address, role)
        if status == 200 and text:
            atlas.places.setdefault(route, {}).setdefault(role, address)
            waiting.extend([] if role in house.only else LINK.findall(text))
    if role in house.entries and role not in house.only:
        atlas.places.setdefault(ENDS_THE_SESSION, {})[role] = reverse(ENDS_THE_SESSION)


def share(house, atlas):
    """Let every role try the addresses that opened for others."""
    known = {route: list(dict.fromkeys(found.values())) for route, found in atlas.places.items()}
    for role in set(house.entries) - set(house.only):
        for route in [route for route in known if role not in atlas.places[route]]:
            for address in known[route][:TRIES_PER_ROUTE]:
                status, text, _ = house.ask(address, role)
                if status == 200 and text:
                    atlas.places[route][role] = address
                    break


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
