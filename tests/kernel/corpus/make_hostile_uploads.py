"""The upload corpus: hostile, clean, marked and innocent files with the outcome that is right for each.

Made from the attack list of trust.md (S-07, S-08, S-17, A18) by someone who did not read the door's code.
All bytes are written here with the standard library (and openpyxl for ordinary sheets); nothing is fetched,
no program in it can run. `python -m tests.kernel.corpus.make_hostile_uploads FOLDER` writes them out.

Groups: archive (bombs, climbing names, liars), entity (document types in XML), macro (programs, objects),
link (remote templates, DDE), password, pdf (scripts, crowds, loops), image, type (content is not what the
name says), name (paths, direction letters, length), formula, size, damaged, empty; clean; mark; innocent.
"""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tests.kernel.corpus.clean import cleans, seeds
from tests.kernel.corpus.hostile_archives import archives
from tests.kernel.corpus.hostile_office import offices
from tests.kernel.corpus.hostile_pdf import pdfs
from tests.kernel.corpus.hostile_rest import rest
from tests.kernel.corpus.innocent import unmarked
from tests.kernel.corpus.secrecy import marked
from tests.kernel.corpus.uploads import Outcome, Upload, name_is_safe

__all__ = [
    "Outcome",
    "Upload",
    "clean",
    "every",
    "hostile",
    "marked",
    "name_is_safe",
    "seeds",
    "unmarked",
    "write_to",
]


def hostile() -> Iterator[Upload]:
    """At least 60 files to refuse or to neutralise."""
    for family in (archives, offices, pdfs, rest):
        yield from family()


def clean() -> Iterator[Upload]:
    """At least 60 files to take."""
    yield from cleans()


def every() -> Iterator[Upload]:
    """All files that need nothing from outside the project."""
    for family in (hostile, clean, marked, unmarked):
        yield from family()


def write_to(folder: Path) -> list[Path]:
    """Write every file under a harmless name, one folder per outcome; the list of what was written."""
    written = []
    for upload in every():
        target = folder / upload.outcome / upload.group
        target.mkdir(parents=True, exist_ok=True)
        shown = "".join(letter if letter.isalnum() or letter in " .-" else "_" for letter in upload.name)
        shown = unicodedata.normalize("NFC", shown.encode(errors="replace").decode())[-40:]
        path = target / f"{upload.trait} {shown}"
        path.write_bytes(upload.content)
        written.append(path)
    return written


if __name__ == "__main__":
    sys.stdout.write(f"{len(write_to(Path(sys.argv[1])))} files\n")
