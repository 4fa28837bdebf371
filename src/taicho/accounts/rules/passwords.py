"""What a password must be: long, and none that everybody would try (trust.md 4.3, S-13; NIST SP 800-63B-4).

No rule about kinds of characters, no change by the calendar.
"""

import re
import unicodedata
from collections.abc import Container

from taicho.accounts.rules.weak_words import fewest_words, starts_with_family, weak_words
from taicho.kernel.vietnamese import fold

ALONE_LENGTH = 15
"""Characters of a password that is the only factor."""
WITH_FACTOR_LENGTH = 8
"""Characters of a password beside a second factor."""
LONGEST = 256
"""Characters accepted at most, so that nobody makes the server hash a book; 64 must be possible."""
FEW_OWN_CHARACTERS = 6
"""So many characters must remain when everything that anybody would guess is taken away."""
FEW_WORDS = 3
"""A full name has three words, or four after a family name; four words that do not belong together are good."""
KEYBOARD = (
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn",
)
LEET = str.maketrans({"@": "a", "4": "a", "3": "e", "1": "i", "0": "o", "5": "s", "$": "s", "7": "t"})


def one_form(password: str) -> str:
    """The one Unicode form in which a password is judged, counted and kept: NFKC (NIST SP 800-63B-4)."""
    return unicodedata.normalize("NFKC", password)


def least_length(*, has_second_factor: bool) -> int:
    """Characters a password must have: 8 beside a second factor, 15 alone."""
    return WITH_FACTOR_LENGTH if has_second_factor else ALONE_LENGTH


def is_guessable(password: str, common: Container[str] = frozenset()) -> bool:
    """Whether everybody would try this password: on a list, digits only, one piece repeated, keys in a row, or a
    known word with digits and signs around it. `common` is a further list of lower-case passwords."""
    lowered = password.lower()
    folded = fold(password).replace(" ", "")
    if lowered in common or {folded, folded.translate(LEET)} & weak_words():
        return True
    if not re.search(r"[^\W\d_]", folded) or _is_repetition(folded) or _is_walk(folded):
        return True
    return _is_decorated_word(folded, common)


def holds_own_name(password: str, name: str) -> bool:
    """Whether the password is little more than the account name."""
    folded, own = fold(password), fold(name)
    pieces = [own, *(piece for piece in re.split(r"[._-]", own) if len(piece) > 3)]
    rest = folded
    for piece in pieces:
        rest = rest.replace(piece, "")
    return rest != folded and len(re.sub(r"[\W\d_]", "", rest)) < FEW_OWN_CHARACTERS


def _is_decorated_word(folded: str, common: Container[str]) -> bool:
    """Up to three known words, perhaps repeated, with digits and signs around or for letters: M@tkhau123456789."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    return any(_is_known(re.sub(r"[\W\d_]", "", word), common) for word in (folded, core.translate(LEET)))


def _is_known(word: str, common: Container[str]) -> bool:
    unit = _unit(word)
    count = fewest_words(unit)
    return word in common or unit in common or (count is not None and count <= FEW_WORDS + starts_with_family(unit))


def _is_repetition(folded: str) -> bool:
    """One piece again and again: aaaaaaaaaaaaaaa, abcabcabcabcabc."""
    return len(_unit(folded)) < min(len(folded), FEW_OWN_CHARACTERS + 2)


def _unit(text: str) -> str:
    """The shortest piece whose repetition makes the text; a last, cut piece is allowed."""
    return next((text[:n] for n in range(1, len(text)) if (text[:n] * len(text))[: len(text)] == text), text)


def _is_walk(folded: str) -> bool:
    """Keys or letters in a row make up all but a few characters: qwertyuiop12345, 123456789asdfgh."""
    rest = folded
    for row in (*KEYBOARD, *(row[::-1] for row in KEYBOARD)):
        for length in range(len(row), 3, -1):
            for start in range(len(row) - length + 1):
                rest = rest.replace(row[start : start + length], "")
    return len(rest) < FEW_OWN_CHARACTERS and len(rest) < len(folded) // 2
