"""Who was where, from when until when, and what shows it (D11, E3)."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.organisation.enums import HEAD_ROLES, PostRole
from taicho.organisation.models import Person, Site, StaffMembership, Unit
from taicho.organisation.models.term import TimeRange
from taicho.organisation.models.unit import agencies_of, in_ranges
from taicho.presence.enums import Direction

SEES_THE_HOUSE = frozenset(
    {
        PostRole.GUARD,
        PostRole.ENTRANCE_DESK,
        PostRole.OFFICE,
        PostRole.CHIEF_OF_OFFICE,
        PostRole.HEALTH_POST,
        PostRole.COMMAND_POST,
    }
)
"""Posts whose work is to know who is in the house; heads know it of their own unit, nobody of another agency."""


class Passage(Record):
    """Somebody came in at a site, or went out. Never changed. `evidence` and `evidence_key` name what shows it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="passages")
    direction = models.CharField(max_length=3, choices=Direction)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("lúc"))
    evidence = models.CharField(_("căn cứ"), max_length=40)
    evidence_key = models.UUIDField()

    NOT_SHOWN = "Only the stays made from passages are shown; they have visible_to."

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="presence_passages_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["direction", "evidence_key"],
                name="presence_passage_once",
                violation_error_message=_("Lượt ra, vào này đã được ghi."),
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.OUT) | Q(site__isnull=False),
                name="presence_come_in_somewhere",
                violation_error_message=_("Lượt vào phải ghi địa điểm."),
            ),
        ]


class StayQuerySet(models.QuerySet):
    """Questions about stays."""

    def running(self, at: object) -> Self:
        """Stays that have begun and not ended at the instant `at`."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)

    def visible_to(self, actor: Actor) -> Self:
        """One's own; the house's for those who keep it; those of the own unit's people for its heads; none from above."""
        serving = StaffMembership.objects.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=OuterRef("from_at")),
            in_ranges("unit__path", actor.reach(HEAD_ROLES)),
            person=OuterRef("person"),
            starts_at__lte=OuterRef("from_at"),
        )
        return self.filter(
            Q(person__key=actor.me)
            | Q(agency__path__in=agencies_of(actor, SEES_THE_HOUSE))
            | Q(Exists(serving), agency__path__in=agencies_of(actor, HEAD_ROLES))
        )


class Stay(Record):
    """A person is at a site from an instant until an instant, made from passages (`rules.stays`).

    `agency` held the site on that day. `until_at` without `departure`: left unseen, at the latest then.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="stays")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_at = models.DateTimeField(_("vào lúc"))
    until_at = models.DateTimeField(_("ra lúc"), null=True, blank=True)
    arrival = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="stay_begun")
    departure = models.OneToOneField(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="stay_ended"
    )

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt có mặt")
        ordering = ["from_at", "pk"]
        indexes = [
            models.Index(fields=["site", "from_at"], name="presence_stays_at_site"),
            models.Index(fields=["site"], condition=Q(until_at__isnull=True), name="presence_still_inside"),
        ]
        constraints = [
            ExclusionConstraint(
                name="presence_in_one_place_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (TimeRange("from_at", "until_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Người này đang có mặt ở một nơi khác trong thời gian đó."),
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="presence_ends_after_start",
                violation_error_message=_("Lúc ra không được trước lúc vào."),
            ),
            models.CheckConstraint(
                condition=Q(departure__isnull=True) | Q(until_at__isnull=False),
                name="presence_departure_ends_the_stay",
                violation_error_message=_("Đã ghi lượt ra thì phải có giờ ra."),
            ),
        ]
