"""Which secrecy level a file name announces; apart from names that only contain the syllable."""

import re

_LEVELS = ("tuyet_mat", "toi_mat", "mat")
_STRONG = re.compile(r"[()\[\]{}]|\s+[-–—_]+\s*|\s*[-–—_]+\s+|[-–—_]{2,}")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_SPOKEN: dict[str, set[tuple[str, ...]]] = {
    "tuyet_mat": {("tuyệt", "mật"), ("tuyet", "mat"), ("tuyetmat",), ("tuyệtmật",)},
    "toi_mat": {("tối", "mật"), ("toi", "mat"), ("toimat",), ("tốimật",)},
    "mat": {("mật",), ("mat",)},
}
_NOUNS = (("tài", "liệu"), ("văn", "bản"), ("công", "văn"), ("hồ", "sơ"), ("độ", "mật"), ("dấu",))
_KIND_SIGNS = frozenset(
    {"BB", "BC", "BM", "CD", "CT", "CV", "CĐ", "GM", "HD", "KH", "NQ", "PA", "QD", "QĐ", "TB", "TL", "TT", "TTR", "VB"}
)
"""Signs of kinds of documents after NĐ 30/2020, as they stand at the head of file names."""


def level_in_name(name: str) -> str | None:
    """ "mat", "toi_mat", "tuyet_mat", or None. The name's last ending is not looked at.

    A level counts when it is a part of its own (in brackets, between dashes), when it stands in capitals among words
    that do not, or when it follows or precedes a number at the edge of the name.
    """
    base = name.rpartition("/")[2]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", base)
    for level in _LEVELS:
        if any(_is_level(part, level) for part in _parts(stem)) or _stands_out(stem, level):
            return level
    return None


def _parts(stem: str) -> list[str]:
    """The name cut where its maker cut it: at brackets and dashes; in a name with blanks also at underscores."""
    parts = _STRONG.split(stem)
    if " " in stem.strip():
        parts += [piece for part in parts for piece in re.split(r"[-–—_.]+", part)]
    return [part for part in parts if part.strip()]


def _is_level(part: str, level: str) -> bool:
    """The part is the level, alone or as "Tài liệu mật"; an unaccented lone "mat" must be in capitals."""
    words = _telling(_WORDS.findall(part))
    for noun in _NOUNS:
        if tuple(word.lower() for word in words[: len(noun)]) == noun:
            words = words[len(noun) :]
            break
    if tuple(word.lower() for word in words) not in _SPOKEN[level]:
        return False
    return level != "mat" or words[0] != "mat"


def _telling(words: list[str]) -> list[str]:
    """The words without numbers and the signs of document kinds, between which a level is placed: "VB_MẬT_1"."""
    return [word for word in words if not word.isdigit() and word.upper() not in _KIND_SIGNS]


def _stands_out(stem: str, level: str) -> bool:
    words = _telling(_WORDS.findall(stem))
    for spoken in _SPOKEN[level]:
        for place in range(len(words) - len(spoken) + 1):
            found = tuple(word.lower() for word in words[place : place + len(spoken)])
            if found == spoken and _is_apart(words, place, place + len(spoken), level):
                return True
    return False


def _is_apart(words: list[str], start: int, end: int, level: str) -> bool:
    """Whether the level at `start:end` stands by itself: at an edge of the name, or in capitals among small words."""
    before = words[start - 1] if start else ""
    after = words[end] if end < len(words) else ""
    loud = all(word.isupper() for word in words[start:end])
    if level != "mat" and not (before and after):
        return loud or level == "tuyet_mat" or not all(word.isascii() for word in words[start:end])
    return loud and not any(word.isupper() and len(word) > 1 for word in (before, after))
