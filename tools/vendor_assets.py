"""Fetch the front-end files we ship and write their manifest.

Run by builders only, when a pinned version changes: `python tools/vendor_assets.py`.
It installs the pinned npm packages into a temporary directory (no install scripts), copies the few
files we use to src/taicho/ui/static/vendor/, and records name, version, licence and SHA-256 of each.
Users never need Node: the result is committed, and tests/ui/test_vendor.py checks every hash.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "src" / "taicho" / "ui" / "static" / "vendor"
WEIGHTS = (400, 600, 700)
SUBSETS = ("latin", "vietnamese")
ICONS = (HERE / "icons.txt").read_text(encoding="utf-8").split()


@dataclass(frozen=True)
class Package:
    """One npm package: its pinned version, licence, and the files taken from it."""

    npm: str
    version: str
    licence: str
    folder: str
    files: tuple[tuple[str, str], ...]  # (path inside the package, name in our folder)


def _fonts() -> tuple[tuple[str, str], ...]:
    names = [f"be-vietnam-pro-{subset}-{weight}-normal.woff2" for weight in WEIGHTS for subset in SUBSETS]
    return tuple((f"files/{name}", name.replace("-normal", "")) for name in names)


PACKAGES = (
    Package("htmx.org", "2.0.11", "0BSD", "htmx", (("dist/htmx.min.js", "htmx.min.js"), ("LICENSE", "LICENSE"))),
    Package(
        "@fontsource/be-vietnam-pro",
        "5.3.0",
        "OFL-1.1",
        "be-vietnam-pro",
        (*_fonts(), ("LICENSE", "LICENSE")),
    ),
    Package(
        "@tabler/icons",
        "3.51.0",
        "MIT",
        "tabler-icons",
        (*((f"icons/outline/{name}.svg", f"{name}.svg") for name in ICONS), ("LICENSE", "LICENSE")),
    ),
)


def main() -> int:
    """Copy the files of every package and write manifest.json; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _install(work)
        shutil.rmtree(VENDOR, ignore_errors=True)
        rows = [row for package in PACKAGES for row in _copy(package, work / "node_modules" / package.npm)]
    manifest = json.dumps({"files": rows}, ensure_ascii=False, indent=1) + "\n"
    (VENDOR / "manifest.json").write_text(manifest, encoding="utf-8")
    print(f"{len(rows)} files, {sum(row['bytes'] for row in rows):,} bytes")  # noqa: T201
    return 0


def _install(work: Path) -> None:
    wanted = [f"{package.npm}@{package.version}" for package in PACKAGES]
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is missing: this script is for builders; users do not need it.")
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"]
    subprocess.run([npm, "install", *options, *wanted], cwd=work, check=True)


def _copy(package: Package, source: Path) -> list[dict[str, str | int]]:
    target = VENDOR / package.folder
    target.mkdir(parents=True)
    rows: list[dict[str, str | int]] = []
    for inside, name in package.files:
        content = (source / inside).read_bytes()
        if name.endswith(".svg"):
            content = _bare_icon(content)
        (target / name).write_bytes(content)
        rows.append(
            {
                "file": f"{package.folder}/{name}",
                "package": package.npm,
                "version": package.version,
                "licence": package.licence,
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
            }
        )
    return rows


def _bare_icon(svg: bytes) -> bytes:
    """Keep only the shapes of an icon: size, colour and class come from our own template tag."""
    shapes = re.findall(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*/>", svg.decode())
    kept = [re.sub(r"\s+", " ", shape) for shape in shapes if 'd="M0 0h24v24H0z"' not in shape]
    return ("".join(kept) + "\n").encode()


if __name__ == "__main__":
    sys.exit(main())
