"""Figures as Vietnamese offices write them (ux.md 8)."""

from decimal import Decimal

import pytest

from taicho.kernel.numbers import number, percent, temperature


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1.000"),
        (1234567, 0, "1.234.567"),
        (-1234567, 0, "-1.234.567"),
        (36.5, 1, "36,5"),
        (36, 1, "36,0"),
        (1234.5, 2, "1.234,50"),
        (-1234.5, 1, "-1.234,5"),
        (0.125, 2, "0,13"),
        (Decimal("12345678901234.5"), 1, "12.345.678.901.234,5"),
    ],
)
def test_dots_stand_between_thousands_and_a_comma_before_decimals(value, places, written):
    assert number(value, places) == written


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "-1"),
        (1.005, 2, "1,01"),
        (2.675, 2, "2,68"),
        (0.49, 0, "0"),
    ],
)
def test_halves_are_rounded_up_as_on_paper_not_as_in_a_machine(value, places, written):
    assert number(value, places) == written


@pytest.mark.parametrize(("value", "places"), [(-0.4, 0), (-0.0, 0), (Decimal("-0.04"), 1)])
def test_nothing_is_never_below_zero(value, places):
    assert number(value, places) == number(0, places)


@pytest.mark.parametrize(("value", "places", "written"), [(50, 0, "50%"), (33.333, 1, "33,3%"), (1250, 0, "1.250%")])
def test_a_percentage_has_no_space(value, places, written):
    assert percent(value, places) == written


@pytest.mark.parametrize(
    ("degrees", "written"),
    [(36.5, "36,5\u00a0°C"), (37, "37,0\u00a0°C"), (38.25, "38,3\u00a0°C"), (37.949, "37,9\u00a0°C")],
)
def test_a_temperature_has_one_decimal_and_never_breaks_before_its_degrees(degrees, written):
    assert temperature(degrees) == written
