"""Different spellings of one thing on two papers: the name of a body, a number, a symbol (A1)."""

import re

from taicho.kernel.vietnamese import fold

IN_FULL = {
    "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "bcd": "ban chi dao", "vp": "van phong",
    "bvhttdl": "bo van hoa the thao va du lich", "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran",
    "t": "tinh", "q": "quan", "h": "huyen", "p": "phuong", "x": "xa", "tu": "tinh uy", "tw": "trung uong",
}  # fmt: skip
"""Abbreviations in the names of bodies, folded (NĐ 30/2020, Phụ lục III writes most of them)."""


def alike_bodies(one: str, other: str) -> bool:
    """Whether two names may be one body: the same words in full, or all words of the shorter name in the longer.

    "UBND TP. Đông Giang" and "Ủy ban nhân dân thành phố Đông Giang" are; two communes of the same kind are not.
    """
    first, second = _words(one), _words(other)
    return bool(first and second) and (first <= second or second <= first)


def bare_number(number: str) -> str:
    """The number without what only fills it up: "07" and "7" are one number."""
    return number.strip().lstrip("0") or number.strip()


def bare_symbol(symbol: str) -> str:
    """The symbol as it is compared: no accents, no case, no blanks: "QĐ - ubnd" is "QĐ-UBND"."""
    return fold(symbol).replace(" ", "")


def _words(name: str) -> frozenset[str]:
    """The folded words of a name, abbreviations written in full."""
    found = re.findall(r"[^\W_]+", fold(name))
    return frozenset(word for part in found for word in IN_FULL.get(part, part).split())
