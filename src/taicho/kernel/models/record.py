"""The shape every record shares."""

import uuid

from django.db import models


class Record(models.Model):
    """A row with a public name: `key` travels in addresses, packages and the audit trail; `id` stays inside."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
