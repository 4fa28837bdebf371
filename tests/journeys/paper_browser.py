"""The least a browser does: open a page, fill a form, press one of its buttons. For many hands at once, without Chromium."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.journeys.house import DIRECT, PATIENCE_SECONDS

VOID_TYPES = ("submit", "button", "image", "reset", "file")
TICKED = ("radio", "checkbox")


@dataclass
class Form:
    """A form as it stands on the page: where it goes, what its fields hold, which buttons send it."""

    action: str = ""
    method: str = "get"
    fields: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)


class Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.area = self.choice = None

    def handle_starttag(self, tag, attributes):
        """A form begins, or one of its controls."""
        given = dict(attributes)
        if tag == "form":
            self.forms.append(Form(given.get("action") or "", (given.get("method") or "get").lower()))
        elif self.forms:
            self.take(tag, given, self.forms[-1])

    def take(self, tag, given, form):
        """Note what a control holds, as a browser would send it."""
        name, kind = given.get("name"), given.get("type", "text")
        if tag == "button" or kind == "submit":
            form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea" and name:
            self.area, form.fields[name] = name, ""
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and ("selected" in given or self.choice not in form.fields):
            form.fields[self.choice] = given.get("value", "")
        elif tag == "input" and name and kind not in VOID_TYPES and ("checked" in given or kind not in TICKED):
            form.fields[name] = given.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, text):
        """The text of a text area."""
        if self.area and self.forms:
            self.forms[-1].fields[self.area] += text

    def handle_endtag(self, tag):
        """A control ends."""
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.choice = None


@dataclass
class Hand:
    """One person at a machine: cookies are kept, nothing is followed."""

    url: str
    cookies: dict = field(default_factory=dict)

    def open(self, address):
        """GET a page: (status, text, where it leads)."""
        return self.ask(address)

    def forms(self, address):
        """The forms of a page that opens."""
        status, text, _ = self.open(address)
        assert status == 200, f"{status} {address}"
        return forms_in(text)

    def send(self, form, address, *, press=(None, ""), **answers):
        """Send a form of the page at `address`: (status, text, where it leads)."""
        values = {**form.fields, **answers, **({press[0]: press[1]} if press[0] else {})}
        return self.ask(form.action or address, urllib.parse.urlencode(values, doseq=True).encode())

    def ask(self, address, sent=None):
        """One request. Raises OSError while nobody answers."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Referer": self.url + address, "Origin": self.url}
        request = urllib.request.Request(self.url + address, data=sent, headers=headers)
        try:
            with DIRECT.open(request, timeout=PATIENCE_SECONDS) as answer:
                self.keep(answer.headers)
                return answer.status, answer.read().decode(errors="replace"), answer.headers.get("Location", "")
        except urllib.error.HTTPError as refused:
            with refused:
                self.keep(refused.headers)
                return refused.code, refused.read().decode(errors="replace"), refused.headers.get("Location", "")

    def keep(self, headers):
        """Keep the cookies of an answer."""
        for line in headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value


def forms_in(text):
    """The forms of a page, in order."""
    reader = Reader()
    reader.feed(text)
    return reader.forms
