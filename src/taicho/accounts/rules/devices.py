"""A browser's own words (User-Agent) as a person would name the device."""

BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc_browser", "Cốc Cốc"), ("Zalo", "Zalo"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_name(browser_words: str) -> str:
    """Browser and system, "Chrome · Windows"; what is not known is left out; empty when nothing is known."""
    found = [_first(BROWSERS, browser_words), _first(SYSTEMS, browser_words)]
    return " · ".join(name for name in found if name)


def _first(table: tuple[tuple[str, str], ...], words: str) -> str:
    return next((name for mark, name in table if mark in words), "")
