"""Words from which Vietnamese people in offices make passwords. Our own lists, put together from public habits:

names (the commonest family, middle and given names), keyboard rows and Telex spellings, the word for password in its
spellings, towns, greetings, football, and the words of an agency and of epidemic work (context words, ASVS 6.1.2).
They lie in `accounts/words/`. `weak_words` multiplies them with the endings people add, `fewest_words` finds them in a
row; Django's own list of 20,000 common passwords is asked too.
"""

from functools import cache
from importlib.resources import files

LISTS = ("families", "middles", "given", "habits", "agency")
FEWEST_FOR_STRAY = 4
"""Letters a text must have before its last one may be a stray letter."""


@cache
def listed(name: str) -> tuple[str, ...]:
    """The words of one list, folded."""
    lines = files("taicho.accounts").joinpath(f"words/{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def words() -> frozenset[str]:
    """Every single word and name, folded, without an ending."""
    return frozenset(word for name in LISTS for word in listed(name))


@cache
def weak_words() -> frozenset[str]:
    """Words, and family names with a given name, each with the endings people add: some 30,000 folded passwords."""
    ended = {word + ending for word in words() for ending in ("", *listed("endings"))}
    return frozenset({*ended, *(family + given for family in listed("families") for given in listed("given"))})


def starts_with_family(text: str) -> bool:
    """Whether the text begins as a person's full name does."""
    return text.startswith(listed("families"))


def fewest_words(text: str) -> int | None:
    """Of how few known words the text is made, one stray letter at its end allowed; None when it is not.

    `nguyenvana` is nguyen, van and a stray letter: 2.
    """
    known, longest = words(), max(map(len, words()))
    best: list[int | None] = [0] + [None] * len(text)
    for end in range(1, len(text) + 1):
        counts = [
            count + 1
            for start in range(max(0, end - longest), end)
            if (count := best[start]) is not None and text[start:end] in known
        ]
        best[end] = min(counts, default=None)
    return best[-1] if best[-1] is not None or len(text) < FEWEST_FOR_STRAY else best[-2]
