"""Read a page as a person does: headings, trail, links, tables, fields with what stands in them and what is wrong."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Node:
    """An element with its children; `text` is what a reader sees, with single spaces."""

    def __init__(self, tag, attrs, parent=None):
        self.tag, self.attrs, self.parent, self.children = tag, dict(attrs), parent, []

    def all(self, tag="", css="", **attrs):
        """Every element below with this tag, class and attributes, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                if child.matches(tag, css, attrs):
                    yield child
                yield from child.all(tag, css, **attrs)

    def one(self, tag="", css="", **attrs):
        """The first such element; None when there is none."""
        return next(self.all(tag, css, **attrs), None)

    def matches(self, tag, css, attrs):
        return (
            tag in ("", self.tag)
            and (not css or css in self.attrs.get("class", "").split())
            and all(self.attrs.get(name.rstrip("_").replace("_", "-")) == value for name, value in attrs.items())
        )

    @property
    def text(self):
        pieces = (child.text if isinstance(child, Node) else child for child in self.children)
        return " ".join(" ".join(pieces).replace("\xa0", " ").split())


class Reader(HTMLParser):
    """Build the tree."""

    def __init__(self):
        super().__init__()
        self.here = self.top = Node("page", {})

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag, attrs):
        self.here.children.append(Node(tag, attrs, self.here))

    def handle_endtag(self, tag):
        node = self.here
        while node.parent and node.tag != tag:
            node = node.parent
        self.here = node.parent or node

    def handle_data(self, text):
        self.here.children.append(text)


def page_of(response):
    """The page of a response."""
    reader = Reader()
    reader.feed(response.content.decode())
    return reader.top


def trail(page):
    """The trail: words and whether they lead somewhere."""
    crumbs = page.one("ol", "crumbs")
    return [(step.text, step.one("a") is not None) for step in crumbs.all("li")] if crumbs else []


def sheet(page, title):
    """The sheet with this title; None when the page has none."""
    return next((one for one in page.all("section", "sheet") if (head := one.one("h2")) and head.text == title), None)


def facts(part):
    """Name and value of every fact in a part of a page."""
    return [(one.one("dt").text, one.one("dd").text) for one in part.all("div", "fact")]


def rows(part):
    """The rows of the tables in a part of a page, cell by cell."""
    found = [[cell.text for cell in row.all() if cell.tag in ("td", "th")] for row in part.all("tr")]
    return found[1:]


def links(part):
    """Words and address of every link in a part of a page."""
    return {link.text: link.attrs.get("href") for link in part.all("a")}


def filled(page):
    """What stands in the fields of the page, by name; a list for boxes that are ticked."""
    found = {}
    for control in page.all():
        name = control.attrs.get("name")
        if not name or name == "csrfmiddlewaretoken" or control.tag not in ("input", "select", "textarea"):
            continue
        kind = control.attrs.get("type")
        if kind in ("checkbox", "radio"):
            found.setdefault(name, [])
            found[name] += [control.attrs["value"]] if "checked" in control.attrs else []
        elif control.tag == "select":
            found[name] = next((o.attrs["value"] for o in control.all("option") if "selected" in o.attrs), "")
        else:
            found[name] = control.attrs.get("value", control.text)
    return found


def choices(page, name):
    """The words one may choose from in a list, without the indent of the tree."""
    return [option.text for option in page.one("select", name=name).all("option")]


def wrong(page):
    """The sentence at each field that is at fault, by the name of the field."""
    found = {}
    for box in page.all(css="field-wrong"):
        control = next(c for c in box.all() if c.attrs.get("name"))
        found[control.attrs["name"]] = box.one(css="field-error").text
    return found


def above(page):
    """The sentences that stand above a form as a whole."""
    summary = page.one("div", "error-summary")
    return [said.text for said in summary.all("p")] if summary else []
