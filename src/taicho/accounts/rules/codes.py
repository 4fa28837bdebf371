"""The code on a printed slip: typed by hand, so without look-alikes; 20 characters of 32 are 100 random bits."""

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
CODE_LENGTH = 20
GROUP = 5
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def grouped(code: str) -> str:
    """The code as it is printed: 7F3KQ-2M9XA-0BTRD-6CHWN."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def as_code(typed: str) -> str:
    """What was typed as a bare code: capitals, no spaces or hyphens, O read as 0, I and L as 1."""
    return "".join(char for char in typed.upper() if char.isalnum()).translate(LOOK_ALIKES)


def is_code(code: str) -> bool:
    """Whether a bare code has the right length and letters."""
    return len(code) == CODE_LENGTH and set(code) <= set(ALPHABET)


def hash_of(secret: str) -> bytes:
    """What is kept of a code or link: SHA-256. With ≥ 100 random bits nothing slower is needed."""
    return hashlib.sha256(secret.encode()).digest()
