"""A reading as plain values and back, for the time between reading a file and entering it in the register."""

from dataclasses import asdict
from datetime import date
from typing import Any

from taicho.directives.rules.reading.values import Citation, Clause, Doubt, Reading

LISTS = ("addressees", "recipients")


def as_stored(reading: Reading) -> dict[str, Any]:
    """The reading as JSON-ready values; `from_stored` gives it back unchanged."""
    kept = asdict(reading)
    kept["day"] = _written(reading.day)
    kept["cites"] = [asdict(cited) | {"day": _written(cited.day)} for cited in reading.cites]
    kept["doubts"] = {name: doubt.value for name, doubt in reading.doubts.items()}
    kept["places"] = {name: list(place) for name, place in reading.places.items()}
    return kept


def from_stored(kept: dict[str, Any]) -> Reading:
    """The reading that `as_stored` made these values of."""
    values = dict(kept)
    for name in LISTS:
        values[name] = tuple(values[name])
    values["day"] = _day(values["day"])
    values["clauses"] = tuple(Clause(**clause) for clause in values["clauses"])
    values["cites"] = tuple(Citation(**{**cited, "day": _day(cited["day"])}) for cited in values["cites"])
    values["doubts"] = {name: Doubt(doubt) for name, doubt in values["doubts"].items()}
    values["places"] = {name: (first, last) for name, (first, last) in values["places"].items()}
    return Reading(**values)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
