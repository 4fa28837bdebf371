"""Choices of a filter, a segmented control or the steps of a journey."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its words, its address, how many things it would show (None: not counted), whether it is chosen."""

    label: Any
    url: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a guided journey; `url` leads back to a step that is done."""

    label: Any
    url: str = ""
