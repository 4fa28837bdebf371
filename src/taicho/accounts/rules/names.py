"""The account name: what a person types to sign in, in one spelling."""

import re

from taicho.kernel.vietnamese import fold, split_name

NAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{1,59}$"


def folded_name(typed: str) -> str:
    """The one spelling of an account name: no marks, no capitals, no space around.

    People type "Nguyễn.An" or "NGUYEN.AN"; both mean `nguyen.an` (ux.md 1, finding 7).
    """
    return fold(typed)


def is_name(name: str) -> bool:
    """Whether `name` is a well-formed account name: 2–60 letters a–z, digits, dot, hyphen, underscore."""
    return re.fullmatch(NAME_PATTERN, name) is not None


def suggested_name(full_name: str) -> str:
    """The account name suggested for a person: tên, a dot, first letters of họ and đệm. Nguyễn Văn An is `an.nv`."""
    parts = split_name(full_name)
    initials = "".join(word[0] for word in f"{parts.family} {parts.middle}".split())
    folded = fold(f"{parts.given}.{initials}" if initials else parts.given)
    name = re.sub(r"[^a-z0-9.]", "", folded).strip(".")
    return name if is_name(name) else f"nv.{name}".rstrip(".")


def numbered_name(name: str, number: int) -> str:
    """The next spelling when a name is taken: `an.nv`, `an.nv2`, `an.nv3`."""
    return name if number == 1 else f"{name}{number}"
