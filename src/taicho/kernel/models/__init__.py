"""Rows of the kernel."""

from taicho.kernel.models.audit_entry import AuditEntry
from taicho.kernel.models.audit_head import AuditHead
from taicho.kernel.models.audit_link import AuditLink
from taicho.kernel.models.audit_salt import AuditSalt
from taicho.kernel.models.drill_clock import DrillClock
from taicho.kernel.models.news_item import NewsDelivery, NewsItem
from taicho.kernel.models.record import Record
from taicho.kernel.models.versioned import Versioned

__all__ = [
    "AuditEntry",
    "AuditHead",
    "AuditLink",
    "AuditSalt",
    "DrillClock",
    "NewsDelivery",
    "NewsItem",
    "Record",
    "Versioned",
]
