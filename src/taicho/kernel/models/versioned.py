"""A row whose edits carry the version they were made from, so that nobody overwrites unseen."""

from django.db import models


class Versioned(models.Model):
    """`version` counts the edits; an edit made from an older version is a conflict (ux.md 6)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
