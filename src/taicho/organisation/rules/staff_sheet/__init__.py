"""Read a staff list as offices keep it (B5, ux.md 14): values in, values out; no database, no clock, no HTTP.

`read_sheets` turns the sheets of a workbook into rows with facts and faults; `units` and `people` match what was read
with what the register holds.
"""

from taicho.organisation.rules.staff_sheet.reading import NoHeader, Reading, TooManyRows, read_sheets
from taicho.organisation.rules.staff_sheet.rows import Fault, ReadRow

__all__ = ["Fault", "NoHeader", "ReadRow", "Reading", "TooManyRows", "read_sheets"]
