"""Say the parameters of a measure in the words of people (ux.md 16)."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any

from taicho.directives.rules.parameters import Parameter, Shape
from taicho.kernel.dates import clock_time, official_date
from taicho.kernel.numbers import number

COUNTED = ("số ", "number of ")
"""How a label names what it counts; between figure and thing nobody says it: "tối đa, số người" is "tối đa 5 người"."""


def in_words(
    known: Mapping[str, Parameter],
    says: Mapping[str, Any],
    params: Mapping[str, Any],
    phrases: Mapping[str, Any] = MappingProxyType({}),
) -> str:
    """One line: "tối đa 50% số người · bắt buộc". What is not stated is not said; a name nobody gave words stays.

    `phrases` are sentences with %(value)s by parameter; without one a figure stands at the comma of its label ("tối đa,
    % số người"), every other value behind its label.
    """
    return " · ".join(part for part in _parts(known, says, params, phrases) if part)


def _parts(
    known: Mapping[str, Parameter], says: Mapping[str, Any], params: Mapping[str, Any], phrases: Mapping[str, Any]
) -> Iterator[str]:
    for name, parameter in known.items():
        if name not in params:
            continue
        label = str(says.get(name, name))
        if parameter.shape is Shape.FLAG:
            yield str(phrases.get(name, label)) if params[name] else ""
            continue
        value = _value(says, params[name], parameter.shape)
        if name in phrases:
            yield str(phrases[name]) % {"value": value}
        elif parameter.shape is Shape.NUMBER and ", " in label:
            yield _at_comma(label, value)
        else:
            yield f"{label}: {value}"


def _at_comma(label: str, figure: str) -> str:
    """The figure in its place: "tối đa 50% số người", "ít nhất 5 người", "cách nhau 2 m"."""
    before, _, thing = label.partition(", ")
    for word in COUNTED:
        thing = thing.removeprefix(word)
    return f"{before} {figure}{thing}" if thing.startswith("%") else f"{before} {figure} {thing}"


def _value(says: Mapping[str, Any], value: Any, shape: Shape) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_value(says, part, shape) for part in value)
    if shape is Shape.DAY:
        return official_date(date.fromisoformat(value))
    if shape is Shape.TIMES:
        return clock_time(value if isinstance(value, time) else time.fromisoformat(value))
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 1)
    return str(says.get(value, value))
