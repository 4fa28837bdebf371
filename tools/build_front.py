"""Join the style and script sources of the ui area into the two files a page loads.

Run by builders after editing src/taicho/ui/styles or src/taicho/ui/scripts: `python tools/build_front.py`.
The result is committed; tests/ui/test_front_build.py checks that it is fresh. Only comments and white
space are dropped, so a reader can still find every rule.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

UI = Path(__file__).resolve().parent.parent / "src" / "taicho" / "ui"
OUT = UI / "static" / "ui"


def css() -> str:
    """All style sources in the order of their names, comments and indentation dropped."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((UI / "styles").glob("*.css")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s*\n\s*", "", text)
    return re.sub(r";\s+", ";", text) + "\n"


def js() -> str:
    """All script sources in the order of their names, each in its own scope, whole-line comments dropped."""
    parts = []
    for path in sorted((UI / "scripts").glob("*.js")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        body = "\n".join(line for line in lines if line and not line.startswith("//"))
        parts.append(f"(()=>{{\n{body}\n}})();")
    return '"use strict";\n' + "\n".join(parts) + "\n"


def built() -> dict[str, str]:
    """What the committed files must hold, by name."""
    return {"taicho.css": css(), "taicho.js": js()}


def main() -> int:
    """Write both files; return the exit code."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in built().items():
        (OUT / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text.encode()):,} bytes")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
