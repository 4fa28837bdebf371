"""Communes by the name people type, and names by code (B1, B5): nobody has to know a code."""

from datetime import date
from functools import cache

from taicho.organisation.divisions import DayOutsideSources, all_divisions, divisions_on

COMMUNE = "commune"


def communes_named(text: str, day: date) -> tuple[str, ...]:
    """Codes of the communes of `day` that the text can mean: "Phường Ba Đình", "P. Ba Đình, Hà Nội", or a code.

    Parts after a comma name units above, the nearest first. A code that another day knows is taken too: lists and drills
    speak of the past.
    """
    name, *above = (part.strip() for part in text.split(","))
    if name.isdecimal():
        return (name,) if not above and name in _codes() else ()
    try:
        divisions = divisions_on(day)
    except DayOutsideSources:
        return ()
    within = [""]
    for part in reversed([part for part in above if part]):
        within = [one.code for outer in within for one in divisions.find(part, within=outer)]
    found = (one.code for outer in within for one in divisions.find(name, level=COMMUNE, within=outer))
    return tuple(dict.fromkeys(found))


def commune_name(code: str, day: date) -> str:
    """The commune as people write it: "Phường Ba Đình, Thành phố Hà Nội"; of a code that `day` does not know, the latest
    name it had; the code itself when no source knows it."""
    try:
        divisions = divisions_on(day)
        if code in divisions:
            return divisions.address(code)
    except DayOutsideSources:
        pass
    return _codes().get(code, code)


@cache
def _codes() -> dict[str, str]:
    """The last known name of every code that ever was a commune's."""
    return {one.code: one.full_name for one in all_divisions() if one.level == COMMUNE}
