"""Find communes by name for the import of a staff list."""

from datetime import date
from functools import cache

from taicho.organisation.divisions import DayOutsideSources, divisions_on
from taicho.organisation.rules.staff_sheet.communes import Find

COMMUNE = "commune"


def commune_finder(day: date) -> Find:
    """Codes of the communes with a name on `day`, under a unit of another name when one is given."""
    try:
        divisions = divisions_on(day)
    except DayOutsideSources:
        return lambda name, above: ()

    @cache
    def find(name: str, above: str) -> tuple[str, ...]:
        if not above:
            return tuple(one.code for one in divisions.find(name, level=COMMUNE))
        over = divisions.find(above)
        return tuple({one.code: None for each in over for one in divisions.find(name, level=COMMUNE, within=each.code)})

    return find
