"""How often the public page was sent in a minute, counted in the database so that a restart forgets nothing (S-11)."""

from django.db import models


class GateTally(models.Model):
    """Sendings of one bucket (poster, device or network address, as a keyed hash) in one minute."""

    bucket = models.BinaryField(max_length=32)
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    NOT_SHOWN = "Counts of a bucket nobody can name; thrown away after a day."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "minute"],
                name="gate_tally_once",
                violation_error_message="Lượt gửi trong phút này đang được đếm.",
            )
        ]
        indexes = [models.Index(fields=["minute"], name="gate_tally_by_minute")]
