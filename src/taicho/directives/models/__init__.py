"""Records of directives."""

from taicho.directives.models.clause import Citation, Clause
from taicho.directives.models.measure import Measure, MeasureRelation, OfficeDecision, Withdrawal

__all__ = ["Citation", "Clause", "Measure", "MeasureRelation", "OfficeDecision", "Withdrawal"]
