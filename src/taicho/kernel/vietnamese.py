"""Vietnamese text: fold for search, clean on save, sort by *tên* (ux.md 1.7, 7, 8).

Composed and decomposed spellings (NFC, NFD) are the same text to every function here.
"""

import re
import unicodedata
from typing import NamedTuple

D_WITH_STROKE = str.maketrans(dict.fromkeys("đĐðÐɖƉ", "d"))
"""đ is a letter of its own, not d with a mark; eth and the African d look the same and arrive from old fonts."""
LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
MARKED_LETTERS = {
    "a\N{COMBINING BREVE}": "a~",
    "a\N{COMBINING CIRCUMFLEX ACCENT}": "a~~",
    "e\N{COMBINING CIRCUMFLEX ACCENT}": "e~",
    "o\N{COMBINING CIRCUMFLEX ACCENT}": "o~",
    "o\N{COMBINING HORN}": "o~~",
    "u\N{COMBINING HORN}": "u~",
}
"""a ă â, e ê, o ô ơ, u ư: the tilde is the last ASCII character, so a marked letter follows its plain one."""
TONES = {
    "\N{COMBINING GRAVE ACCENT}": "1",
    "\N{COMBINING HOOK ABOVE}": "2",
    "\N{COMBINING TILDE}": "3",
    "\N{COMBINING ACUTE ACCENT}": "4",
    "\N{COMBINING DOT BELOW}": "5",
}
"""huyền, hỏi, ngã, sắc, nặng; ngang has no mark and counts 0."""
LONGEST_QUERY = 200
MOST_TERMS = 8


class NameParts(NamedTuple):
    """A Vietnamese full name in order: family name (họ), middle names (đệm), given name (tên)."""

    family: str
    middle: str
    given: str


def fold(text: str) -> str:
    """What a search compares: no marks, đ as d, no case, single spaces. fold("Đặng Thị Hồng") is "dang thi hong".

    Invisible characters (zero-width spaces, direction marks, controls) vanish. Folding twice changes nothing.
    """
    plain = _without_marks(_visible(text).translate(D_WITH_STROKE))
    return unicodedata.normalize("NFC", " ".join(_without_marks(plain.casefold()).split()))


def clean_name(name: str) -> str:
    """A name as it is stored: composed (NFC), trimmed, single spaces, nothing invisible; letters keep their case.

    Eth (Ð), which looks like Đ and comes from old fonts, becomes Đ.
    """
    return unicodedata.normalize("NFC", " ".join(_visible(name).split())).translate(LOOK_ALIKES)


def proper_case(name: str) -> str:
    """A name typed all in capitals or all in small letters, with capitals where they belong.

    NGUYỄN VĂN AN becomes Nguyễn Văn An.
    A name in mixed case is only cleaned: its writer chose. A letter after a hyphen or an apostrophe is a capital too
    (Y-Blô, H'Hen).
    """
    name = clean_name(name)
    if not (name.isupper() or name.islower()):
        return name
    return re.sub(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*", lambda word: word[0][0].upper() + word[0][1:].lower(), name)


def split_name(name: str) -> NameParts:
    """Split a full name at its first and last word. One word is a given name alone."""
    words = clean_name(name).split(" ")
    if len(words) == 1:
        return NameParts("", "", words[0])
    return NameParts(words[0], " ".join(words[1:-1]), words[-1])


def name_sort_key(name: str) -> str:
    """A key that sorts names by tên, then họ, then đệm, word by word, in the Vietnamese alphabet.

    Within a word letters come first and the tone second (ngang, huyền, hỏi, ngã, sắc, nặng), so Hà < Hả < Hạ < Han,
    and the two spellings Hòa and Hoà are equal. f, j, w, z stand at their Latin places; case and punctuation do not
    count; digits precede letters; other scripts follow z. The key is plain ASCII: stored in a column with
    collation "C" PostgreSQL sorts by it as Python does.
    """
    parts = split_name(name)
    words = [parts.given, parts.family, *parts.middle.split(" ")]
    return " ".join(key for word in words if (key := _word_key(word)))


def search_terms(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once, in order; a row hits when its folded text contains them all.

    Terms hold letters and digits only, so they carry no wildcard of LIKE. At most 8 terms, from the first 200
    characters.
    """
    words = re.findall(r"[^\W_]+", fold(query[:LONGEST_QUERY]))
    return tuple(dict.fromkeys(words))[:MOST_TERMS]


def _visible(text: str) -> str:
    kept = (char for char in text if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return "".join(kept)


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")


def _word_key(word: str) -> str:
    """Letters, a dot, tones: Đặng is `d~a~ng.5`. The dot sorts below every letter and digit, so An comes before Anh."""
    letters, tones = [], []
    for cluster in re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*", unicodedata.normalize("NFD", word.casefold())):
        letters.append(_letter_key(cluster[0], cluster[1:]))
        tones += [TONES[mark] for mark in cluster[1:] if mark in TONES]
    key = "".join(letters)
    return f"{key}.{''.join(tones) or '0'}" if key else ""


def _letter_key(letter: str, marks: str) -> str:
    if letter in "đðɖ":
        return "d~"
    if not letter.isalnum():
        return ""
    if not letter.isascii():
        return f"{{{ord(letter):06x}"
    return next((MARKED_LETTERS[pair] for mark in marks if (pair := letter + mark) in MARKED_LETTERS), letter)
