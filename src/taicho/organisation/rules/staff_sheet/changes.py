"""What a list really changes of somebody the register knows. An empty cell changes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from taicho.kernel.vietnamese import fold, name_sort_key


class Registered(Protocol):
    """The facts of a person as the register keeps them."""

    full_name: str
    birth_year: int | None
    birth_date: date | None


def changed_facts(person: Registered, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that differ from what is kept. A name without accents never replaces one that has them."""
    changes = {
        key: value for key, value in facts.items()
        if key not in ("full_name", "birth_year", "birth_date") and getattr(person, key) != value
    }  # fmt: skip
    for key in ("residence", "lodging"):
        if key not in changes:
            changes.pop(f"{key}_division", None) if not facts.get(f"{key}_division") else None
    name = facts.get("full_name", "")
    if name and name_sort_key(name) != name_sort_key(person.full_name) and name.casefold() != fold(name):
        changes["full_name"] = name
    return changes | _changed_birth(person, facts)


def changed_means(stated: Any, means: Mapping[str, bool]) -> dict[str, bool]:
    """The means at home that differ from what the person stated (`stated` may be None)."""
    return {key: has for key, has in means.items() if getattr(stated, key, None) != has}


def _changed_birth(person: Registered, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A year alone leaves a known day of that year; another year takes the day away."""
    day, year = facts.get("birth_date"), facts.get("birth_year")
    if day is not None:
        return {} if day == person.birth_date else {"birth_date": day, "birth_year": year}
    if year is None or year == person.birth_year:
        return {}
    return {"birth_year": year, "birth_date": None}
