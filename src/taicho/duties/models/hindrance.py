"""What the sweep could not open, so that somebody sees it and the rest goes on."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.models import Record
from taicho.organisation.models import Unit


class HindranceQuerySet(models.QuerySet):
    """Questions about hindrances."""

    def standing(self) -> Self:
        """Those that no later sweep has got over."""
        return self.filter(ended_at__isnull=True)


class Hindrance(Record):
    """Duties of one kind that an agency could not be given on a day. `error` is the name of what went wrong, no value.

    `kind` is empty where not even the kind is known, `agency` where it is not one agency alone. The cause stands in the
    log of the worker.
    """

    day = models.DateField(_("ngày"))
    agency = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("loại việc"), max_length=60, blank=True)
    error = models.CharField(_("lỗi"), max_length=100)
    times = models.PositiveIntegerField(_("số lần"), default=1)
    since = models.DateTimeField(_("từ lúc"))
    last_at = models.DateTimeField(_("lần cuối"))
    ended_at = models.DateTimeField(_("hết lúc"), null=True, blank=True)

    objects = HindranceQuerySet.as_manager()

    NOT_SHOWN = "Listed on the page of the system, whose policy lets the administrator in; names no person."

    class Meta:
        verbose_name = _("việc không mở được")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "agency", "kind"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="duties_hindrance_once",
                violation_error_message=_("Trở ngại này đã được ghi."),
            )
        ]
