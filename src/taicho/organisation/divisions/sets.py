"""The divisions in force on one day: counts, lookup by code and by name, children, path, who came before and after."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from taicho.kernel.vietnamese import clean_name
from taicho.organisation.divisions.rows import Division, all_divisions, kinds, search_key, snapshots
from taicho.organisation.rules.levels import AdminLevel, level_at

ONE_DAY = timedelta(days=1)


class DayOutsideSources(LookupError):
    """No source speaks for a day this early; the table does not guess."""


def divisions_on(day: date) -> "DivisionSet":
    """The divisions in force on `day`, as far as the sources know (B1).

    For a day between two sources the older state is given and `certain` is False. Refused (`DayOutsideSources`) for
    days before the first source.
    """
    first = snapshots()[0].covers_from
    if day < first:
        raise DayOutsideSources(f"no source for {day}: the table begins on {first}")
    certain = any(one.covers_from <= day <= (one.covers_to or date.max) for one in snapshots())
    step = max((change for change in _changes() if change <= day), default=first)
    return DivisionSet(day, certain, _state(step))


@dataclass(frozen=True, eq=False)
class DivisionSet:
    """The units in force on `day`. `certain` says whether a source speaks for that very day."""

    day: date
    certain: bool
    state: "State"

    def __len__(self) -> int:
        return len(self.state.units)

    def __iter__(self) -> Iterator[Division]:
        return iter(self.state.units.values())

    def __contains__(self, code: object) -> bool:
        return code in self.state.units

    def __getitem__(self, code: str) -> Division:
        """The unit with this code; KeyError when no unit has it on this day."""
        return self.state.units[code]

    def get(self, code: str) -> Division | None:
        """The unit with this code, or None."""
        return self.state.units.get(code)

    def count(self, level: str) -> int:
        """How many units of a level are in force; 0 when the level does not exist on this day."""
        return self.state.counts[level]

    def level(self, key: str) -> AdminLevel | None:
        """The level with its label of the time; None when it does not exist on this day (district after 30/6/2025)."""
        return level_at(key, self.day)

    def children(self, code: str = "") -> tuple[Division, ...]:
        """The units directly under a unit, by code; without a code the provinces."""
        return tuple(self.state.children.get(code, ()))

    def path(self, code: str) -> tuple[Division, ...]:
        """From the province down to the unit itself."""
        one = self[code]
        return (*self.path(one.parent), one) if one.parent else (one,)

    def address(self, code: str) -> str:
        """As people write it: "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"."""
        return ", ".join(one.full_name for one in reversed(self.path(code)))

    def find(self, name: str, *, level: str = "", within: str = "") -> tuple[Division, ...]:
        """Units of that name, with or without the word for their kind, whole or short ("Phường Ba Đình", "P. Ba Đình").

        Blind to accents, case and punctuation; units spelled exactly so come first, then higher levels, then codes.
        `within` is the code of a unit above, at any height.
        """
        wanted = clean_name(name).casefold()
        found = [
            one for one in self.state.names.get(search_key(name), ())
            if level in ("", one.level) and (not within or within in self._above(one))
        ]  # fmt: skip
        exact = {one.code for one in found if wanted in (one.name.casefold(), one.full_name.casefold())}
        return tuple(sorted(found, key=lambda one: (one.code not in exact, len(one.code), one.code)))

    def successors(self, code: str) -> tuple[Division, ...]:
        """What directly followed the unit when it ended; empty while it is in force or when `basis` says why not."""
        one = self[code]
        if one.valid_to is None:
            return ()
        later = divisions_on(_morrow(one))
        return tuple(later[follower] for follower in one.successor_codes)

    def predecessors(self, code: str) -> tuple[Division, ...]:
        """Which units that ended directly before this one began, or later, went into it."""
        return tuple(one for one in _followed().get(code, ()) if _went_into(one, self[code]))

    def lives_on(self, code: str, day: date) -> tuple[Division, ...]:
        """The units of `day`, the same or later, that carry on the unit: itself, its successors, theirs, and so on."""
        one = self[code]
        if one.in_force(day):
            return (one,)
        if day < self.day:
            raise ValueError("lives_on looks forward; use predecessors to look back")
        found = {
            last.code: last
            for follower in self.successors(code)
            for last in divisions_on(_morrow(one)).lives_on(follower.code, day)
        }
        return tuple(found[key] for key in sorted(found))

    def _above(self, one: Division) -> set[str]:
        return {unit.code for unit in self.path(one.code)[:-1]}


class State:
    """The units between two changes of the table, with their indexes; made once, names on first search."""

    def __init__(self, day: date) -> None:
        self.units = {one.code: one for one in all_divisions() if one.in_force(day)}
        self.counts = Counter(one.level for one in self.units.values())
        self.children: dict[str, list[Division]] = defaultdict(list)
        for one in self.units.values():
            self.children[one.parent].append(one)

    @cached_property
    def names(self) -> dict[str, list[Division]]:
        """Every way to write a unit's name, as search keys."""
        index: dict[str, list[Division]] = defaultdict(list)
        words = {kind.key: [search_key(word) for word in (kind.label_vi, *kind.short)] for kind in kinds().values()}
        for one in self.units.values():
            bare = search_key(one.name)
            ways = {bare, *(f"{word} {bare}" for word in words[one.kind])}
            if bare[:1].isdecimal():
                ways.update(f"{word}{bare}" for word in words[one.kind][1:])
            for way in ways:
                index[way].append(one)
        return index


def _morrow(ended: Division) -> date:
    """The first day without the unit."""
    return (ended.valid_to or date.max - ONE_DAY) + ONE_DAY


def _went_into(ended: Division, one: Division) -> bool:
    """Whether `one`, among all rows with its code, is the one that held on the morrow of the end."""
    return ended.valid_to is not None and one.in_force(_morrow(ended))


@cache
def _changes() -> tuple[date, ...]:
    """The days on which the table changes."""
    return tuple(sorted({one.valid_from for one in all_divisions() if one.valid_from}))


@cache
def _state(step: date) -> State:
    return State(step)


@cache
def _followed() -> dict[str, list[Division]]:
    """Which ended rows name a code as their successor."""
    index: dict[str, list[Division]] = defaultdict(list)
    for one in all_divisions():
        for code in one.successor_codes:
            index[code].append(one)
    return index
