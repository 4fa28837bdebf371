"""Visits by Chromium: a page that writes down every fault the browser knows of, and the examinations of what it shows."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

HERE = Path(__file__).parent
LOOK = (HERE / "look.js").read_text(encoding="utf-8").split("\n", 1)[1]
FOCUS = (HERE / "focus.js").read_text(encoding="utf-8").split("\n", 1)[1]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PHONE, DESK, NARROWEST, TABLET = 390, 1366, 320, 1024
HEIGHT = {PHONE: 844, DESK: 900, NARROWEST: 640, TABLET: 768}
DRILL = "DIỄN TẬP"
STOPS = 30
LEFT_BEHIND = "net::ERR_ABORTED"


@dataclass
class Visit:
    """A page of the browser and what went wrong on it so far."""

    page: object
    house: object
    faults: list = field(default_factory=list)
    expected: frozenset = frozenset({200})

    def goto(self, address, width=None):
        """Open an address, at another width when one is given."""
        if width is not None:
            self.page.set_viewport_size({"width": width, "height": HEIGHT[width]})
        return self.page.goto(self.house.url + address)

    def hear(self, message):
        """The console. That the page itself was refused, as expected, is no fault of it."""
        refused = "Failed to load resource" in message.text and message.location.get("url") == self.page.url
        if message.type in ("error", "warning") and not (refused and self.expected != {200}):
            self.faults.append(f"console: {message.text}")

    def judge(self, response):
        """Every answer: the page's own may be a refusal where one is expected."""
        own = response.request.is_navigation_request()
        allowed = response.status < 400 or (own and response.status in self.expected)
        if not allowed:
            self.faults.append(f"{response.status} {response.url}")

    def lose(self, request):
        """Every request without an answer, except what the browser itself dropped because the page was being left."""
        if request.is_navigation_request() or request.failure != LEFT_BEHIND:
            self.faults.append(f"failed: {request.url} {request.failure}")

    def watch(self, request):
        """Every request: ours only."""
        if not request.url.startswith((self.house.url, "data:")):
            self.faults.append(f"another host: {request.url}")


@contextmanager
def visiting(browser, house, role="visitor", width=DESK, *, script=True, expected=frozenset({200}), **more):
    """A browser that has already entered as the role."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT[width]}, java_script_enabled=script, locale="vi-VN",
        reduced_motion="reduce", **more,
    )  # fmt: skip
    context.add_cookies(house.cookies(role))
    visit = Visit(context.new_page(), house, expected=frozenset(expected))
    visit.page.on("console", visit.hear)
    visit.page.on("pageerror", lambda fault: visit.faults.append(f"script: {fault}"))
    visit.page.on("requestfailed", visit.lose)
    visit.page.on("response", visit.judge)
    visit.page.on("request", visit.watch)
    try:
        yield visit
    finally:
        context.close()


def looks(visit, width):
    """Complaints about what is seen at this width; a phone is also looked at 320 px wide (400 % zoom)."""
    drill = DRILL if visit.house.surroundings["TAICHO_DRILL"] == "1" else ""
    said = [f"{width}: {c}" for c in visit.page.evaluate(LOOK, {"phone": width == PHONE, "drill": drill})]
    if width == PHONE:
        visit.page.set_viewport_size({"width": NARROWEST, "height": HEIGHT[NARROWEST]})
        said += [f"320: {c}" for c in visit.page.evaluate(LOOK, {"phone": True, "drill": drill})]
        visit.page.set_viewport_size({"width": width, "height": HEIGHT[width]})
    return said


def violations(visit):
    """What axe-core finds: WCAG 2.0 to 2.2, A and AA, and best practice."""
    found = Axe().run(visit.page, options=RULES).response["violations"]
    return [f"axe {v['id']}: {node['html'][:160]} {node['target']}" for v in found for node in v["nodes"][:3]]


def keyboard_faults(visit, stops=STOPS):
    """Walk with Tab; complain where the focus is not seen, or lies under a bar that stays."""
    said, seen = [], set()
    visit.page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    for _ in range(stops):
        visit.page.keyboard.press("Tab")
        here = visit.page.evaluate(FOCUS)
        if here is None or here["place"] in seen:
            break
        seen.add(here["place"])
        said += [f"focus not seen: {here['name']}"] if not here["seen"] else []
        said += [f"focus off the screen: {here['name']}"] if here["offscreen"] else []
        said += [f"focus under {here['covered']}: {here['name']}"] if here["covered"] else []
    return said if seen else [*said, "nothing can be reached by keyboard"]
