"""Is a row somebody the register knows? By name with phone, birth and department; where it is open, the row asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taicho.kernel.vietnamese import fold
from taicho.organisation.rules.staff_sheet.rows import ReadRow


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on the register: identity as matching needs it. `unit` is None for somebody who has left."""

    key: UUID
    name: str
    birth_year: int | None
    birth_date: date | None
    phones: frozenset[str]
    unit: UUID | None


@dataclass(frozen=True, slots=True)
class Match:
    """The answer: one person, nobody (both empty), or several to ask about."""

    person: Known | None = None
    candidates: tuple[Known, ...] = ()


def match(row: ReadRow, unit: UUID | None, known: Sequence[Known]) -> Match:
    """Find the row's person among `known` (people with the same folded name, or a telephone number of the row).

    The same name and mobile is the same person, whatever else the list corrects. The same name and birth is the same
    person when there is only one such, or one in the same department. The same name alone counts in the same
    department only; elsewhere the row asks, and so does another name with the same number and year of birth.
    """
    namesakes = [one for one in known if fold(one.name) == fold(row.name)]
    by_phone = [one for one in namesakes if one.phones & row.phones]
    if len(by_phone) == 1:
        return Match(by_phone[0])
    possible = [one for one in by_phone or namesakes if _may_be(one, row)]
    sure = [one for one in possible if _same_birth(one, row)]
    for group in (sure, possible):
        here = [one for one in group if one.unit == unit and unit is not None]
        if len(here) == 1:
            return Match(here[0])
        if len(group) == 1 and group is sure:
            return Match(group[0])
        if group:
            return Match(candidates=tuple(group))
    renamed = [one for one in known if one.phones & row.phones and _same_birth(one, row) and one not in namesakes]
    return Match(candidates=tuple(renamed))


def _may_be(one: Known, row: ReadRow) -> bool:
    """Nothing known speaks against it: years and days of birth are equal or unknown."""
    year, day = row.facts.get("birth_year"), row.birth_date
    if year and one.birth_year and year != one.birth_year:
        return False
    return not (day and one.birth_date and day != one.birth_date)


def _same_birth(one: Known, row: ReadRow) -> bool:
    """The same day of birth, or the same year where one side has no day."""
    if row.birth_date and one.birth_date:
        return row.birth_date == one.birth_date
    return bool(one.birth_year) and one.birth_year == row.facts.get("birth_year")
