"""Duties: what one person owes on one occasion, and the measures that ask it (A9, A12; house § 4)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from taicho.directives.models import Measure
from taicho.duties.enums import DutyState
from taicho.duties.rules.state import Clock, state_of
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.organisation.enums import HEAD_ROLES, PostRole
from taicho.organisation.models import Person, Unit
from taicho.organisation.models.unit import in_ranges

FOLLOWERS = HEAD_ROLES | {
    PostRole.OFFICE, PostRole.CLERK, PostRole.COMMAND_POST,
}  # fmt: skip
"""Posts that follow who has done what in the units they work for, by name; nobody above the agency does (A9)."""


def _followed(actor: Actor) -> Q:
    """Units within a following post's reach that belong to the agency the post is held in."""
    posts = [c for c in actor.capacities if c.role in FOLLOWERS]
    agencies = Unit.objects.filter(key__in=[c.unit for c in posts]).order_by().values("agency_path")
    return in_ranges("unit__path", tuple(c.reach for c in posts)) & Q(agency__path__in=agencies)


class DutyQuerySet(models.QuerySet):
    """Questions about duties."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those of the units whose work one follows."""
        return self.filter(Q(owner__key=actor.me) | _followed(actor))

    def followed_by(self, actor: Actor) -> Self:
        """Those of the units whose work the actor follows through a post."""
        return self.filter(_followed(actor))

    def waiting(self, at: datetime) -> Self:
        """Opened, not done, not exempted, and still possible to do at `at`."""
        return self.undone().filter(Q(closes_at__isnull=True) | Q(closes_at__gt=at), opens_at__lte=at)

    def undone(self) -> Self:
        """Neither done nor exempted."""
        from taicho.duties.models.steps import Discharge, Exemption

        return self.filter(
            ~Exists(Discharge.objects.filter(duty=OuterRef("pk"))),
            ~Exists(Exemption.objects.standing().filter(duty=OuterRef("pk"))),
        )

    def seen_in_time(self) -> Self:
        """Those that were there before they were due; the others passed while the system stood still."""
        return self.filter(Q(due_at__isnull=True) | Q(opened_at__lt=F("due_at")))


class Duty(Record):
    """One thing one person owes on one occasion. `occasion` is an ISO day or the key of what it is about.

    `unit` is the owner's at the opening, which fixes the denominator. `due_at` None: no document gives a time.
    After `closes_at` it cannot be done any more. `binding` False: only requests stand behind it, never late.
    While it is open, due time and force follow the measures; `opened_at` is when it was written here.
    """

    kind = models.CharField(_("loại việc"), max_length=60)
    owner = models.ForeignKey(Person, verbose_name=_("người làm"), on_delete=models.PROTECT, related_name="duties")
    agency = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="duties")
    occasion = models.CharField(max_length=80)
    title = models.CharField(_("việc"), max_length=300)
    opens_at = models.DateTimeField(_("mở lúc"))
    due_at = models.DateTimeField(_("hạn"), null=True, blank=True)
    closes_at = models.DateTimeField(_("hết hạn làm"), null=True, blank=True)
    binding = models.BooleanField(default=True)
    opened_at = models.DateTimeField()

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc")
        indexes = [
            models.Index(fields=["kind", "occasion", "unit"], name="duties_of_an_occasion"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="duties_by_due_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "occasion"],
                name="duties_duty_once_a_person_and_occasion",
                violation_error_message=_("Người này đã có việc này."),
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gt=F("opens_at")),
                name="duties_due_after_it_opens",
                violation_error_message=_("Hạn phải sau lúc mở việc."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="duties_closes_after_it_opens",
                violation_error_message=_("Lúc hết hạn làm phải sau lúc mở việc."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def clock(self) -> Clock:
        """The instants that decide how the duty stands."""
        return Clock(self.opened_at, self.due_at, self.closes_at, self.binding)

    def state(self, at: datetime) -> DutyState:
        """How it stands at `at`, with its steps as they are now. Two queries unless they were fetched."""
        discharge = getattr(self, "discharge", None)
        exempt = any(one.ended_at is None for one in self.exemptions.all())
        return state_of(self.clock, at, done_at=discharge and discharge.at, exempt=exempt)


class DutyMeasureQuerySet(models.QuerySet):
    """Questions about why duties are owed."""

    def visible_to(self, actor: Actor) -> Self:
        """Of the duties the actor sees."""
        return self.filter(duty__in=Duty.objects.visible_to(actor).order_by().values("pk"))


class DutyMeasure(models.Model):
    """A measure that asks for this duty; several measures of one document ask for one acknowledgement."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reasons")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="duties")

    objects = DutyMeasureQuerySet.as_manager()

    NAMED_OTHERWISE = "Shown as a vì line of its duty, under the key of the measure."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "measure"],
                name="duties_measure_once_a_duty",
                violation_error_message=_("Biện pháp này đã là căn cứ của việc."),
            )
        ]
