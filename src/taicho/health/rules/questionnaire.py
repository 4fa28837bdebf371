"""What a declaration asks: questionnaires as data, each question with the clause it comes from (F1; house D5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language

PACKS = ("covid-2021",)


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the pack in both languages; shown in the one of the page."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "vi").startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing to tick under a question that was answered "có"."""

    key: str
    label: Words


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question comes from: document, clause and the words that stand there."""

    document: str
    clause: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a declaration; nothing is ever pre-answered."""

    key: str
    ask: Words
    short: Words
    which: Words | None
    details: tuple[Detail, ...]
    sources: tuple[Source, ...]
    verified: bool

    def detail_key(self, detail: Detail) -> str:
        """Under which key the tick of a detail stands among the answers: "symptoms.fever"."""
        return f"{self.key}.{detail.key}"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of the questions, and between which figures a typed body temperature is believed."""

    version: str
    questions: tuple[Question, ...]
    least_c: Decimal
    most_c: Decimal
    verified: bool

    def question(self, key: str) -> Question | None:
        """The question with this key, or None."""
        return next((one for one in self.questions if one.key == key), None)


def latest() -> Questionnaire:
    """The version that is asked today: the last one of the pack."""
    return list(versions().values())[-1]


@cache
def versions() -> dict[str, Questionnaire]:
    """Every version the packs know, oldest first; declarations keep the version they answered."""
    return {one.version: one for name in PACKS for one in _pack(name)}


def _pack(name: str) -> list[Questionnaire]:
    text = files("taicho.health").joinpath("packs", f"{name}.yaml").read_text(encoding="utf-8")
    pack = yaml.safe_load(text)
    bounds = {side: Decimal(pack["temperature"][side]) for side in ("least_c", "most_c")}
    return [
        Questionnaire(entry["version"], tuple(map(_question, entry["questions"])), verified=entry["verified"], **bounds)
        for entry in pack["questionnaires"]
    ]


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        key=entry["key"],
        ask=Words(**entry["ask"]),
        short=Words(**entry["short"]),
        which=Words(**entry["which"]) if "which" in entry else None,
        details=tuple(Detail(one["key"], Words(**one["label"])) for one in entry.get("details", ())),
        sources=tuple(Source(**one) for one in entry["sources"]),
        verified=entry["verified"],
    )
