"""Enrolled gate devices: the tablet at a gate, known by a random token of which only a keyed hash is kept (E1)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.gate.models.scope import KEEPS_GATES, WATCHES_GATES
from taicho.kernel.actor import Actor
from taicho.kernel.encrypted import BlindIndexField, EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Gate, Unit
from taicho.organisation.models.unit import agencies_of, in_ranges


class GateDeviceQuerySet(models.QuerySet):
    """Questions about gate devices."""

    def visible_to(self, actor: Actor) -> Self:
        """Devices of the agencies whose gates the actor watches, keeps or administers."""
        own = agencies_of(actor, WATCHES_GATES | KEEPS_GATES)
        run = in_ranges("agency__path", actor.reach([PostRole.ADMINISTRATOR]))
        return self.filter(Q(agency__path__in=own) | run)

    def in_use(self) -> Self:
        """Devices that have been enrolled and not revoked."""
        return self.filter(revoked_at__isnull=True, enrolled_at__isnull=False)


class GateDevice(Record):
    """A browser that stands at a gate. It is invited by the office, enrolled once with a code, and can be revoked.

    `token` lives in a cookie of the browser; the row keeps `token_index` only. `invitation` is sealed, and over at
    `invited_until`.
    """

    agency = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, verbose_name=_("cổng"), on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(_("tên thiết bị"), max_length=80)
    invitation = EncryptedTextField(max_length=10)
    invitation_index = BlindIndexField("invitation")
    invited_until = models.DateTimeField()
    invited_by = models.UUIDField(null=True, blank=True)
    token_hash = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    enrolled_at = models.DateTimeField(_("ghi nhận lúc"), null=True, blank=True)
    enrolled_by = models.UUIDField(null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    revoked_by = models.UUIDField(null=True, blank=True)

    objects = GateDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("thiết bị cổng")
        ordering = ["gate", "name", "pk"]
        indexes = [models.Index(fields=["invitation_index"], name="gate_device_by_invitation")]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "name"],
                condition=Q(revoked_at__isnull=True),
                name="gate_device_name_once_at_a_gate",
                violation_error_message=_(
                    "Cổng này đã có thiết bị mang tên đó. Chọn tên khác hoặc thu hồi thiết bị cũ."
                ),
            ),
            models.CheckConstraint(
                condition=Q(enrolled_at__isnull=True, token_hash__isnull=True)
                | Q(enrolled_at__isnull=False, token_hash__isnull=False),
                name="gate_device_enrolled_with_token",
                violation_error_message=_("Thiết bị đã ghi nhận phải có mã riêng."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def may_be_enrolled(self, at: datetime) -> bool:
        """Whether its code can still be used."""
        return self.enrolled_at is None and self.revoked_at is None and at < self.invited_until
