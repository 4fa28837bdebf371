"""Which days have been opened, so that a day that passed while the system stood still is not forgotten."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.kernel.models import Record


class SweptDay(Record):
    """The duties of a local day have been opened. `closed`: once more after the day was over, so nothing can be missing.

    `seen` stands for everything the sweep looked at; while it is the same, there is nothing to open before `next_at`.
    """

    day = models.DateField()
    swept_at = models.DateTimeField()
    seen = models.CharField(max_length=64)
    next_at = models.DateTimeField()
    closed = models.BooleanField(default=False)

    NOT_SHOWN = "Bookkeeping of the sweep; what it opened is shown."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                name="duties_day_swept_once",
                violation_error_message=_("Ngày này đã được mở việc."),
            )
        ]
