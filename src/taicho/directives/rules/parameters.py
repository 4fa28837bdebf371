"""What the parameters of a measure may say, and what holds when two documents say different things (A6, A7).

Every parameter may be absent: words without a figure stay without one, and nothing is put in their place.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from taicho.kernel.refusals import Refusal

Combine = Callable[[Any, Any], Any]


class Shape(StrEnum):
    """What a value looks like, so that a form can ask for it."""

    NUMBER = "number"
    CHOICE = "choice"
    SET = "set"
    TIMES = "times"
    DAY = "day"
    FLAG = "flag"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: how its value is read, and which of two stated values holds.

    `read` returns the value or raises ValueError with a sentence. `combine` takes two values and returns the one that
    satisfies both documents. `words` are the only ones a choice or set may name; empty where any text is taken.
    """

    read: Callable[[Any], Any]
    combine: Combine
    shape: Shape = Shape.WORDS
    words: tuple[str, ...] = ()
    required: bool = False

    def take(self, name: str, written: Any) -> Any:
        """The value of the parameter `name`. Refused: bad-parameter."""
        try:
            return self.read(written)
        except (ValueError, TypeError) as wrong:
            sentence = _("Tham số “%(name)s”: %(why)s") % {"name": name, "why": wrong}
            raise Refusal(sentence, code="bad-parameter", field=name) from wrong


WHOLE = 100  # not a rule: per cent
MOST = 1_000_000  # not a rule: no paper orders more of anything, and so many hours still end within the calendar


def share_at_most() -> Parameter:
    """An upper bound in per cent of something."""
    return most(greatest=WHOLE)


def share_at_least() -> Parameter:
    """A lower bound in per cent of something."""
    return at_least(greatest=WHOLE)


def most(*, least: float = 0, greatest: float | None = None) -> Parameter:
    """An upper bound: of two, the smaller satisfies both."""
    return Parameter(_number(least, greatest), min, Shape.NUMBER)


def at_least(*, least: float = 0, greatest: float | None = None) -> Parameter:
    """A lower bound: of two, the greater satisfies both."""
    return Parameter(_number(least, greatest), max, Shape.NUMBER)


def ordered(*words: str) -> Parameter:
    """One word out of a scale whose last is the strictest."""
    return Parameter(_one_of(words), lambda one, other: max(one, other, key=words.index), Shape.CHOICE, words)


def several(*words: str) -> Parameter:
    """A set of words; all that any document names are asked. Without `words` any text is taken."""
    return Parameter(_list_of(words), lambda one, other: tuple(dict.fromkeys((*one, *other))), Shape.SET, words)


def common(*words: str) -> Parameter:
    """A set of words of which only those named by every document hold: who may permit, for example."""
    return Parameter(_list_of(words), lambda one, other: tuple(word for word in one if word in other), Shape.SET, words)


def clock_times() -> Parameter:
    """Hours of the day, at least one; all that any document names are kept."""
    return Parameter(_hours, lambda one, other: tuple(sorted({*one, *other})), Shape.TIMES)


def last_day() -> Parameter:
    """A local day until whose end something is done, kept as "2021-08-31"; of two, the earlier satisfies both."""
    return Parameter(_day, min, Shape.DAY)


def flag() -> Parameter:
    """Something a document asks or does not; one that asks is enough."""
    return Parameter(_yes, lambda one, other: one or other, Shape.FLAG)


def text() -> Parameter:
    """Words of the document; both are kept, one after the other."""
    return Parameter(_words, lambda one, other: one if one == other else f"{one}; {other}", Shape.WORDS)


def needed(parameter: Parameter) -> Parameter:
    """The same parameter, but the measure cannot be read without it."""
    return replace(parameter, required=True)


def read_all(known: Mapping[str, Parameter], written: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a measure. Refused: unknown-parameter, missing-parameter, bad-parameter."""
    if strange := sorted(set(written) - set(known)):
        raise Refusal(
            _("Biện pháp này không có tham số “%(name)s”.") % {"name": strange[0]},
            code="unknown-parameter",
            field=strange[0],
        )
    values = {name: known[name].take(name, value) for name, value in written.items() if value is not None}
    for name, parameter in known.items():
        if parameter.required and name not in values:
            raise Refusal(_("Chưa ghi tham số “%(name)s”.") % {"name": name}, code="missing-parameter", field=name)
    return values


def combine_all(known: Mapping[str, Parameter], stated: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What holds when all of `stated` hold together; a parameter nobody states stays absent."""
    held: dict[str, Any] = {}
    for values in stated:
        for name, value in values.items():
            held[name] = known[name].combine(held[name], value) if name in held else value
    return held


def _number(least: float, greatest: float | None) -> Callable[[Any], int | float]:
    def read(written: Any) -> int | float:
        if isinstance(written, bool) or not isinstance(written, int | float) or not isfinite(written):
            raise ValueError(_("cần một số."))
        if not least <= written <= (MOST if greatest is None else greatest):
            raise ValueError(_("số nằm ngoài khoảng cho phép."))
        return written

    return read


def _one_of(words: tuple[str, ...]) -> Callable[[Any], str]:
    def read(written: Any) -> str:
        if written not in words:
            raise ValueError(_("chọn một trong: %(words)s.") % {"words": ", ".join(words)})
        return str(written)

    return read


def _list_of(words: tuple[str, ...]) -> Callable[[Any], tuple[str, ...]]:
    def read(written: Any) -> tuple[str, ...]:
        if isinstance(written, str) or not isinstance(written, Iterable):
            raise ValueError(_("cần một danh sách."))
        listed = tuple(dict.fromkeys(_words(word) for word in written))
        if words and not set(listed) <= set(words):
            raise ValueError(_("chỉ nhận: %(words)s.") % {"words": ", ".join(words)})
        return listed

    return read


def _hours(written: Any) -> tuple[time, ...]:
    if isinstance(written, str) or not isinstance(written, Iterable):
        raise ValueError(_("cần một danh sách giờ, ví dụ 06:00."))
    if not (hours := {_hour(hour) for hour in written}):
        raise ValueError(_("nêu ít nhất một giờ, ví dụ 06:00."))
    return tuple(sorted(hours))


def _hour(written: Any) -> time:
    try:
        hour: time | None = written if isinstance(written, time) else time.fromisoformat(written)
    except (ValueError, TypeError):
        hour = None
    if hour is None or hour.tzinfo is not None:  # the office's clock has one zone
        raise ValueError(_("“%(hour)s” không phải giờ trong ngày, ví dụ 06:00.") % {"hour": written})
    return hour


def _day(written: Any) -> str:
    try:
        return (written if isinstance(written, date) else date.fromisoformat(written)).isoformat()
    except (ValueError, TypeError) as wrong:
        raise ValueError(_("“%(day)s” không phải một ngày, ví dụ 2021-08-31.") % {"day": written}) from wrong


def _yes(written: Any) -> bool:
    if not isinstance(written, bool):
        raise ValueError(_("cần có hoặc không."))
    return written


def _words(written: Any) -> str:
    if not isinstance(written, str) or not written.strip():
        raise ValueError(_("cần chữ."))
    return written.strip()
