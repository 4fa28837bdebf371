"""Records of directives."""

from taicho.directives.models.clause import Citation, Clause
from taicho.directives.models.measure import Measure, MeasureRelation, OfficeDecision, Withdrawal
from taicho.directives.models.pending_reading import PendingReading

__all__ = [
    "Citation",
    "Clause",
    "Measure",
    "MeasureRelation",
    "OfficeDecision",
    "PendingReading",
    "Withdrawal",
]
