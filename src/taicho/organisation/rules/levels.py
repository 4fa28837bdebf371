"""Administrative levels and their names at a day, read from levels.yaml (D4: no level name in code)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class AdminLevel:
    """One level of local government while it is in force; `valid_to` is its last day, None on either side is open."""

    key: str
    depth: int
    label_vi: str
    label_en: str
    forms_vi: tuple[str, ...]
    forms_en: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    source: str
    verified: bool

    def in_force(self, day: date) -> bool:
        """Whether the level exists on `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def __str__(self) -> str:
        return self.label_en if (get_language() or "vi").startswith("en") else self.label_vi


def levels_at(day: date) -> tuple[AdminLevel, ...]:
    """The levels in force on `day`, from the top."""
    return tuple(sorted((level for level in all_levels() if level.in_force(day)), key=lambda level: level.depth))


def level_at(key: str, day: date) -> AdminLevel | None:
    """The level called `key` on `day`; None when there is no such level on that day."""
    return next((level for level in levels_at(day) if level.key == key), None)


@cache
def all_levels() -> tuple[AdminLevel, ...]:
    """Every level the data file knows, past and present."""
    text = files("taicho.organisation").joinpath("levels.yaml").read_text(encoding="utf-8")
    return tuple(_level(entry) for entry in yaml.safe_load(text)["levels"])


def _level(entry: dict[str, Any]) -> AdminLevel:
    return AdminLevel(
        key=entry["key"],
        depth=entry["depth"],
        label_vi=entry["label"]["vi"],
        label_en=entry["label"]["en"],
        forms_vi=tuple(form["vi"] for form in entry["forms"]),
        forms_en=tuple(form["en"] for form in entry["forms"]),
        valid_from=entry["valid_from"],
        valid_to=entry["valid_to"],
        source=entry["source"],
        verified=entry["verified"],
    )
