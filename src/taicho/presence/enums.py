"""Closed lists of this area."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Which way somebody passed."""

    IN = "in", _("vào")
    OUT = "out", _("ra")
