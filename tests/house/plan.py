"""The plan of the house, as the tests of the house read it: rooms in order, files, trees."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
TAICHO = SRC / "taicho"

FLOORS = [
    ["postgres"],
    ["kernel"],
    ["ui"],
    ["accounts"],
    ["organisation"],
    ["documents", "messaging"],
    ["directives"],
    ["duties"],
    ["reports"],
    ["presence"],
    ["health"],
    ["travel", "premises"],
    ["roster"],
    ["gate"],
    ["cases"],
    ["oversight"],
    ["desks"],
    ["cli"],
]
FLOOR = {area: height for height, floor in enumerate(FLOORS) for area in floor}


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file we wrote under src, migrations apart."""
    return tuple(p for p in sorted(SRC.rglob("*.py")) if "migrations" not in p.parts)


@cache
def templates() -> tuple[Path, ...]:
    """Every HTML template under src."""
    return tuple(p for p in sorted(SRC.rglob("templates/**/*.html")) if "vendor" not in p.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def area_of(path: Path) -> str:
    """The area a file under src/taicho belongs to."""
    return path.relative_to(TAICHO).parts[0]


def where(path: Path) -> str:
    """A path as people say it."""
    return str(path.relative_to(ROOT))
