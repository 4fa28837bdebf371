"""Write the catalogues: every marked string of the source, with its English, compiled.

Usage: python tools/write_catalogue.py [--add FILE.tsv …] [--vi FILE.tsv …]     (builders only)

Strings are found by Babel in Python files and, through Django's own `templatize`, in templates. The English of a
string stands in `src/config/locale/en/LC_MESSAGES/django.po`; `--add` takes lines `vietnamese<TAB>english`, and
`vietnamese<TAB>english for one<TAB>english for several` for a string with a count. A string that is
gone from the source leaves the catalogue. `vi` holds Vietnamese for the strings of libraries (allauth has
none, Django's is stiff): `--vi` takes lines `english<TAB>vietnamese`, or `english for one<TAB>for several<TAB>vietnamese`.
"""

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
LOCALE = SRC / "config" / "locale"
KEYWORDS = {"gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None, "ngettext": (1, 2),
            "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}  # fmt: skip


def marked_strings() -> dict[object, str]:
    """Every marked string of the source (a tuple for plurals) and the file it stands in."""
    from django.utils.translation.template import templatize

    found: dict[object, str] = {}
    for path in sorted([*SRC.rglob("*.py"), *SRC.rglob("templates/**/*.html"), *SRC.rglob("templates/**/*.txt")]):
        text = path.read_text(encoding="utf-8")
        source = templatize(text) if "templates" in path.parts else text
        for _, msgid, _, _ in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
            found.setdefault(msgid, path.relative_to(SRC).as_posix())
    return found


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands, empty when there is none."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    """Write and compile a catalogue, the same bytes for the same words."""
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=False, include_previous=False)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)


def fresh(language: str) -> Catalog:
    """An empty catalogue with a header that is the same on every day."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    return Catalog(
        locale=language, project="taicho", version="-", copyright_holder="Tại Chỗ", creation_date=day,
        revision_date=day, header_comment="# Written by tools/write_catalogue.py", fuzzy=False,
    )  # fmt: skip


def words(arguments: list[str], option: str) -> dict[str, str | tuple[str, str]]:
    """What the files named after `option` say, up to the next option: a string's other form, or its forms for one and several."""
    files: list[str] = []
    taking = False
    for word in arguments:
        taking = word == option if word.startswith("--") else taking
        files += [word] if taking and not word.startswith("--") else []
    lines = [line for name in files for line in Path(name).read_text(encoding="utf-8").splitlines()]
    split = [line.replace("\\n", "\n").split("\t") for line in lines]
    return {
        one: others[0] if len(others) == 1 else (others[0], others[1])
        for one, *others in split
        if one and 0 < len(others) < 3 and all(others)
    }


def write_library_words(arguments: list[str]) -> None:
    """Keep and compile the Vietnamese of libraries; of a string with a count both English forms stand before it."""
    known = {message.id: message.string for message in read("vi") if message.id and any(message.string)}
    for english, others in words(arguments, "--vi").items():
        counted = isinstance(others, tuple)
        known[(english, others[0]) if counted else english] = (others[1],) if counted else others
    catalogue = fresh("vi")
    for msgid, string in known.items():
        catalogue.add(msgid, string, locations=[("libraries", 1)])
    write("vi", catalogue)


def main(arguments: list[str]) -> int:
    """Merge, write, and say what still lacks English. Exit 1 when something does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(SRC))
    write_library_words(arguments)
    english = {message.id: message.string for message in read("en") if message.id and any(message.string)}
    added = words(arguments, "--add")
    catalogue, missing = fresh("en"), []
    for msgid, place in marked_strings().items():
        single = msgid[0] if isinstance(msgid, tuple) else msgid
        string = added.get(single) or english.get(msgid) or english.get(single) or ""
        if isinstance(msgid, tuple) and isinstance(string, str):
            string = (string, string)
        catalogue.add(msgid, string, locations=[(place, 1)])
        if not string or string == ("", ""):
            missing.append(f"{place}\t{single}")
    write("en", catalogue)
    print("\n".join(missing) or f"complete: {len(catalogue)} strings")  # noqa: T201
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
