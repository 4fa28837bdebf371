"""Where a member of staff works on a day, as registered beforehand (D3)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.organisation.enums import HEAD_ROLES, PostRole
from taicho.organisation.models import Person, Unit
from taicho.organisation.models.unit import agencies_of, in_ranges
from taicho.roster.enums import Absence, Mode

SEES_ALL_PLANS = frozenset(
    {
        PostRole.GUARD,
        PostRole.ENTRANCE_DESK,
        PostRole.OFFICE,
        PostRole.CHIEF_OF_OFFICE,
        PostRole.HEALTH_POST,
        PostRole.COMMAND_POST,
    }
)
"""Posts whose work needs the plan of the whole agency; heads see their own unit's, nobody from above sees any."""


class RegistrationQuerySet(models.QuerySet):
    """Questions about registrations."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, the agency's for those who need the plan, the own unit's for its heads."""
        headed = in_ranges("unit__path", actor.reach(HEAD_ROLES))
        return self.filter(
            Q(person__key=actor.me)
            | Q(unit__agency_path__in=agencies_of(actor, SEES_ALL_PLANS))
            | Q(headed, unit__agency_path__in=agencies_of(actor, HEAD_ROLES))
        )


class Registration(Record):
    """One person, one day, one place of work. `exception`: why the person may come though the cap is full, and by whom."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("ngày"))
    mode = models.CharField(_("nơi làm việc"), max_length=10, choices=Mode)
    absence = models.CharField(_("lý do vắng"), max_length=10, choices=Absence, blank=True)
    exception = models.CharField(_("lý do ngoại lệ"), max_length=250, blank=True)
    excepted_by = models.UUIDField(_("người cho phép ngoại lệ"), null=True, blank=True)
    registered_by = models.UUIDField(_("người đăng ký"), null=True, blank=True)
    registered_at = models.DateTimeField(_("lúc đăng ký"))

    objects = RegistrationQuerySet.as_manager()

    @property
    def place(self) -> str:
        """Where, as a form writes it: "on_site", "absent:leave"."""
        return f"{self.mode}:{self.absence}" if self.absence else self.mode

    class Meta:
        verbose_name = _("đăng ký nơi làm việc")
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["day", "person"], name="roster_registrations_of_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                name="roster_one_place_a_day",
                violation_error_message=_("Người này đã được đăng ký cho ngày đó."),
            ),
            models.CheckConstraint(
                condition=Q(mode=Mode.ABSENT, absence__in=Absence.values) | (~Q(mode=Mode.ABSENT) & Q(absence="")),
                name="roster_absence_has_a_reason",
                violation_error_message=_("Chọn lý do vắng; người làm việc thì không có lý do vắng."),
            ),
            models.CheckConstraint(
                condition=Q(exception="", excepted_by__isnull=True)
                | (~Q(exception="") & Q(mode=Mode.ON_SITE, excepted_by__isnull=False)),
                name="roster_exception_is_named_and_on_site",
                violation_error_message=_("Ngoại lệ chỉ cho người đến cơ quan, có lý do và tên người cho phép."),
            ),
        ]
