"""Policies: may it be done? A named predicate that can say why not."""

from collections.abc import Callable
from typing import Any

from rules import Predicate

from taicho.kernel.actor import Actor
from taicho.kernel.refusals import NotPermitted


class Policy(Predicate):
    """A `rules` predicate over (actor, thing) with the sentence shown when it does not hold.

    Policies combine with `&` and `|`; `explain` then names the first part of an *and* that fails,
    or the last of an *or*.
    """

    def __init__(
        self,
        fn: Any,
        sentence: Any,
        name: str | None = None,
        parts: tuple[str, tuple["Policy", ...]] = ("", ()),
    ):
        super().__init__(fn, name=name)
        self.sentence = sentence
        self.parts = parts

    def __and__(self, other: "Policy") -> "Policy":
        return Policy(super().__and__(other), other.sentence, parts=("and", (self, other)))

    def __or__(self, other: "Policy") -> "Policy":
        return Policy(super().__or__(other), other.sentence, parts=("or", (self, other)))

    def explain(self, actor: Actor, thing: Any = None) -> str | None:
        """None when permitted; otherwise the Vietnamese sentence that says who can."""
        if self.test(actor, thing):
            return None
        kind, parts = self.parts
        reasons = [part.explain(actor, thing) for part in parts]
        failing = [reason for reason in reasons if reason is not None]
        if not failing:
            return str(self.sentence)
        return failing[0] if kind == "and" else failing[-1]

    def permit(self, actor: Actor, thing: Any = None) -> None:
        """Return when permitted; raise NotPermitted with the reason otherwise."""
        if (reason := self.explain(actor, thing)) is not None:
            raise NotPermitted(reason, code=self.name or "not-permitted")


def policy(sentence: Any) -> Callable[[Callable[..., bool]], Policy]:
    """Make a predicate `(actor, thing=None) -> bool` a policy that refuses with `sentence` (may be lazy)."""

    def make(fn: Callable[..., bool]) -> Policy:
        return Policy(fn, sentence, name=fn.__name__)

    return make
