"""The trail of who did what when (L4): rows enter unlinked, the sealer chains them."""

from django.db import models


class AuditEntry(models.Model):
    """One step of one actor on one object. Keys are opaque; values appear only as a salted commitment."""

    chain = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    shown_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    machine = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=120)
    object_kind = models.CharField(max_length=80)
    object_key = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    commitment = models.BinaryField(null=True)

    NOT_SHOWN = "Read through the system log page, by its own policy."
