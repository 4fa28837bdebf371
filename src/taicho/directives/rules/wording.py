"""Say the parameters of a measure in the words of people (ux.md 16)."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from taicho.directives.rules.parameters import Parameter, Shape
from taicho.kernel.dates import official_date
from taicho.kernel.numbers import number


def in_words(known: Mapping[str, Parameter], says: Mapping[str, Any], params: Mapping[str, Any]) -> str:
    """One line: "tối đa, % số người: 50 · bắt buộc". What is not stated is not said; a name nobody gave words stays."""
    return " · ".join(_parts(known, says, params))


def _parts(known: Mapping[str, Parameter], says: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[str]:
    for name, parameter in known.items():
        if name not in params:
            continue
        label, value = str(says.get(name, name)), params[name]
        if parameter.shape is Shape.DAY:
            yield f"{label}: {official_date(date.fromisoformat(value))}"
        elif parameter.shape is not Shape.FLAG:
            yield f"{label}: {_value(says, value)}"
        elif value:
            yield label


def _value(says: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_value(says, part) for part in value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 1)
    return str(says.get(value, value))
