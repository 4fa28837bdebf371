"""Exceptions: the guard asks, the leader on duty decides with name, hour and reason (E3)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.gate.enums import GateVerdict
from taicho.gate.models.scope import DECIDES, WATCHES_GATES, AtGateQuerySet
from taicho.gate.models.visit import Visit
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.organisation.models import Gate, Person, Unit
from taicho.organisation.models.unit import agencies_of

REASON_LENGTH = 500


class ExceptionRequestQuerySet(AtGateQuerySet):
    """Questions about what guards asked."""

    def visible_to(self, actor: Actor) -> Self:
        """What is asked at the gates one watches, or of one as a leader."""
        return self.filter(agency__path__in=agencies_of(actor, WATCHES_GATES | DECIDES))

    def open(self) -> Self:
        """Requests that nobody has answered."""
        return self.filter(decision__isnull=True)


class ExceptionRequest(Record):
    """A guard asks whether somebody stopped by `verdict` may come in all the same today; never for health reasons."""

    client_id = models.UUIDField()
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(_("vì sao dừng"), max_length=20, choices=GateVerdict)
    asked_by = models.UUIDField(_("người hỏi"), null=True, blank=True)
    asked_at = models.DateTimeField(_("lúc hỏi"))
    holds_until = models.DateTimeField(_("có giá trị đến"))

    objects = ExceptionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị cho vào")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["person", "-holds_until"], name="gate_request_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["client_id"],
                name="gate_request_sent_once",
                violation_error_message=_("Đề nghị này đã được gửi."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=[GateVerdict.WAIT, GateVerdict.HIGH_TEMPERATURE, GateVerdict.UNKNOWN_CODE]),
                name="gate_request_is_never_about_health",
                violation_error_message=_("Trường hợp này không có ngoại lệ tại cổng. Gọi y tế cơ quan."),
            ),
        ]

    @property
    def answer(self) -> "ExceptionDecision | None":
        """The decision, once there is one."""
        return getattr(self, "decision", None)


class ExceptionDecisionQuerySet(models.QuerySet):
    """Questions about decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """Decisions on the requests the actor sees."""
        return self.filter(request__in=ExceptionRequest.objects.visible_to(actor).order_by().values("pk"))


class ExceptionDecision(Record):
    """The leader decides, in person; or said it by telephone and the guard wrote it down (`recorded_by`)."""

    request = models.OneToOneField(ExceptionRequest, on_delete=models.PROTECT, related_name="decision")
    allowed = models.BooleanField(_("cho vào"))
    leader = models.ForeignKey(Person, verbose_name=_("lãnh đạo"), on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("lý do"), max_length=REASON_LENGTH)
    decided_at = models.DateTimeField(_("lúc"))
    recorded_by = models.UUIDField(_("bảo vệ ghi lại lời qua điện thoại"), null=True, blank=True)

    objects = ExceptionDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quyết định cho vào")

    @property
    def by_telephone(self) -> bool:
        """Whether the guard wrote down what the leader said."""
        return self.recorded_by is not None
