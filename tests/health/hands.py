"""Hands that press what is on a page: the form as a browser without JavaScript would send it."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The first form of a page whose address begins with `action`: its fields and its visible buttons."""

    def __init__(self, page, action):
        super().__init__()
        self.wanted, self.inside, self.address = action, False, None
        self.fields, self.buttons = {}, []
        self.feed(page.content.decode())

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "form":
            self.inside = self.address is None and (facts.get("action") or "").startswith(self.wanted)
            self.address = facts["action"] if self.inside else self.address
        elif self.inside and tag == "button" and facts.get("aria-hidden") != "true":
            self.buttons.append((facts.get("name"), facts.get("value")))
        elif self.inside and tag in ("input", "textarea") and (facts.get("type") != "checkbox" or "checked" in facts):
            self.fields[facts.get("name")] = facts.get("value") or ""

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"


def press(browser, page, name, value, **typed):
    """Press a button that really stands on the page, with something typed or ticked before."""
    form = Form(page, "/khai-bao")
    assert (name, value) in form.buttons, form.buttons
    return browser.post(form.address, form.fields | {name: value} | typed)


def fields_of(page):
    """What the form of the page carries along."""
    return Form(page, "/khai-bao").fields
