"""Write figures the Vietnamese way (ux.md 8): 1.234.567 · 36,5 · 50% · 36,5 °C. The same in both languages."""

from decimal import ROUND_HALF_UP, Decimal

NO_BREAK = "\N{NO-BREAK SPACE}"


def number(value: int | float | Decimal, places: int = 0) -> str:
    """Dots between thousands, a comma before `places` decimals, halves rounded up as on paper: 1.234.567 · 36,5."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    written = f"{exact + 0:,f}"
    return written.translate(str.maketrans(",.", ".,"))


def percent(value: int | float | Decimal, places: int = 0) -> str:
    """A percentage without a space, `value` in hundredths of the whole (50 is one half): 50% · 33,3%."""
    return number(value, places) + "%"


def temperature(degrees: float | Decimal) -> str:
    """Degrees Celsius to one decimal, with a space that does not break: 36,5 °C."""
    return f"{number(degrees, 1)}{NO_BREAK}°C"
