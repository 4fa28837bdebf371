"""Addresses of the roster, in unaccented Vietnamese (ux.md 3)."""

from datetime import date

from django.urls import URLPattern, path, register_converter

from taicho.kernel.dates.reading import YEARS
from taicho.roster.web import days, naming, own


class DayConverter:
    """A day in an address: 2021-03-02. Anything else is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The day; ValueError (no such page) for one that is not in the calendar, or that nobody plans for."""
        day = date.fromisoformat(value)
        if day.year not in YEARS:
            raise ValueError(value)
        return day

    def to_url(self, value: date) -> str:
        """The day as it stands in the address."""
        return value.isoformat()


register_converter(DayConverter, "day")

app_name = "roster"

urlpatterns: list[URLPattern] = [
    path("phong-toi", days.my_unit, name="my-unit"),
    path("phong-toi/<day:day>", days.my_unit, name="my-unit-day"),
    path("phong-toi/<day:day>/<uuid:key>", days.unit, name="unit-day"),
    path("lich-cua-toi", own.my_schedule, name="my-schedule"),
    path("bien-phap/<uuid:key>/nguoi-thuong-truc", naming.name_holders, name="name-holders"),
]
