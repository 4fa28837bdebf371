"""Reading an official document: from its text to number, date, clauses and citations.

`read_structure` is the simple reader by the outward form of NĐ 30/2020; every reader fills the same `Reading`.
"""

from taicho.directives.rules.reading.structure import read_structure
from taicho.directives.rules.reading.values import Citation, Clause, Reading

__all__ = ["Citation", "Clause", "Reading", "read_structure"]
