"""Heads of audit chains that left the database: written to the anchor file or handed to the level above (A17)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditHead(models.Model):
    """Where a chain stood when somebody outside the database was told.

    `line` is the line of the anchor file, or `given_to` the key of the unit that received the head in a report.
    """

    chain = models.UUIDField()
    position = models.PositiveBigIntegerField()
    hash = models.BinaryField()
    given_at = models.DateTimeField()
    given_to = models.UUIDField(null=True)
    line = models.PositiveBigIntegerField(null=True, unique=True)

    NOT_SHOWN = "Seals of the trail: read by verify, not by people."

    class Meta:
        indexes = [models.Index(fields=["chain", "line"], name="kernel_audit_head_of_chain")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(line__isnull=True) ^ models.Q(given_to__isnull=True),
                name="kernel_audit_head_has_one_holder",
                violation_error_message=_("Một đầu chuỗi được neo vào tệp hoặc gửi cho một đơn vị, không cả hai."),
            )
        ]
