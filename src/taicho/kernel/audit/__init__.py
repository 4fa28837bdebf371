"""The audit trail (L4, house § 6): written by every action, sealed by one sealer, verified by anyone with the key."""

from taicho.kernel.audit.commitments import forget, proves
from taicho.kernel.audit.writing import record, record_reading

__all__ = ["forget", "proves", "record", "record_reading"]
