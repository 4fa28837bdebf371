"""What was read of one person: facts, faults, notes. Plain values, so that a row can be kept as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken: a stable code, the column as the list names it, and the whole sentence."""

    code: str
    sentence: str
    column: str = ""


@dataclass(slots=True)
class ReadRow:
    """One person of the list. `number` is the row as the sheet program counts it (from 1).

    `facts` are fields of the register (`birth_date` as an ISO text), `means` what there is at home (C9), `unit` the
    department as written; empty when the row does not say. `cells` are the words of the row as they stood, under
    `labels`, for the sheet of errors. `notes` tell what was read with a reservation. `unit_missing`: the list has a
    column for the department and leaves it empty here.
    """

    sheet: str
    number: int
    labels: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    means: dict[str, bool] = field(default_factory=dict)
    unit: str = ""
    unit_missing: bool = False
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The full name; empty when none could be read."""
        return str(self.facts.get("full_name", ""))

    @property
    def birth_date(self) -> date | None:
        """The day of birth, when the list gives it."""
        written = self.facts.get("birth_date")
        return date.fromisoformat(written) if written else None

    @property
    def phones(self) -> frozenset[str]:
        """The telephone numbers of the row in their kept form."""
        return frozenset(self.facts[key] for key in ("personal_phone", "official_phone") if self.facts.get(key))

    def refuse(self, code: str, sentence: str, column: str = "") -> None:
        """Add a fault."""
        self.faults.append(Fault(code, sentence, column))

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The row that `as_json` gave."""
        faults = [Fault(**fault) for fault in kept["faults"]]
        return cls(**{**kept, "labels": tuple(kept["labels"]), "cells": tuple(kept["cells"]), "faults": faults})
