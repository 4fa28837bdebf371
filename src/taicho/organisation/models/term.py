"""Terms: stretches of time in which something holds. Half-open, in UTC: `starts_at <= at < ends_at`."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class TimeRange(Func):
    """`tstzrange(starts_at, ends_at)`; an open end is unbounded."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class DayRange(Func):
    """`daterange(valid_from, valid_to, '[]')`: both days belong to it; an open end is unbounded."""

    function = "DATERANGE"
    output_field = DateRangeField()


TERM = TimeRange("starts_at", "ends_at")
VALIDITY = DayRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class TermQuerySet(models.QuerySet):
    """Questions about terms."""

    def in_force(self, at: datetime) -> Self:
        """Rows that hold at `at`."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)

    def not_over(self, at: datetime) -> Self:
        """Rows that hold at `at` or will begin later."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


class Term(models.Model):
    """A row that holds for a stretch of time. Ending it takes effect at that very instant (trust.md, A13)."""

    starts_at = models.DateTimeField(_("từ"))
    ends_at = models.DateTimeField(_("đến"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=_("Thời điểm kết thúc phải sau thời điểm bắt đầu."),
            )
        ]

    def holds_at(self, at: datetime) -> bool:
        """Whether this row is in force at `at`."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)
