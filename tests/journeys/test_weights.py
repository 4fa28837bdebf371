"""What travels: first load ≤ 200 KB, later pages ≤ 40 KB, scripts ≤ 60 KB, all compressed (ux.md 5 and 15)."""

import gzip
import urllib.request

import pytest

from tests.journeys.house import COOKIE
from tests.journeys.test_pages import ROUTES
from tests.journeys.visit import PHONE, visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]
KB = 1024
FIRST, LATER, SCRIPTS = 200 * KB, 40 * KB, 60 * KB
FRONT = ("/static/ui/taicho.css", "/static/ui/taicho.js", "/static/vendor/htmx/htmx.min.js")


class Scale:
    """Weighs what the browser receives, headers too, as Chromium itself counts it."""

    def __init__(self, visit):
        self.visit, self.kinds, self.weights = visit, {}, {}
        wire = visit.page.context.new_cdp_session(visit.page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", self.note)
        wire.on("Network.loadingFinished", self.weigh)

    def note(self, told):
        """What kind of thing comes."""
        self.kinds[told["requestId"]] = told["type"]

    def weigh(self, told):
        """How heavy it was on the wire; nothing when it came out of the browser's store."""
        self.weights[told["requestId"]] = told["encodedDataLength"]

    def load(self, address):
        """(everything, scripts) in bytes for one page."""
        self.kinds, self.weights = {}, {}
        self.visit.goto(address)
        self.visit.page.wait_for_load_state("networkidle")
        scripts = sum(w for key, w in self.weights.items() if self.kinds.get(key) == "Script")
        return sum(self.weights.values()), scripts


def test_the_first_page_of_all_is_light(browser, full_house):
    with visiting(browser, full_house, "visitor", PHONE) as visit:
        whole, scripts = Scale(visit).load("/dang-nhap")
    assert 0 < whole <= FIRST
    assert 0 < scripts <= SCRIPTS


def test_home_is_light_for_somebody_who_comes_first_and_again(browser, full_house):
    with visiting(browser, full_house, "quan-tri", PHONE) as visit:
        scale = Scale(visit)
        whole, scripts = scale.load("/")
        again, _ = scale.load("/danh-ba")
    assert 0 < whole <= FIRST
    assert 0 < scripts <= SCRIPTS
    assert 0 < again <= LATER


@pytest.mark.trial
def test_every_later_page_is_light_for_the_one_who_sees_most(browser, full_house, full_atlas):
    heavy = {}
    for route in ROUTES:
        role, address = full_atlas.sample(route)
        with visiting(browser, full_house, role, PHONE) as visit:
            scale = Scale(visit)
            first, scripts = scale.load(address)
            later, _ = scale.load(address)
        if first > FIRST or later > LATER or scripts > SCRIPTS:
            heavy[route] = (first, later, scripts)
    assert heavy == {}


@pytest.mark.parametrize("address", [*FRONT, "/dang-nhap"])
def test_what_is_text_travels_compressed_and_whole(full_house, address):
    plain, squeezed = fetched(full_house, address, "identity"), fetched(full_house, address, "gzip")
    assert plain.encoding is None
    assert squeezed.encoding == "gzip"
    assert "Accept-Encoding" in squeezed.vary
    assert len(squeezed.body) < len(plain.body) / 2
    if address in FRONT:
        assert gzip.decompress(squeezed.body) == plain.body


def test_a_font_is_not_compressed_twice(full_house):
    font = fetched(full_house, "/static/vendor/be-vietnam-pro/be-vietnam-pro-latin-400.woff2", "gzip")
    assert font.encoding is None


def test_the_length_of_a_page_does_not_tell_what_stands_in_it(full_house):
    """BREACH (CVE-2013-3587): the compressed page carries random bytes, and the secret in it is masked anew each time."""
    lengths = {len(fetched(full_house, "/danh-ba", "gzip", role="quan-tri").body) for _ in range(12)}
    assert len(lengths) > 3


class Fetched:
    """One answer as it came over the wire."""

    def __init__(self, answer):
        self.body = answer.read()
        self.encoding = answer.headers.get("Content-Encoding")
        self.vary = answer.headers.get("Vary", "")


def fetched(house, address, accepted, role="visitor"):
    """GET with this Accept-Encoding, nothing unpacked."""
    headers = {"Accept-Encoding": accepted, "Cookie": f"{COOKIE}={house.entries.get(role, '')}"}
    with urllib.request.urlopen(urllib.request.Request(house.url + address, headers=headers)) as answer:
        return Fetched(answer)
