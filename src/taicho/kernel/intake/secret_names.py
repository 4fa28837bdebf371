"""Which secrecy level a file name announces; apart from names that only contain the syllable."""

import re

_LEVELS = ("tuyet_mat", "toi_mat", "mat")
_STRONG = re.compile(r"[()\[\]{}]|\s+[-–—_]+\s*|\s*[-–—_]+\s+|[-–—_]{2,}")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_SPOKEN = {"tuyet_mat": {("tuyệt", "mật"), ("tuyet", "mat"), ("tuyetmat",), ("tuyệtmật",)},
           "toi_mat": {("tối", "mật"), ("toi", "mat"), ("toimat",), ("tốimật",)},
           "mat": {("mật",), ("mat",)}}  # fmt: skip


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
    """The part is the level and nothing else but numbers; an unaccented lone "mat" must be in capitals."""
    words = [word for word in _WORDS.findall(part) if not word.isdigit()]
    if tuple(word.lower() for word in words) not in _SPOKEN[level]:
        return False
    return level != "mat" or words[0] != "mat"


def _stands_out(stem: str, level: str) -> bool:
    words = _WORDS.findall(stem)
    for spoken in _SPOKEN[level]:
        for place in range(len(words) - len(spoken) + 1):
            found = words[place : place + len(spoken)]
            if tuple(word.lower() for word in found) == spoken and _is_apart(words, place, place + len(spoken), level):
                return True
    return False


def _is_apart(words: list[str], start: int, end: int, level: str) -> bool:
    before = words[start - 1] if start else ""
    after = words[end] if end < len(words) else ""
    loud = all(word.isupper() for word in words[start:end])
    if level != "mat" and (not before or not after):
        return loud or level == "tuyet_mat" or not all(word.isascii() for word in words[start:end])
    if not loud:
        return False
    lonely = all(not word or word.isdigit() for word in (before, after))
    return lonely or not any(word.isupper() and len(word) > 1 for word in (before, after) if word.isalpha())
