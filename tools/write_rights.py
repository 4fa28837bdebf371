"""Write docs/rights.md from the reviewed table of rights, in words.

Usage: python tools/write_rights.py
"""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("TAICHO_SECRET_KEY", "no secret is needed to write a page of documentation, nothing is signed")

import django  # noqa: E402
from django.apps import apps  # noqa: E402

if not apps.ready:
    django.setup()

from tests.house.authorisation import read_table  # noqa: E402
from tests.house.world import PLACES, ROLES  # noqa: E402

PAGE = Path(__file__).parents[1] / "docs" / "rights.md"
HEAD = """# Rights

Written by `tools/write_rights.py` from the reviewed table `tests/house/authorisation.csv`; the authorisation matrix test
asks every page as every role. Do not edit by hand.

A cell says where the thing may be for the page to answer: **me** oneself · **own** own unit · **sub** a unit below · **agency**
the agency itself · **sibling** the next unit · **branch** another branch of the agency · **foreign** an unrelated agency.
Four sentences hold for every page and every table, each with a test of its name: a guard never reads symptoms, answers or level ·
the upper body never reads names · the system administrator never reads health data · a transferred person loses access in ≤ 60 s
(in fact at the next request).

**yes**: a page without a thing that opens. *403*: seen but refused, with the reason. Everything else is 404, which tells nothing.
"""
SHORT = dict(zip(PLACES, ("me", "own", "sub", "agency", "sibling", "branch", "foreign"), strict=True))


def words(cell: str, thing: str) -> str:
    """A cell of the table in words."""
    if not thing:
        return {"+": "yes", "!": "*403*", "-": "", ">": "→"}[cell]
    groups = {letter: [SHORT[p] for p, c in zip(PLACES, cell, strict=True) if c == letter] for letter in "+!>"}
    said = [", ".join(groups["+"])] if groups["+"] else []
    said += [f"*403: {', '.join(groups['!'])}*"] if groups["!"] else []
    said += [f"→ {', '.join(groups['>'])}"] if groups[">"] else []
    return "; ".join(said)


def text() -> str:
    """The whole page."""
    lines = [HEAD]
    lines.append("| page | method | " + " | ".join(role.replace("_", " ") for role in ROLES) + " |")
    lines.append("|---" * (len(ROLES) + 2) + "|")
    for row in read_table():
        cells = [words(row.cells[role], row.thing) for role in ROLES]
        lines.append(f"| `{row.route}` | {row.method} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
