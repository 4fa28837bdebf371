"""Entries: who passed which gate which way and when. Rows are only added; a wrong one is answered by a new one (E1, K7)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.gate.enums import Direction, GateVerdict
from taicho.gate.models.gate_device import GateDevice
from taicho.gate.models.gate_exception import ExceptionDecision
from taicho.gate.models.scope import OfPersonAtGateQuerySet
from taicho.gate.models.visit import Visit
from taicho.kernel.models import Record
from taicho.organisation.models import Gate, Person, Site, Unit


class Entry(Record):
    """One passing, or one turned away (`admitted` False). Append-only: the table refuses changes by trigger.

    `client_id` is made on the device: sent twice it is one row. `at` is the server's time, `device_at` the device's.
    `checks` says of each thing asked whether it was there: booleans only, no figure. `guard` is the key of who did it.
    """

    client_id = models.UUIDField()
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="entries")
    device = models.ForeignKey(GateDevice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    direction = models.CharField(_("chiều"), max_length=3, choices=Direction)
    admitted = models.BooleanField(_("đã qua cổng"))
    verdict = models.CharField(_("kết quả"), max_length=20, choices=GateVerdict)
    checks = models.JSONField(_("các mục đã xem"), default=dict, blank=True)
    exception = models.ForeignKey(
        ExceptionDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    at = models.DateTimeField(_("lúc"))
    device_at = models.DateTimeField(_("giờ trên máy"), null=True, blank=True)
    guard = models.UUIDField(_("người ghi"), null=True, blank=True)

    objects = OfPersonAtGateQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt ra vào")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["person", "site", "-id"], condition=Q(admitted=True), name="gate_entry_last_of_person"
            ),
            models.Index(fields=["agency", "-at"], name="gate_entry_of_agency"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client_id"],
                name="gate_entry_sent_once",
                violation_error_message=_("Lượt này đã được ghi với nội dung khác. Quét lại thẻ để xem."),
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | Q(admitted=True),
                name="gate_nobody_is_refused_the_way_out",
                violation_error_message=_("Không ai bị giữ lại khi ra."),
            ),
            models.CheckConstraint(
                condition=~Q(admitted=True, direction=Direction.IN)
                | Q(verdict__in=[GateVerdict.ADMIT, GateVerdict.STILL_INSIDE]),
                name="gate_entry_admitted_by_verdict",
                violation_error_message=_("Chỉ ghi vào khi kết quả cho vào."),
            ),
        ]
