"""Tokens and codes of passes: made by chance, read back from whatever a scanner or a hand types (S-10, S-12)."""

import base64
import re
import secrets
import unicodedata
from dataclasses import dataclass

MARK = "TC1"
"""What the QR of a pass begins with, so that other QR codes are told apart without a question to the database."""
TOKEN_BYTES = 20  # not a rule: 160 random bits, more than the 128 trust.md S-12 asks
TOKEN_LETTERS = 32  # not a rule: the same in base 32
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters of typed codes: nothing that is read for something else (0 O, 1 I L)."""
CODE_LETTERS = 6  # not a rule: what ux.md asks of a typed code
INVITATION_LETTERS = 10  # not a rule: 49 random bits, tried only by somebody signed in, for a quarter of an hour
LONGEST_INPUT = 80  # not a rule: a pass has 35 letters; whatever is longer is none

_TOKEN = re.compile(rf"{MARK}([A-Z2-7]{{{TOKEN_LETTERS}}})")
_BETWEEN = re.compile(r"[\s.\-–·]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody showed at the gate: the token of a QR, or a typed code. One of the two."""

    token: str = ""
    code: str = ""


def new_token() -> str:
    """A random token; it tells nothing about anybody."""
    return base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode("ascii")


def new_code(letters: int = CODE_LETTERS) -> str:
    """A random code that can be read out and typed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(letters))


def payload(token: str) -> str:
    """What the QR says. Only capitals and digits, so that the drawing stays coarse."""
    return MARK + token


def read_shown(text: str) -> Shown | None:
    """What was scanned or typed, or None for everything that is no pass of ours; it is never opened, kept or echoed."""
    if len(text) > LONGEST_INPUT:
        return None
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if found := _TOKEN.fullmatch(plain):
        return Shown(token=found[1])
    code = read_code(plain)
    return Shown(code=code) if code else None


def read_code(text: str, letters: int = CODE_LETTERS) -> str:
    """A typed code in its one form, without blanks and hyphens; empty when it is none."""
    if len(text) > LONGEST_INPUT:
        return ""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    return plain if len(plain) == letters and all(letter in ALPHABET for letter in plain) else ""


def grouped(code: str) -> str:
    """A code in two halves, as it is shown and read out: "K7M 4QX"."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"
