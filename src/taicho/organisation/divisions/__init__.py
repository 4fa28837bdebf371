"""Administrative divisions of Việt Nam at any day the sources cover: 63/705/10,599 in 2021, 34/0/3,321 today (B1).

Pure reading of a small table beside this file; no database. Where the table comes from, what each source speaks for
and which dates are not known: SOURCES.md. Level labels of the time: `taicho.organisation.rules.levels`.
"""

from taicho.organisation.divisions.rows import Division, all_divisions
from taicho.organisation.divisions.sets import DayOutsideSources, DivisionSet, divisions_on

__all__ = ["DayOutsideSources", "Division", "DivisionSet", "all_divisions", "divisions_on"]
