"""Places of work: sites with gates and rooms (D8, E1, G2). A site stays where it is; who holds it changes."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record, Versioned
from taicho.organisation.models.named import ComparedByName, Named
from taicho.organisation.models.term import VALIDITY
from taicho.organisation.models.unit import Unit


class SiteQuerySet(models.QuerySet):
    """Questions about sites."""

    def held_by(self, units: models.QuerySet, day: date) -> Self:
        """Sites held on `day` by one of `units`."""
        holdings = SiteHolding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
        return self.filter(pk__in=holdings.filter(unit__in=units.order_by().values("pk")).values("site"))

    def visible_to(self, actor: Actor) -> Self:
        """Sites of the units the actor sees, today."""
        return self.held_by(Unit.objects.visible_to(actor), clock.today())


class Site(Named, Record, Versioned):
    """A place of work with an address of its own."""

    name = models.CharField(_("tên địa điểm"), max_length=120)
    address = models.CharField(_("địa chỉ"), max_length=250)
    division = models.CharField(_("xã, phường"), max_length=8, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def holder(self) -> Unit | None:
        """The unit that holds the site today."""
        return holder_on(self.pk, clock.today())


def holder_on(site: int, day: date) -> Unit | None:
    """The unit that holds a site (primary key) on `day`; None while nobody does."""
    then = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    holding = SiteHolding.objects.filter(then, site=site, valid_from__lte=day).select_related("unit").first()
    return holding.unit if holding else None


class SiteHolding(Record):
    """An agency holds a site from a day to a day (both included). One holder at a time."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="holdings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="holdings")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    VISIBLE_TO_EVERYONE = "Read only beside a site, which has visible_to."

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_site_held_by_one",
                expressions=[("site", RangeOperators.EQUAL), (VALIDITY, RangeOperators.OVERLAPS)],
                violation_error_message=_("Địa điểm này đang do một đơn vị khác quản lý trong thời gian đó."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_holding_ends_after_start",
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
        ]


class PlaceQuerySet(models.QuerySet):
    """Questions about the parts of a site."""

    def visible_to(self, actor: Actor) -> Self:
        """Gates and rooms of the sites the actor sees."""
        return self.filter(site__in=Site.objects.visible_to(actor).order_by().values("pk"))


class Place(ComparedByName, Record, Versioned):
    """A named part of a site. Names are compared without case and marks: "Cổng chính" is there once."""

    name = models.CharField(_("tên"), max_length=80)
    name_folded = models.CharField(max_length=80, editable=False, default="")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Gate(Place):
    """A gate (cổng) of a site, where people are checked in and out."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="gates")
    name = models.CharField(_("tên cổng"), max_length=80)
    closed_on = models.DateField(_("đóng từ ngày"), null=True, blank=True)

    class Meta(Place.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name_folded"],
                name="organisation_gate_name_once_at_a_site",
                violation_error_message=_("Địa điểm này đã có cổng mang tên đó."),
            )
        ]


class Room(Place):
    """A room of a site. `area_m2` in square metres; `seats` at full use, without any spacing."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("tên phòng"), max_length=80)
    floor = models.CharField(_("tầng, khu nhà"), max_length=40, blank=True)
    area_m2 = models.DecimalField(_("diện tích (m²)"), max_digits=7, decimal_places=1, null=True, blank=True)
    seats = models.PositiveSmallIntegerField(_("số chỗ ngồi"), null=True, blank=True)
    closed_on = models.DateField(_("đóng từ ngày"), null=True, blank=True)

    class Meta(Place.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name_folded"],
                name="organisation_room_name_once_at_a_site",
                violation_error_message=_("Địa điểm này đã có phòng mang tên đó."),
            ),
            models.CheckConstraint(
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0),
                name="organisation_room_area_is_positive",
                violation_error_message=_("Diện tích phải lớn hơn 0 m²."),
            ),
        ]
