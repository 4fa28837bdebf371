"""Kinds of measures: one small class each, registered by the area that owns the matter (house § 4).

@register
class OnsiteCap(Kind):
    name = "roster.onsite_cap"
    label = _("Tối đa tại cơ quan")
    parameters = {"max_pct": share_at_most(), "binding": flag()}
    says = {"max_pct": _("tối đa, % số người"), "binding": _("bắt buộc")}
    phrases = {"max_pct": _("không quá %(value)s%% số người tại trụ sở")}
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from taicho.directives.rules.parameters import Parameter, combine_all, read_all, text
from taicho.directives.rules.wording import in_words


class Kind:
    """What a measure of this kind may say, and how several of them hold together.

    `name`: area and word, never changed once it is in a database. `says`: what people call each parameter and each of
    its words, as a form asks for them; a figure is said at the comma ("tối đa, % số người": tối đa 50% số người).
    `phrases`: how an official says a parameter where that is not enough, with %(value)s. `each`: measures of this kind
    are never made one; each keeps its own clause, receiver and clock (reports with different receivers, for example).
    `by_office`: no document states it, the office decides it itself (D6).
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    parameters: ClassVar[Mapping[str, Parameter]] = {}
    says: ClassVar[Mapping[str, Any]] = {}
    phrases: ClassVar[Mapping[str, Any]] = {}
    each: ClassVar[bool] = False
    by_office: ClassVar[bool] = False

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as checked values. Refused: unknown-parameter, missing-parameter, bad-parameter."""
        return read_all(cls.parameters, written)

    @classmethod
    def combine(cls, stated: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """What holds when all `stated` parameters hold."""
        return combine_all(cls.parameters, stated)

    @classmethod
    def describe(cls, params: Mapping[str, Any]) -> str:
        """The parameters as one line people read; a kind with a better sentence says its own."""
        return in_words(cls.parameters, cls.says, params, cls.phrases)

    @classmethod
    def contradiction(cls, held: Mapping[str, Any]) -> str:
        """Why the combined parameters cannot all be met, as a sentence; empty when they can."""
        return ""


KINDS: dict[str, type[Kind]] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Make a kind known; a second kind of the same name is a programming error."""
    if kind.name in KINDS:
        raise ValueError(f"the kind {kind.name} is registered already")
    KINDS[kind.name] = kind
    return kind


def kind_named(name: str) -> type[Kind]:
    """The kind of that name; KeyError for one that no area registers."""
    return KINDS[name]


@register
class Exhortation(Kind):
    """Words without a duty: shown with the document, acknowledged once with it, never late, never a breach."""

    name = "directives.exhortation"
    label = _("Yêu cầu chung, nêu gương")
    parameters: ClassVar[Mapping[str, Parameter]] = {"audience": text()}
    says: ClassVar[Mapping[str, Any]] = {"audience": _("ai được yêu cầu, nêu gương")}
    phrases: ClassVar[Mapping[str, Any]] = {"audience": _("với %(value)s")}
