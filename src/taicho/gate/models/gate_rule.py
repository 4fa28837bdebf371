"""What the gates of an agency ask on a day, put together once instead of at every scan (E2).

A row tells by itself whether it is still true: it keeps how many measures, withdrawals and relations of the gate it was
made from, none of which is ever deleted. The check compares those counts; a row that differs is made anew first.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from taicho.gate.enums import Audience
from taicho.organisation.models import Unit


class GateRule(models.Model):
    """The requirements of one audience at the gates of an agency on one day. `line`: the agency and the units above it."""

    agency = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    audience = models.CharField(max_length=10, choices=Audience)
    needs = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    modes = models.JSONField(default=dict, blank=True)
    mode_reasons = models.JSONField(default=dict, blank=True)
    line = ArrayField(models.BigIntegerField())
    measures = models.IntegerField()
    withdrawals = models.IntegerField()
    relations = models.IntegerField()
    made_at = models.DateTimeField()

    NOT_SHOWN = "A store of what the measures in force say; pages show the measures themselves."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day", "audience"],
                name="gate_rule_once",
                violation_error_message="Yêu cầu tại cổng của ngày này đã được lập.",
            )
        ]
