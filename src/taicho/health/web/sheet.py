"""The sheet of a declaration on its way through the questions. It travels in the form; nothing is kept half answered."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from taicho.health.queries.today import Today
from taicho.health.rules.questionnaire import Question
from taicho.health.rules.temperature import parse_celsius
from taicho.kernel.refusals import Refusal

SAID = {"yes": True, "no": False}
TEMPERATURE = "temperature"


@dataclass
class Sheet:
    """What has been answered so far, and what is asked next. Nothing is pre-answered (ux.md 4, task 1)."""

    today: Today
    client_id: UUID = field(default_factory=uuid4)
    corrects: UUID | None = None
    answers: dict[str, bool] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)
    typed: str = ""
    reason: str = ""
    pressed: str = ""
    edited: str = ""
    go: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, today: Today, sent: Mapping[str, Any]) -> "Sheet":
        """The sheet as a form sent it; what belongs to no question is left out, what is no answer is said to be wrong."""
        sheet = cls(today, reason=sent.get("reason", ""), go=sent.get("go", ""))
        with suppress(ValueError):
            sheet.client_id = UUID(sent.get("client_id", ""))
        with suppress(ValueError):
            sheet.corrects = UUID(sent.get("corrects", ""))
        for place, one in enumerate(today.asked.questions, 1):
            pressed, kept = sent.get(one.key, ""), sent.get(f"a.{one.key}", "")
            if (said := SAID.get(pressed or kept)) is not None:
                sheet.answers[one.key] = said
            elif pressed or kept:
                sheet.wrong[""] = _("Câu %(n)s chỉ nhận “Có” hoặc “Không”. Bấm lại một trong hai nút.") % {"n": place}
            sheet.pressed = one.key if pressed in SAID else sheet.pressed
            sheet.ticks |= {key for d in one.details if (key := one.detail_key(d)) in sent}
        sheet.typed = sent.get(TEMPERATURE, "").strip()
        sheet.edited = sent.get("edit", "")
        sheet.answers.pop(sheet.edited, None)
        return sheet

    @property
    def asked(self) -> Question | None:
        """The question to answer next; None when all are."""
        return next((one for one in self.today.asked.questions if one.key not in self.answers), None)

    @property
    def detailed(self) -> Question | None:
        """The question that was just answered "có": what it is stands there to be said, with the number to call."""
        held = self.pressed or (self.go.removeprefix("next.") if self.wrong and self.go.startswith("next.") else "")
        return self.today.asked.question(held) if self.answers.get(held) else None

    @property
    def step(self) -> str:
        """What the page shows: "details", "question", "temperature"; "send" when there is nothing left to ask."""
        if self.detailed is not None:
            return "details"
        if self.asked is not None:
            return "question"
        if self.today.wants_temperature and (self.wrong or not (self.typed or self.go)):
            return TEMPERATURE
        return "send"

    @property
    def sends_part(self) -> bool:
        """Whether a part is sent now, because it says "có", and the rest is answered afterwards."""
        return self.go.startswith("next.") and self.asked is not None and any(self.answers.values())

    @property
    def said(self) -> list[tuple[int, Question, bool]]:
        """The answered questions with their place and answer, as cards above the next one."""
        numbered = enumerate(self.today.asked.questions, 1)
        return [(n, one, self.answers[one.key]) for n, one in numbered if one.key in self.answers]

    @property
    def number(self) -> int:
        """The place of the question that is asked, counted from one."""
        keys = [one.key for one in self.today.asked.questions]
        shown = self.detailed or self.asked
        return keys.index(shown.key) + 1 if shown else len(keys)

    @property
    def is_last(self) -> bool:
        """Whether "Không" to the question shown sends the declaration."""
        left = len(self.today.asked.questions) - len(self.answers)
        return left == 1 and (not self.today.wants_temperature or bool(self.typed))

    @property
    def calls(self) -> bool:
        """Whether any answer so far is "có": the number to call stands on top."""
        return any(self.answers.values())

    @property
    def all_answers(self) -> dict[str, bool]:
        """Answers and ticks as the action takes them."""
        return self.answers | {tick: True for tick in self.ticks if self.answers.get(tick.split(".")[0])}

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form carries along unseen: answers given, and ticks and temperature not on the screen now."""
        hidden = [(f"a.{key}", "yes" if said else "no") for key, said in self.answers.items()]
        shown = {key for key, _, _ in self.tickable} if self.step == "details" else set()
        hidden += [(tick, "on") for tick in sorted(self.ticks - shown)]
        return hidden if self.step in ("details", TEMPERATURE) else [*hidden, (TEMPERATURE, self.typed)]

    @property
    def tickable(self) -> list[tuple[str, str, bool]]:
        """The details under the question just answered "có": key, words, whether ticked."""
        question = self.detailed
        keyed = [(question.detail_key(one), str(one.label)) for one in question.details] if question else []
        return [(key, words, key in self.ticks) for key, words in keyed]

    def celsius(self) -> Decimal | None:
        """The typed temperature; None for none. Refused: bad-temperature."""
        return parse_celsius(self.typed, self.today.asked) if self.typed else None

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field; everything answered stays."""
        self.wrong[refusal.field if refusal.field in (TEMPERATURE, "reason") else ""] = refusal.sentence
