"""The front-end files we ship are exactly those of the manifest, with licences, and call nobody (house D11, S-21)."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from taicho.ui import templatetags

UI = Path(templatetags.__file__).parent.parent
VENDOR = UI / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))["files"]
PINNED = {"htmx.org": "2.0.11", "@fontsource/be-vietnam-pro": "5.3.0", "@tabler/icons": "3.51.0"}
ELSEWHERE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}", re.IGNORECASE)


@pytest.mark.parametrize("row", MANIFEST, ids=lambda row: row["file"])
def test_every_file_has_the_hash_of_the_manifest(row):
    content = (VENDOR / row["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == row["sha256"]
    assert len(content) == row["bytes"]


def test_nothing_lies_beside_the_manifest():
    on_disk = {p.relative_to(VENDOR).as_posix() for p in VENDOR.rglob("*") if p.is_file()} - {"manifest.json"}
    assert on_disk == {row["file"] for row in MANIFEST}


def test_versions_are_pinned_and_licences_are_free():
    assert {row["package"]: row["version"] for row in MANIFEST} == PINNED
    assert {row["licence"] for row in MANIFEST} == {"0BSD", "OFL-1.1", "MIT"}


def test_every_package_brings_its_licence():
    assert not [f for f in VENDOR.iterdir() if f.is_dir() and not (f / "LICENSE").read_text(encoding="utf-8").strip()]


def test_the_vendoring_script_names_the_same_versions():
    from tools import vendor_assets

    assert {package.npm: package.version for package in vendor_assets.PACKAGES} == PINNED


def test_only_icons_that_were_asked_for_are_shipped():
    from tools import vendor_assets

    assert {p.stem for p in (VENDOR / "tabler-icons").glob("*.svg")} == set(vendor_assets.ICONS)


def test_no_template_script_or_style_names_an_outside_host():
    ours = [p for p in UI.rglob("*") if p.suffix in {".html", ".js", ".css", ".svg"} and "vendor" not in p.parts]
    assert len(ours) > 60
    assert not [p.name for p in ours if ELSEWHERE.search(p.read_text(encoding="utf-8"))]


def test_fonts_come_with_both_subsets_in_three_weights():
    names = {row["file"] for row in MANIFEST if row["file"].endswith(".woff2")}
    wanted = {f"be-vietnam-pro/be-vietnam-pro-{s}-{w}.woff2" for s in ("latin", "vietnamese") for w in (400, 600, 700)}
    assert names == wanted


def test_every_font_named_by_the_style_exists_and_the_subsets_are_told_apart():
    style = (UI / "styles" / "01-fonts.css").read_text(encoding="utf-8")
    named = re.findall(r"url\(\.\./vendor/(\S+?)\)", style)
    assert len(named) == 6
    assert all((VENDOR / name).exists() for name in named)
    assert style.count("U+1EA0-1EF9") == 3, "the vietnamese subset carries the stacked marks"
