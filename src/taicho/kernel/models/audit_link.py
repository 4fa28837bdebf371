"""Links of the audit chains: the sealer's statement that an entry stood at this position, unchanged (L4)."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

NO_ROOT = UUID(int=0)
"""The chain of entries whose actor has no top-level unit (installation, first start, strangers)."""


class AuditLink(models.Model):
    """Position of one entry in the chain of its top-level unit.

    The entry is not a foreign key: checking it would lock every entry again, and a link that outlives its entry is what
    `verify` looks for. `fingerprint` holds one checksum per column, so that damage can be named; `hash` covers all.
    """

    entry_id = models.BigIntegerField(primary_key=True)
    chain = models.UUIDField()
    position = models.PositiveBigIntegerField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    fingerprint = models.BinaryField()
    hash = models.BinaryField()

    NOT_SHOWN = "Seals of the trail: read by verify, not by people."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "position"],
                name="kernel_audit_position_once",
                violation_error_message=_("Vị trí này trong chuỗi nhật ký đã có dòng khác."),
            )
        ]
