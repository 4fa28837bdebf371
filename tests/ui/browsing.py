"""Driving Chromium over the pages of this room."""

from contextlib import contextmanager

FAULTS = ("error", "warning")


@contextmanager
def quiet_page(browser, width=1366, height=900, script=True, **more):
    """A page of the given size; fails when its console shows an error, a warning or a broken content policy."""
    said = []
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script, locale="vi-VN", **more
    )
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type in FAULTS else None)
    page.on("pageerror", lambda fault: said.append(str(fault)))
    outside = []
    page.on("request", lambda request: outside.append(request.url) if not _ours(request.url) else None)
    try:
        yield page
    finally:
        context.close()
    assert not said
    assert not outside, "the page asked another host"


def _ours(url):
    return url.startswith(("http://localhost:", "http://127.0.0.1:", "data:"))


def widest(page):
    """How wide the page is to scroll."""
    return page.evaluate("document.documentElement.scrollWidth")
