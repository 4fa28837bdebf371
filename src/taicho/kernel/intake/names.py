"""A file's name as people may see it: no path, no invisible or reversing letters, one line, an honest ending."""

import re
import unicodedata

from .kinds import ENDINGS, FOREIGN_ENDINGS, Kind
from .verdicts import Fault, Unfit

LONGEST = 120
"""Letters of a shown name, ending included."""
LONGEST_BYTES = 240
"""The same in UTF-8: no file system takes more than 255."""
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_UNWELCOME = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """The name to show and to offer on download: NFC, last part only, at most 120 letters, never empty."""
    seen = "".join(
        letter if unicodedata.category(letter) not in _INVISIBLE else " " if letter in "\t\n\r" else ""
        for letter in unicodedata.normalize("NFC", name[:4096])
    )
    last = seen.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    tidy = _UNWELCOME.sub("_", " ".join(last.split())).strip(". ").lstrip("-. ")
    if _DEVICES.match(tidy):
        tidy = "_" + tidy
    stem, dot, ending = tidy.rpartition(".")
    if dot and len(ending) <= 10:
        return _cut(stem, len(f".{ending}".encode())).rstrip(". ") + "." + ending
    return _cut(tidy, 0).strip(". ") or "tep"


def _cut(text: str, needed: int) -> str:
    """The text cut so that `needed` more bytes fit behind it; never in the middle of a letter."""
    return text[: LONGEST - needed].encode()[: LONGEST_BYTES - needed].decode(errors="ignore")


def ending_of(name: str) -> str:
    """The ending in small letters without its dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def honest_name(name: str, kind: Kind) -> str:
    """The cleaned name with an ending that says what the file is.

    Refused when the ending promises something else (a .pdf that is a sheet, a .exe that is a text); only kinds of one
    family, a PNG named .jpg, are set right silently.
    """
    ending = ending_of(name)
    if ending in FOREIGN_ENDINGS or (ending in ENDINGS and kind not in ENDINGS[ending]):
        raise Unfit(Fault.NAME_LIES, where=ending)
    if ending in ENDINGS:
        right = ending if ending in {kind.value, "jpeg"} and kind is not Kind.PNG else kind.value
        return name[: -len(ending)] + right
    return clean_name(f"{name}.{kind.value}")
