"""What documents say of working at several sites, on a day: each state for itself, with its reasons (D8)."""

from dataclasses import dataclass
from datetime import date

from taicho.directives.queries.in_force import InForce, Reason, everything_on
from taicho.directives.rules.kinds import kind_named
from taicho.organisation.models import Unit
from taicho.roster.rules.names import SPLIT_SITES


@dataclass(frozen=True, slots=True)
class Split:
    """One statement: the words, empty where it is only asked for, and the documents that say it."""

    words: str
    reasons: tuple[Reason, ...]


def splits_of(unit: Unit, day: date) -> list[Split]:
    """What is ordered, the running split first; then what is only asked for.

    Orders of one state hold together: the most sites, and mixing forbidden where one forbids it. A plan for three sites
    and a split running over two are two statements: to put the figure of the one to the state of the other is to order
    what no document orders.
    """
    kind, stated = kind_named(SPLIT_SITES), everything_on(unit, day, kinds=[SPLIT_SITES])
    by_state: dict[str, list[InForce]] = {}
    for one in stated:
        if one.binding:
            by_state.setdefault(one.params["state"], []).append(one)
    ordered = [
        Split(kind.describe(kind.combine(one.params for one in same)), tuple(r for one in same for r in one.reasons))
        for _state, same in sorted(by_state.items(), reverse=True)
    ]
    asked = tuple(reason for one in stated if not one.binding for reason in one.requests)
    return [*ordered, *([Split("", asked)] if asked else [])]
