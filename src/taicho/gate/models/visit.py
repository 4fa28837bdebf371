"""Visits: a visitor, the five fields of the book sealed with the person, whom they come to and why (E4, E5)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taicho.gate.enums import Purpose
from taicho.gate.models.scope import OfPersonAtGateQuerySet
from taicho.kernel.encrypted import EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.models import Gate, Person, Unit


class GateLink(Record):
    """The public page behind the poster of a gate. Its token hangs on the wall, so it is no secret; it can be renewed."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="links")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    VISIBLE_TO_EVERYONE = "Hangs on a wall as a QR code; its pages tell nothing about anybody."

    class Meta:
        verbose_name = _("mã trên bảng ở cổng")
        constraints = [
            models.UniqueConstraint(
                fields=["gate"],
                condition=Q(ended_at__isnull=True),
                name="gate_one_link_of_a_gate",
                violation_error_message=_("Cổng này đang có mã. Đổi mã cũ trước khi tạo mã mới."),
            )
        ]


class Visit(Record):
    """A visitor comes to somebody at an agency. The name of the host is what the visitor says; no list is shown to them.

    `client_id` is made before sending, so that the same form sent twice is one visit. A visit is over at `ends_at`.
    """

    client_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="visits")
    host = EncryptedTextField(_("người tiếp"), max_length=150)
    purpose = models.CharField(_("loại việc"), max_length=10, choices=Purpose)
    matter = EncryptedTextField(_("nội dung"), max_length=250, null=True, blank=True)
    content = models.BinaryField(max_length=32)
    registered_at = models.DateTimeField(_("lúc"))
    registered_by = models.UUIDField(_("người ghi"), null=True, blank=True)
    ends_at = models.DateTimeField()

    objects = OfPersonAtGateQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt khách")
        ordering = ["-registered_at", "-pk"]
        indexes = [models.Index(fields=["agency", "registered_at"], name="gate_visit_of_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["client_id"],
                name="gate_visit_sent_once",
                violation_error_message=_("Phiếu này đã được gửi với nội dung khác. Mở lại trang để khai phiếu mới."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("registered_at")),
                name="gate_visit_ends_after_start",
                violation_error_message=_("Thời điểm kết thúc phải sau thời điểm bắt đầu."),
            ),
        ]


class HostWord(Record):
    """The host confirmed the visit: who took the word at the gate, and when (E5)."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="host_word")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    taken_by = models.UUIDField(null=True, blank=True)
    taken_at = models.DateTimeField()

    NOT_SHOWN = "Read only beside its visit, which has visible_to."
