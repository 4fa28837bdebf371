"""The built style and script are fresh, small, and fit a strict content policy (S-06; ux.md 5)."""

import gzip
import re
from pathlib import Path

import pytest
from tools import build_front

UI = build_front.UI
STATIC = UI / "static"
TEMPLATES = [p for p in sorted((UI.parent).rglob("templates/**/*.html"))]


def zipped(path):
    """Bytes on the wire: gzip of text; fonts are compressed already."""
    content = Path(path).read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9))


@pytest.mark.parametrize("name", sorted(build_front.built()))
def test_the_built_file_is_fresh(name):
    assert (STATIC / "ui" / name).read_text(encoding="utf-8") == build_front.built()[name], "run tools/build_front.py"


def test_every_style_stands_in_a_layer():
    for path in (UI / "styles").glob("[2-8]*.css"):
        assert path.read_text(encoding="utf-8").lstrip().startswith(("@layer", "/*")), path.name


def test_braces_of_the_built_style_close():
    style = build_front.css()
    assert style.count("{") == style.count("}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(UI.parent).as_posix())
def test_no_template_carries_inline_style_script_or_handler(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert "hx-on" not in text
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))


def test_no_script_of_ours_needs_eval():
    script = build_front.js()
    assert not re.search(r"\beval\(|new Function\(|innerHTML|insertAdjacentHTML|document\.write", script)


def test_the_first_load_fits_its_budget():
    fonts = [p for p in (STATIC / "vendor" / "be-vietnam-pro").glob("*.woff2")]
    files = [STATIC / "ui" / "taicho.css", STATIC / "ui" / "taicho.js", STATIC / "vendor" / "htmx" / "htmx.min.js"]
    assert len(fonts) == 6
    heaviest_page = 40_000
    assert sum(zipped(p) for p in [*files, *fonts]) + heaviest_page <= 200_000


def test_scripts_together_stay_under_sixty_kilobytes():
    assert zipped(STATIC / "ui" / "taicho.js") + zipped(STATIC / "vendor" / "htmx" / "htmx.min.js") <= 60_000


def test_the_style_is_smaller_than_a_trimmed_framework_would_be():
    assert zipped(STATIC / "ui" / "taicho.css") <= 14_000
