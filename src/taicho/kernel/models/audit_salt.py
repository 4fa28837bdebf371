"""Salts that open the commitments of the trail; deleting one purges what the entry said about a value (S-18)."""

from django.db import models


class AuditSalt(models.Model):
    """Salt of one entry's commitment. With it and the key file a claimed value can be proven; without it, never again.

    Rows may be deleted (that is the purge) but not changed.
    """

    entry = models.OneToOneField(
        "kernel.AuditEntry", on_delete=models.PROTECT, primary_key=True, related_name="salt", db_constraint=False
    )
    salt = models.BinaryField()

    NOT_SHOWN = "A secret of the trail: used to prove a value, shown to nobody."
