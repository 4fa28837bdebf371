"""Every pair of text and ground reads at 4.5 to 1 or better; borders of fields at 3 to 1 (WCAG 1.4.3, 1.4.11)."""

import re

import pytest
from tools import build_front

TOKENS = dict(
    re.findall(r"--([a-z0-9-]+):(#[0-9a-f]{3,6})\b", (build_front.UI / "styles" / "02-tokens.css").read_text("utf-8"))
)
WHITE = "#fff"
TEXT_PAIRS = [
    ("ink", "sheet"), ("ink", "ground"), ("ink", "inset"), ("ink", "petrol-50"),
    ("ink", "brass-50"), ("ink", "seal-50"),
    ("ink", "leaf-50"), ("ink", "gate-missing"),
    ("ink-2", "sheet"), ("ink-2", "ground"), ("ink-2", "inset"), ("ink-2", "petrol-50"), ("ink-2", "brass-50"),
    ("ink-2", "exempt-ground"),
    ("petrol-700", "sheet"), ("petrol-700", "ground"), ("petrol-700", "petrol-50"), ("petrol-700", "leaf-50"),
    ("petrol-800", "petrol-100"), ("petrol-800", "sheet"), ("petrol-200", "petrol-950"), ("petrol-200", "petrol-800"),
    ("sheet", "petrol-950"), ("sheet", "petrol-800"), ("sheet", "petrol-700"),
    ("leaf-700", "leaf-100"), ("leaf-700", "sheet"), ("leaf-700", "leaf-50"),
    ("brass-800", "brass-100"), ("brass-800", "sheet"), ("brass-800", "ground"), ("brass-800", "petrol-50"),
    ("seal-700", "sheet"), ("seal-700", "ground"), ("seal-700", "seal-50"), ("seal-800", "seal-50"),
    ("sheet", "seal-700"), ("sheet", "seal-800"),
    ("violet-700", "violet-100"), ("sheet", "violet-700"),
    ("sheet", "gate-enter"), ("sheet", "gate-stop"),
]  # fmt: skip
EDGE_PAIRS = [
    ("rule-strong", "sheet"), ("rule-strong", "ground"), ("seal-500", "sheet"), ("petrol-600", "sheet"),
    ("brass-600", "sheet"), ("leaf-700", "petrol-200"),
]  # fmt: skip


def colour(name):
    text = TOKENS[name].lstrip("#")
    text = "".join(c * 2 for c in text) if len(text) == 3 else text
    return [int(text[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def luminance(name):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour(name)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS, ids=lambda name: name)
def test_text_reads_on_its_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS, ids=lambda name: name)
def test_edges_and_symbols_are_seen_on_their_ground(edge, ground):
    assert contrast(edge, ground) >= 3.0


def test_the_formula_gives_the_known_ratios():
    assert round(contrast("ink", "sheet"), 1) == 15.7
    assert round(contrast("petrol-700", "sheet"), 1) == 9.2
    assert round(contrast("rule-strong", "sheet"), 1) == 4.0


def test_every_badge_pairs_tokens_that_were_checked():
    style = (build_front.UI / "styles" / "20-badge.css").read_text("utf-8")
    pairs = re.findall(r"\.badge-\w+\{color:(?:var\(--([a-z0-9-]+)\)|#fff); background:var\(--([a-z0-9-]+)\)", style)
    assert len(pairs) == 7
    assert not [p for p in pairs if (p[0] or "sheet", p[1]) not in TEXT_PAIRS]


def test_the_three_gate_verdicts_differ_without_colour():
    greys = sorted(luminance(f"gate-{name}") for name in ("enter", "missing", "stop"))
    assert greys[2] > 5 * greys[1], "the middle verdict is light, the two others are dark"
