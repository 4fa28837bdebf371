"""A hand that counts: it presses only what is seen, found by its role and words, and counts presses and characters.

Counted is what a person does: a press on the screen, a key pressed instead of one (Enter), and each character typed. A
step to the next field by the keyboard (Tab, "next" on a phone) is one key and counts as a character. What a scanner
types is counted apart. In a page with JavaScript a listener counts the same from the other side of the glass.
"""

import re
from dataclasses import dataclass, field

from playwright.sync_api import expect

NEXT, SEND = "Tab", "Enter"
LISTENER = """
(() => {
  const KEEP = "journey.tally";
  const add = (name, n) => {
    const tally = JSON.parse(sessionStorage.getItem(KEEP) || '{"presses": 0, "typed": 0}');
    tally[name] += n;
    sessionStorage.setItem(KEEP, JSON.stringify(tally));
  };
  addEventListener("pointerdown", (event) => event.isTrusted && add("presses", 1), true);
  addEventListener("keydown", (event) => {
    if (!event.isTrusted) return;
    if (event.key === "Enter") add("presses", 1);
    else if (event.key.length > 1 && event.key !== "Shift") add("typed", 1);
  }, true);
  addEventListener("input", (event) => event.isTrusted && event.data && add("typed", [...event.data].length), true);
})();
"""
"""Kept in the tab's own storage, so that the count goes on over the pages of a task."""
TALLY = 'JSON.parse(sessionStorage.getItem("journey.tally") || \'{"presses": 0, "typed": 0}\')'


@dataclass
class Hand:
    """One person at one screen during one task. `listens`: JavaScript is on, so the page counts as well."""

    visit: object
    listens: bool
    presses: int = 0
    typed: int = 0
    scanned: int = 0
    scans: int = 0
    trail: list = field(default_factory=list)

    @property
    def page(self):
        """The page the hand is at."""
        return self.visit.page

    def start(self, address):
        """Open the page a task starts from, and count from here."""
        if self.listens:
            self.page.add_init_script(LISTENER)
        self.visit.goto(address)

    def press(self, words, role="button", inside=None, leads=True):
        """Press the one visible control with this role whose name begins with these words."""
        place = (inside or self.page).get_by_role(role, name=re.compile(f"^{re.escape(words)}"))
        self._press(place.filter(visible=True), words, leads)

    def choose(self, words, answer):
        """Press one answer of the one visible question with these words."""
        asked = self.page.get_by_role("group", name=re.compile(re.escape(words))).filter(visible=True)
        self._press(asked.get_by_text(answer, exact=True), f"{words}: {answer}", leads=False)

    def touch(self, words):
        """Put the cursor into the field with this label."""
        self._press(self.page.get_by_role("textbox", name=words).filter(visible=True), words, leads=False)

    def type(self, text):
        """Type where the cursor is, which must be a field that is seen."""
        expect(self.page.locator("input:focus, textarea:focus")).to_be_visible()
        self.page.keyboard.type(text)
        self.typed += len(text)
        self.trail.append(f"{len(text)} characters")

    def go_on(self):
        """To the next field by the keyboard."""
        self.page.keyboard.press(NEXT)
        self.typed += 1

    def send(self):
        """Send by the keyboard; as much work as a press."""
        with self.page.expect_navigation():
            self.page.keyboard.press(SEND)
        self.presses += 1
        self.trail.append("Enter")

    def scan(self, shown):
        """What a hand-held scanner does: it types what it reads where the cursor is, and Enter. No work of the hand."""
        expect(self.page.locator("input:focus")).to_be_visible()
        self.page.keyboard.type(shown)
        with self.page.expect_navigation():
            self.page.keyboard.press(SEND)
        self.scanned += len(shown)
        self.scans += 1
        self.trail.append("scan")

    def sees(self, words):
        """The words stand on the part of the page that is seen without scrolling."""
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_in_viewport()

    def assert_within(self, *, presses, typed=0):
        """Not more than the limits of ux.md 4; the page has counted the same; nothing went wrong meanwhile."""
        assert self.presses <= presses, f"{self.presses} presses, {presses} allowed: {self.trail}"
        assert self.typed <= typed, f"{self.typed} characters typed, {typed} allowed: {self.trail}"
        if self.listens:
            counted = self.page.evaluate(TALLY)
            said = {"presses": self.presses + self.scans, "typed": self.typed + self.scanned}
            assert counted == said, f"the page has counted {counted}, the hand {said}: {self.trail}"
        assert self.visit.faults == []

    def _press(self, found, words, leads):
        """A tap on one thing that is seen; two things of one name would be a riddle for the person, too."""
        expect(found).to_have_count(1)
        if leads:
            with self.page.expect_navigation():
                found.tap()
        else:
            found.tap()
        self.presses += 1
        self.trail.append(words)
