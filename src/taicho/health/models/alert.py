"""Health alerts: somebody answered "có" or was measured at the threshold; what is done about it, step by step (E6, F8)."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from taicho.health.enums import AlertStepKind
from taicho.health.models.declaration import REASON_LENGTH, Declaration
from taicho.health.models.scope import OfHealthPostQuerySet, cared_for
from taicho.health.models.temperature import Temperature
from taicho.kernel.actor import Actor
from taicho.kernel.encrypted import EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.models import OutsideAuthority, Person, Unit


class HealthAlertQuerySet(OfHealthPostQuerySet):
    """Questions about alerts."""

    def open(self) -> Self:
        """Alerts that nobody has closed."""
        closed = AlertStep.objects.filter(alert=OuterRef("pk"), kind=AlertStepKind.CLOSED)
        return self.filter(~Exists(closed))


class HealthAlert(Record):
    """Opened by a declaration or by a temperature. Which answer or figure it was stays sealed in that row."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="health_alerts")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, null=True, related_name="alert")
    temperature = models.OneToOneField(Temperature, on_delete=models.PROTECT, null=True, related_name="alert")
    opened_at = models.DateTimeField(_("từ lúc"))

    objects = HealthAlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("cảnh báo sức khỏe")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["person"], name="health_alert_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(declaration__isnull=False, temperature__isnull=True)
                | Q(declaration__isnull=True, temperature__isnull=False),
                name="health_alert_has_one_ground",
                violation_error_message=_("Cảnh báo phải có đúng một căn cứ: khai báo hoặc thân nhiệt."),
            )
        ]


class AlertStepQuerySet(models.QuerySet):
    """Questions about what was done."""

    def visible_to(self, actor: Actor) -> Self:
        """Steps on the alerts the actor sees."""
        return self.filter(cared_for(actor, of="alert__person"))


class AlertStep(Record):
    """Somebody called a health body, led the person to the waiting area, or closed the alert with a reason."""

    alert = models.ForeignKey(HealthAlert, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("việc đã làm"), max_length=20, choices=AlertStepKind)
    authority = models.ForeignKey(
        OutsideAuthority, verbose_name=_("đã gọi"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = EncryptedTextField(_("ghi chú"), max_length=REASON_LENGTH, null=True, blank=True)
    taken_by = models.UUIDField(_("người làm"), null=True, blank=True)
    taken_at = models.DateTimeField(_("lúc"))

    objects = AlertStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc đã làm")
        ordering = ["taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alert"],
                condition=Q(kind=AlertStepKind.CLOSED),
                name="health_alert_closed_once",
                violation_error_message=_("Cảnh báo này đã được kết thúc."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=AlertStepKind.CLOSED) | Q(note__isnull=False),
                name="health_alert_closed_with_reason",
                violation_error_message=_("Ghi lý do kết thúc cảnh báo."),
            ),
            models.CheckConstraint(
                condition=Q(kind=AlertStepKind.CALLED) | Q(authority__isnull=True),
                name="health_alert_only_a_call_has_an_authority",
                violation_error_message=_("Chỉ cuộc gọi mới ghi cơ quan được gọi."),
            ),
        ]
