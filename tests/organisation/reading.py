"""Read a page as a person does: its fields with what stands in them, its errors, its tables, its links."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"}


@dataclass
class Node:
    """An element with its attributes and what it holds."""

    tag: str
    attrs: dict
    held: list = field(default_factory=list)

    @property
    def text(self):
        """The words inside, on one line, with ordinary spaces."""
        words = "".join(one if isinstance(one, str) else f" {one.text} " for one in self.held)
        return re.sub(r"\s+([.,;:])", r"\1", " ".join(words.replace("\xa0", " ").split()))

    def all(self, tag=None, **attrs):
        """Every element below with this tag and these attributes; a class is one of its classes."""
        for one in self.held:
            if isinstance(one, Node):
                if (tag is None or one.tag == tag) and all(one.has(name, value) for name, value in attrs.items()):
                    yield one
                yield from one.all(tag, **attrs)

    def has(self, name, value):
        """Whether an attribute is this; `class_` and `for_` are written so in Python."""
        kept = self.attrs.get(name.rstrip("_"))
        return value in (kept or "").split() if name == "class_" else kept == value


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, dict(attrs))
        self.open[-1].held.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].held.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag):
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        if self.open[-1].tag not in ("script", "style"):
            self.open[-1].held.append(data)


def read(response):
    """The main part of a page (the whole page where there is none)."""
    builder = _Builder()
    builder.feed(response.content.decode())
    return next(builder.open[0].all("main"), builder.open[0])


def typed(response):
    """What stands in each field of the forms of a page, by name."""
    found = {}
    for one in read(response).all():
        name = one.attrs.get("name")
        if one.tag == "input" and one.attrs.get("type") == "checkbox":
            found[name] = "checked" in one.attrs
        elif one.tag in ("input", "textarea") and name and name != "csrfmiddlewaretoken":
            found[name] = one.attrs.get("value", "") if one.tag == "input" else one.text
        elif one.tag == "select" and name:
            found[name] = next((o.attrs.get("value", "") for o in one.all("option") if "selected" in o.attrs), "")
    return found


def wrong(response):
    """The sentences at the fields of a page, by name of the field; under "" what stands above the form."""
    page = read(response)
    at = {
        one.attrs["id"].removeprefix("id_").removesuffix("_error"): [p.text for p in one.all("p")] or [one.text]
        for one in page.all(class_="field-error")
    }
    above = [p.text for box in page.all(class_="error-summary") for p in box.all("p")]
    return at | ({"": above} if above else {})


def rows(response, label=None):
    """The rows of the table called `label` (the only table), cell by cell."""
    [table] = [t for box in read(response).all(class_="table-scroll") if label in (None, box.attrs["aria-label"])
               for t in box.all("table")]  # fmt: skip
    return [[cell.text for cell in line.all() if cell.tag in ("td", "th")] for line in table.all("tr")][1:]


def links(response):
    """Address → words of every link of the main part."""
    return {one.attrs["href"]: one.text for one in read(response).all("a") if "href" in one.attrs}


def says(response):
    """All words of the main part."""
    return read(response).text


def facts(response, sheet):
    """Name → value of the facts on the sheet with this title."""
    found = next(s for s in read(response).all() if "sheet" in (s.attrs.get("class") or "").split()
                 and any(h.text == sheet for h in s.all("h2")))  # fmt: skip
    return dict(zip((n.text for n in found.all("dt")), (v.text for v in found.all("dd")), strict=True))
