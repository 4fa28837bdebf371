"""The trail of who did what when (L4): rows enter unlinked, the sealer chains them."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor

READERS = frozenset({"administrator", "leader"})
"""Roles that read the system log of the top-level unit in which they are held."""


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Entries of the trail, by who may see them."""

    def visible_to(self, actor: Actor) -> "AuditEntryQuerySet":
        """Entries of the chains whose top-level unit `actor` administers or leads."""
        return self.filter(chain__in={c.unit for c in actor.capacities if c.role in READERS})


class AuditEntry(models.Model):
    """One step of one actor on one object. Keys are opaque; values appear only as a salted commitment.

    `writer` and `number` count what one database connection committed, without gaps; `stamp` is a keyed hash over all
    other columns, made by the application with a key that is not in the database. The table refuses change (0002).
    """

    chain = models.UUIDField(null=True)
    writer = models.BigIntegerField()
    number = models.PositiveBigIntegerField()
    happened_at = models.DateTimeField()
    shown_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    machine = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=120)
    object_kind = models.CharField(max_length=80)
    object_key = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    commitment = models.BinaryField(null=True)
    stamp = models.BinaryField()

    objects = AuditEntryQuerySet.as_manager()

    NAMED_OTHERWISE = "By chain and position, as its seal names it."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["writer", "number"],
                name="kernel_audit_number_once",
                violation_error_message=_("Số thứ tự này của phiên ghi đã có trong nhật ký hệ thống."),
            ),
            models.CheckConstraint(
                condition=models.Q(Exact(Length("stamp"), 16)),
                name="kernel_audit_stamped",
                violation_error_message=_("Dòng nhật ký hệ thống phải mang dấu xác thực của hệ thống."),
            ),
        ]
