"""Steps in the life of a duty: each a row with who, when and why (house D7)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.duties.enums import ExemptionReason, StepState
from taicho.duties.models.duty import Duty
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.organisation.models import Person


class OfDutyQuerySet(models.QuerySet):
    """Questions about steps of duties."""

    def visible_to(self, actor: Actor) -> Self:
        """Steps of the duties the actor sees."""
        return self.filter(duty__in=Duty.objects.visible_to(actor).order_by().values("pk"))


class ExemptionQuerySet(OfDutyQuerySet):
    """Questions about exemptions."""

    def standing(self) -> Self:
        """Those that have not been taken back."""
        return self.filter(ended_at__isnull=True)

    def excuses(self) -> Self:
        """Those a person decided."""
        return self.filter(reason=ExemptionReason.EXCUSED)


class Discharge(Record):
    """The duty was done: `by` whom, `at` which instant, shown by `evidence` (the key of a record of any area).

    `how` are words of the person where the kind asks for them. Never changed, never taken back.
    """

    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="discharge")
    at = models.DateTimeField(_("lúc xong"))
    by = models.UUIDField(_("người làm"), null=True)
    evidence = models.UUIDField()
    how = models.CharField(_("kết quả"), max_length=1000, blank=True)

    objects = OfDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc đã xong")


class Exemption(Record):
    """The owner need not do it: left the scope, no measure asks it any more, or was excused. Ended when it is owed again.

    An excuse is decided `by` a person who says `why`; the sweep leaves it alone, `ended_by` is who takes it back.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="exemptions")
    reason = models.CharField(_("lý do"), max_length=20, choices=ExemptionReason)
    why = models.CharField(_("vì sao được miễn"), max_length=300, blank=True)
    by = models.UUIDField(_("người quyết định"), null=True)
    at = models.DateTimeField(_("từ lúc"))
    ended_at = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    ended_by = models.UUIDField(_("người bỏ miễn"), null=True, blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("miễn")
        constraints = [
            models.UniqueConstraint(
                fields=["duty"],
                condition=Q(ended_at__isnull=True),
                name="duties_one_exemption_at_a_time",
                violation_error_message=_("Việc này đang được miễn."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=ExemptionReason.EXCUSED) | (Q(by__isnull=False) & ~Q(why="")),
                name="duties_excuse_has_who_and_why",
                violation_error_message=_("Miễn cho ai phải ghi người quyết định và lý do."),
            ),
        ]


class Reminder(models.Model):
    """A step of the clock has come for this duty, and was sent or, when it came too late to help, skipped."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=StepState)
    at = models.DateTimeField()

    objects = OfDutyQuerySet.as_manager()

    NAMED_OTHERWISE = "A step in the clock of its duty; the message that went out has a key."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "step"],
                name="duties_reminder_once_a_step",
                violation_error_message=_("Lần nhắc này đã được ghi."),
            )
        ]


class Escalation(models.Model):
    """The superior was told, once, that this duty is late; `to` is None when there was nobody or it was too late."""

    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="escalation")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=StepState)
    at = models.DateTimeField()

    objects = OfDutyQuerySet.as_manager()

    NAMED_OTHERWISE = "A step in the clock of its duty; the message that went out has a key."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=StepState.SENT, to__isnull=False) | (~Q(state=StepState.SENT) & Q(to__isnull=True)),
                name="duties_escalation_sent_to_somebody",
                violation_error_message=_("Báo cấp trên phải có người nhận."),
            )
        ]
