"""Which days have been opened, so that a day that passed while the system stood still is not forgotten."""

from datetime import datetime

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

    def rests(self, seen: str, at: datetime) -> bool:
        """Whether nothing has changed since it was swept, and nothing opens before a later time than `at`.

        A day that has passed is seen as of its end, which no sweep saw while it ran: it rests only after a failure.
        """
        return self.seen == seen and self.swept_at <= at < self.next_at

    NOT_SHOWN = "Bookkeeping of the sweep; what it opened is shown."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                name="duties_day_swept_once",
                violation_error_message=_("Ngày này đã được mở việc."),
            )
        ]
