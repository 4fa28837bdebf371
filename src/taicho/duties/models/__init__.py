"""Records of duties."""

from taicho.duties.models.chase import Chase
from taicho.duties.models.duty import Duty, DutyMeasure
from taicho.duties.models.hindrance import Hindrance
from taicho.duties.models.steps import Discharge, Escalation, Exemption, Reminder
from taicho.duties.models.swept_day import SweptDay

__all__ = ["Chase", "Discharge", "Duty", "DutyMeasure", "Escalation", "Exemption", "Hindrance", "Reminder", "SweptDay"]
