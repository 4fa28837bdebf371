"""Daily health declarations: who declared when stands in clear, what was answered is sealed (F1, L3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taicho.health.models.scope import OfPersonQuerySet
from taicho.kernel.encrypted import EncryptedJSONField, EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.models import Person, Unit

REASON_LENGTH = 500


class Declaration(Record):
    """One declaration; never edited: a correction is a new row of the same day that points at the old one.

    `client_id` is made before sending, so that the same declaration sent twice is one. `turn` counts those a measure
    asks on one day. `shown` names the evidence of a declaration made elsewhere, whose answers are not known here.
    """

    client_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declarations")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("ngày"))
    turn = models.PositiveSmallIntegerField(_("lần trong ngày"), default=1)
    questionnaire = models.CharField(_("mẫu khai báo"), max_length=40, blank=True)
    answers = EncryptedJSONField(_("câu trả lời"), null=True, blank=True)
    shown = models.CharField(_("bằng chứng đã xem"), max_length=80, blank=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = EncryptedTextField(_("lý do sửa"), max_length=REASON_LENGTH, null=True, blank=True)
    made_at = models.DateTimeField(_("lúc khai báo"))
    device_at = models.DateTimeField(_("giờ trên máy"), null=True, blank=True)
    typed_by = models.UUIDField(_("người nhập"), null=True, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("khai báo y tế")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["day", "person"], name="health_declaration_of_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["client_id"],
                name="health_declaration_sent_once",
                violation_error_message=_("Khai báo này đã được gửi với nội dung khác. Mở lại trang để xem."),
            ),
            models.UniqueConstraint(
                fields=["person", "day", "turn"],
                condition=Q(corrects__isnull=True, shown=""),
                name="health_declaration_once_a_turn",
                violation_error_message=_("Hôm nay đã có khai báo. Muốn đổi câu trả lời, hãy sửa khai báo đó."),
            ),
            models.UniqueConstraint(
                fields=["person", "day", "shown"],
                condition=~Q(shown=""),
                name="health_declaration_shown_once_a_day",
                violation_error_message=_("Bằng chứng này đã được ghi hôm nay."),
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=False, shown="") & ~Q(questionnaire="")
                | Q(answers__isnull=True, questionnaire="") & ~Q(shown=""),
                name="health_declaration_is_answered_or_shown",
                violation_error_message=_("Khai báo phải có câu trả lời hoặc bằng chứng đã xem."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="health_declaration_corrects_another",
                violation_error_message=_("Một khai báo không thể sửa chính nó."),
            ),
        ]

    @property
    def code(self) -> str:
        """What people read out: "KB-2502-7F3K2Q", from the day and the key."""
        return f"KB-{self.day:%d%m}-{str(self.key)[:6].upper()}"
