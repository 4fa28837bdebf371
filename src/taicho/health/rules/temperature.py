"""Read a body temperature as people type it: 36,5 · 36.5 · 365 (ux.md 7), and judge it by the office's threshold (E2)."""

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

from taicho.health.rules.questionnaire import Questionnaire
from taicho.kernel.numbers import number
from taicho.kernel.refusals import Refusal

TYPED = re.compile(r"([0-9]{2})(?:[.,]?([0-9]))?\s*(?:°?\s*[cC]|độ)?")


def parse_celsius(typed: str, asked: Questionnaire) -> Decimal:
    """Degrees Celsius with one decimal, also from full-width keys. Refused: bad-temperature, naming the range believed."""
    found = TYPED.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    value = Decimal(f"{found[1]}.{found[2] or 0}") if found else None
    return plausible(value, asked)


def plausible(value: Decimal | None, asked: Questionnaire) -> Decimal:
    """The value when it can be a body temperature, rounded to one decimal. Refused: bad-temperature."""
    if value is None or not asked.least_c <= value <= asked.most_c:
        raise Refusal(
            _("Nhập thân nhiệt từ %(least)s đến %(most)s °C.")
            % {"least": number(asked.least_c, 1), "most": number(asked.most_c, 1)},
            code="bad-temperature",
            field="temperature",
        )
    return value.quantize(Decimal("0.1"))


def is_high(celsius: Decimal, at_least_c: float | Decimal) -> bool:
    """Whether a temperature reaches the threshold that the office decided (no document states one)."""
    return celsius >= Decimal(str(at_least_c))
