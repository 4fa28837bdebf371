"""What somebody typed never becomes a part of a page, nor runs in a sheet that leaves the house (S-06, S-08)."""

import io
import urllib.request

import openpyxl
import pytest

from tests.journeys.atlas import NOT_SHOWN, draw
from tests.journeys.hostile import MARK
from tests.journeys.house import opened
from tests.journeys.test_pages import ROUTES
from tests.journeys.visit import DESK, visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.trial,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]
FOUND = f"() => document.querySelectorAll('[data-{MARK}]').length"
SHEETS = ("Excel", "tải", ".xlsx", ".csv")


@pytest.fixture(scope="module")
def poisoned_house(worker_id, tmp_path_factory):
    """The full house, where every text holds a payload."""
    with opened("full", f"poison_{worker_id}", tmp_path_factory.mktemp("poison")) as house:
        house.poisoned = house.run("tests.journeys.hostile").split()
        yield house


@pytest.fixture(scope="module")
def poisoned_atlas(poisoned_house):
    """Where its pages open; a page that needs a name to be found may be missing."""
    return draw(poisoned_house, wholly=False)


def test_the_payloads_are_in_the_names_people_read(poisoned_house):
    assert "organisation.Person.full_name" in poisoned_house.poisoned
    assert "organisation.Unit.name" in poisoned_house.poisoned
    assert "organisation.OutsideAuthority.name" in poisoned_house.poisoned


@pytest.mark.parametrize("route", ROUTES)
def test_nothing_typed_becomes_part_of_the_page(browser, poisoned_house, poisoned_atlas, route):
    if route not in poisoned_atlas.places:
        pytest.skip("not reached in the poisoned house; the plain one is looked at elsewhere")
    role, address = poisoned_atlas.sample(route)
    with visiting(browser, poisoned_house, role, DESK) as visit:
        ran = []
        visit.page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        visit.goto(address)
        assert visit.page.evaluate(FOUND) == 0
        assert ran + visit.faults == []


@pytest.mark.parametrize("route", sorted(route for route, why in NOT_SHOWN.items() if "Excel" in why))
def test_nothing_typed_runs_in_a_sheet_that_leaves_the_house(poisoned_house, poisoned_atlas, route):
    for role, address in sheets_of(poisoned_house, route):
        for row in openpyxl.load_workbook(io.BytesIO(fetched(poisoned_house, role, address))).active.iter_rows():
            live = [cell.value for cell in row if isinstance(cell.value, str) and cell.value[:1] in "=+-@\t\r＝＠＋－"]
            assert live == [] and all(cell.data_type != "f" for cell in row)
            return
    pytest.skip("no page of the poisoned house offers this sheet")


def sheets_of(house, route):
    """(role, address) of every link to the sheet that some page shows."""
    from tests.journeys.atlas import LINK, RICH, plain_addresses, route_of

    for role in RICH:
        for page in [*house.addresses, *plain_addresses()]:
            _, text, _ = house.ask(page, role)
            yield from ((role, link) for link in LINK.findall(text) if route_of(link) == route)


def fetched(house, role, address):
    """The bytes behind an address."""
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in house.cookies(role))
    with urllib.request.urlopen(urllib.request.Request(house.url + address, headers={"Cookie": cookie})) as answer:
        return answer.read()
