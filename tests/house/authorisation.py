"""The reviewed table of rights (trust.md S-01): what every route answers to every role, wherever the thing is.

`authorisation.csv` has a row per route and method, and a column per role. A cell is one letter for a page without a thing,
seven letters for a page with one, in the order of `world.PLACES` (m o u p s b x):

    +  shown or done   !  403, with the reason   -  404, tells nothing   >  sent to the entrance or the next page
    0  405, the page does not take this method (never in the table)
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.world import PLACES, ROLES

TABLE = Path(__file__).with_name("authorisation.csv")
COLUMNS = ("route", "method", "thing", *ROLES)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    """One reviewed line: the expected answer for each role."""

    route: str
    method: str
    thing: str
    cells: dict

    def expected(self, role, place):
        """The letter for a role and a place (ignored when the page has no thing)."""
        cell = self.cells[role]
        return cell[list(PLACES).index(place)] if self.thing else cell


def read_table():
    """Every row of the reviewed table."""
    with TABLE.open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    rows = [Row(r["route"], r["method"], r["thing"], {role: r[role] for role in ROLES}) for r in csv.DictReader(lines)]
    for row in rows:
        wanted = len(PLACES) if row.thing else 1
        assert all(len(cell) == wanted for cell in row.cells.values()), (
            f"{row.route} {row.method}: cell of wrong length"
        )
    return rows


def routes():
    """Name → callback of every route of the installation, nested ones with their namespace."""
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(patterns, namespace):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"a route without a name: {pattern.pattern}"
            yield f"{namespace}{pattern.name}", pattern.callback


def letter(response):
    """How an answer reads in the table."""
    if response.status_code in (403, 404, 405):
        return {403: "!", 404: "-", 405: "0"}[response.status_code]
    if 300 <= response.status_code < 400:
        return ">"
    assert response.status_code in (200, 204, 400, 409), response.status_code
    return "+"
