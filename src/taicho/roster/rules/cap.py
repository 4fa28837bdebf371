"""How many may be on site: the arithmetic of a cap, with people who must be on post counted in it or apart (D3, D4).

No figure stands here: shares, counts and rounding come out of the documents. Source of the ways to compute: measures.md 1, 3.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from taicho.roster.enums import AlwaysOn

WHOLE = 100  # not a rule: per cent


@dataclass(frozen=True, slots=True)
class Limit:
    """What the documents allow at most: a share in per cent of the base, a count, or both (the smaller holds)."""

    max_pct: float | None = None
    max_n: int | None = None
    rounds_up: bool = False

    def of(self, base: int) -> int | None:
        """How many of `base` people; None where no figure is stated. Rounded down unless the document says otherwise."""
        bounds = []
        if self.max_pct is not None:
            share = Fraction(str(self.max_pct)) * base / WHOLE
            bounds.append(ceil(share) if self.rounds_up else floor(share))
        if self.max_n is not None:
            bounds.append(int(self.max_n))
        return min(bounds) if bounds else None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the documents. Of `base` people `on_post` must be there; `others` more may come: `allowed` in all.

    `limit` is the figure of the cap alone. `short_by`: by how many the people on post exceed it.
    """

    way: AlwaysOn
    base: int
    on_post: int
    limit: int
    others: int

    @property
    def allowed(self) -> int:
        """How many may be on site together."""
        return self.on_post + self.others

    @property
    def short_by(self) -> int:
        """How many people on post the cap has no room for; 0 where they are taken out of it."""
        return max(0, self.on_post - self.limit) if self.way is AlwaysOn.COUNTED else 0

    @property
    def needs_exception(self) -> bool:
        """Whether nobody may come though there are people: an exception is asked for by name, never made in silence."""
        return self.base > 0 and self.allowed == 0


def readings(limit: Limit, *, base: int, on_post: int) -> tuple[Reading, ...]:
    """The ways to read a cap over `base` people of whom `on_post` must be there: counted in it, and taken out before.

    Both are the same where nobody must be on post: then there is one. None where no figure is stated. People on post are
    never sent away by the cap: where it has no room for them, nobody else comes.
    """
    within, beside = limit.of(base), limit.of(base - on_post)
    if within is None or beside is None:
        return ()
    counted = Reading(AlwaysOn.COUNTED, base, on_post, within, max(0, within - on_post))
    if on_post == 0:
        return (counted,)
    return (counted, Reading(AlwaysOn.APART, base, on_post, beside, beside))


def outranks(*, post_rank: int, post_issuer: str, cap_rank: int, cap_issuer: str) -> bool:
    """Whether posts that must be held stand above a cap: of the same or a lower issuer they do, of a higher one never.

    Ranks as measures carry them: 0 the highest; equal ranks are the same level.
    """
    return post_issuer == cap_issuer or post_rank <= cap_rank
