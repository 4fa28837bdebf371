"""The account name: what a person types to sign in, in one spelling."""

import re
import unicodedata

NAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{1,59}$"


def folded_name(typed: str) -> str:
    """The one spelling of an account name: no marks, no capitals, no space around.

    People type "Nguyễn.An" or "NGUYEN.AN"; both mean `nguyen.an` (ux.md 1, finding 7: đ is not a diacritic).
    """
    marked = unicodedata.normalize("NFKD", typed.strip().casefold()).replace("đ", "d")
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def is_name(name: str) -> bool:
    """Whether `name` is a well-formed account name: 2–60 letters a–z, digits, dot, hyphen, underscore."""
    return re.fullmatch(NAME_PATTERN, name) is not None
