"""Temperatures, taken at a gate, by the health post or typed with a declaration; the figure is sealed (E2, F1)."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.health.models.declaration import Declaration
from taicho.health.models.scope import OfPersonQuerySet
from taicho.kernel.encrypted import EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.models import Gate, Person, Unit


class Temperature(Record):
    """One reading. `judged_by` is the measure whose threshold it was held against; None where nobody decided one."""

    client_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="temperatures")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("ngày"))
    sealed_celsius = EncryptedTextField(_("thân nhiệt"), max_length=5)
    taken_at = models.DateTimeField(_("lúc đo"))
    taken_by = models.UUIDField(_("người đo"), null=True, blank=True)
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, null=True, related_name="+")
    declaration = models.OneToOneField(
        Declaration, on_delete=models.PROTECT, null=True, related_name="temperature"
    )  # fmt: skip
    judged_by = models.UUIDField(_("theo quyết định"), null=True, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("thân nhiệt")
        ordering = ["-taken_at", "-pk"]
        indexes = [models.Index(fields=["day", "person"], name="health_temperature_of_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["client_id"],
                name="health_temperature_sent_once",
                violation_error_message=_("Lần đo này đã được ghi với số khác."),
            ),
        ]

    @property
    def celsius(self) -> Decimal:
        """The reading in degrees Celsius."""
        return Decimal(self.sealed_celsius)
