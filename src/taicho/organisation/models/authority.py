"""Outside authorities and the communes they serve (B6)."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.models import Record
from taicho.organisation.enums import AuthorityKind
from taicho.organisation.models.named import ComparedByName
from taicho.organisation.models.term import VALIDITY
from taicho.organisation.models.unit import Unit
from taicho.organisation.models.versioned import Versioned


class ValidityQuerySet(models.QuerySet):
    """Questions about rows that hold on days; `valid_to` is the last day."""

    def in_force(self, day: date) -> Self:
        """Rows in force on `day`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class OutsideAuthority(ComparedByName, Record, Versioned):
    """A body outside the tree that is called: health station, CDC, Sở Y tế, police, the committee above."""

    kind = models.CharField(_("loại"), max_length=20, choices=AuthorityKind)
    name = models.CharField(_("tên"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    phone = models.CharField(_("điện thoại trực"), max_length=15)
    other_phone = models.CharField(_("điện thoại khác"), max_length=15, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    address = models.CharField(_("địa chỉ"), max_length=250, blank=True)
    kept_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="kept_authorities")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    VISIBLE_TO_EVERYONE = "Public telephone numbers that anybody in the building may need in an emergency."

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            ExclusionConstraint(
                name="organisation_authority_name_once_at_a_time",
                expressions=[("name_folded", RangeOperators.EQUAL), (VALIDITY, RangeOperators.OVERLAPS)],
                violation_error_message=_("Danh bạ đã có cơ quan mang tên này."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_authority_ends_after_start",
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceArea(Record):
    """An authority serves a commune from a day to a day (both included)."""

    authority = models.ForeignKey(OutsideAuthority, on_delete=models.PROTECT, related_name="areas")
    kind = models.CharField(max_length=20, choices=AuthorityKind, editable=False)
    division = models.CharField(_("xã, phường"), max_length=8)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    VISIBLE_TO_EVERYONE = "Which health station serves which commune is public."

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_one_health_station_per_commune",
                expressions=[("division", RangeOperators.EQUAL), (VALIDITY, RangeOperators.OVERLAPS)],
                condition=Q(kind=AuthorityKind.HEALTH_STATION),
                violation_error_message=_("Xã, phường này đã có Trạm Y tế phụ trách trong thời gian đó."),
            ),
            ExclusionConstraint(
                name="organisation_authority_serves_a_commune_once",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("division", RangeOperators.EQUAL),
                    (VALIDITY, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Cơ quan này đã được ghi là phụ trách xã, phường đó."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_area_ends_after_start",
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        """The kind is the authority's, kept here so that the constraint can see it."""
        self.kind = self.authority.kind
        super().save(*args, **kwargs)  # type: ignore[arg-type]
