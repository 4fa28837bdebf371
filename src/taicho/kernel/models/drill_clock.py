"""Settings of the drill clock; the last one holds."""

from django.db import models

from taicho.kernel.models.record import Record


class DrillClock(Record):
    """Somebody set the drill clock: from then on it runs `offset` away from the true time."""

    offset = models.DurationField()
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)

    VISIBLE_TO_EVERYONE = "The time of a drill is on every screen."
