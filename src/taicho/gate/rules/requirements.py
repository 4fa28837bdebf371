"""What a gate asks of whom on a day: the clauses in force put together need by need (E1–E5; measures.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from taicho.gate.enums import EVERYBODY, Audience, IfMissing, Need, Purpose, VisitMode

_STRICTNESS = tuple(IfMissing.values)
_MODES = tuple(VisitMode.values)


@dataclass(frozen=True, slots=True)
class Ordered:
    """One clause in force as the rules see it. `binds` is False for a request ("đề nghị"), which only notes."""

    kind: str
    params: Mapping[str, Any]
    measure: UUID
    binds: bool = True


@dataclass(frozen=True, slots=True)
class Requirements:
    """What is asked of one audience: each need with what happens when it is missing, and the measures that ask it."""

    needs: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    modes: Mapping[str, str] = field(default_factory=dict)
    mode_reasons: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)

    def asks(self, need: Need) -> bool:
        """Whether a clause asks this."""
        return need.value in self.needs

    def if_missing(self, need: Need) -> IfMissing:
        """What happens when it is missing: what the strictest clause says, to ask where none says anything."""
        return IfMissing(self.needs.get(need.value, IfMissing.NOTE))

    def because(self, *needs: Need) -> tuple[UUID, ...]:
        """The measures that ask one of `needs`, each once."""
        return tuple(dict.fromkeys(key for need in needs for key in self.reasons.get(need.value, ())))

    def mode(self, purpose: str) -> VisitMode:
        """How a visit for this purpose is received."""
        return VisitMode(self.modes.get(purpose, VisitMode.FREE))


def combine(ordered: Iterable[Ordered], audience: Audience, *, entry: str, visits: str) -> Requirements:
    """What all clauses ask of `audience` together: union of needs, the strictest of what happens when one is missing.

    A request is a reason only where no clause orders the same (house D6).
    """
    bound: set[str] = set()
    needs: dict[str, str] = {}
    reasons: dict[str, tuple[UUID, ...]] = {}
    modes: dict[str, str] = {}
    mode_reasons: dict[str, tuple[UUID, ...]] = {}
    for one in sorted(ordered, key=lambda one: not one.binds):
        if one.kind == entry and one.params["who"] in (audience.value, EVERYBODY):
            missing = one.params.get("if_missing", IfMissing.ASK.value) if one.binds else IfMissing.NOTE.value
            for need in one.params["need"]:
                needs[need] = max(needs.get(need, missing), missing, key=_STRICTNESS.index)
                if one.binds or need not in bound:
                    reasons[need] = (*reasons.get(need, ()), one.measure)
            bound |= set(one.params["need"] if one.binds else ())
        elif one.kind == visits and one.binds and audience is Audience.VISITORS:
            for purpose in _purposes(one.params.get("purpose", EVERYBODY)):
                mode = one.params["mode"]
                modes[purpose] = max(modes.get(purpose, mode), mode, key=_MODES.index)
                mode_reasons[purpose] = (*mode_reasons.get(purpose, ()), one.measure)
    return Requirements(needs, reasons, modes, mode_reasons)


def as_columns(held: Requirements) -> dict[str, Any]:
    """The requirements as plain JSON values, as the rule table keeps them."""
    return {
        "needs": dict(held.needs),
        "reasons": {need: [str(key) for key in keys] for need, keys in held.reasons.items()},
        "modes": dict(held.modes),
        "mode_reasons": {purpose: [str(key) for key in keys] for purpose, keys in held.mode_reasons.items()},
    }


def from_columns(needs: Any, reasons: Any, modes: Any, mode_reasons: Any) -> Requirements:
    """The same back from the table."""
    return Requirements(needs, _keys(reasons), modes, _keys(mode_reasons))


def _keys(written: Mapping[str, list[str]]) -> dict[str, tuple[UUID, ...]]:
    return {name: tuple(UUID(key) for key in keys) for name, keys in written.items()}


def _purposes(stated: str) -> tuple[str, ...]:
    return tuple(Purpose.values) if stated == EVERYBODY else (stated,)
