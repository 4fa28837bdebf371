"""Somebody reminded the silent by hand (A9)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.documents.models import IncomingDocument
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record


class ChaseQuerySet(models.QuerySet):
    """Questions about reminders by hand."""

    def visible_to(self, actor: Actor) -> Self:
        """Those about documents the actor sees."""
        return self.filter(document__in=IncomingDocument.objects.visible_to(actor).order_by().values("pk"))


class Chase(Record):
    """One reminder by hand about one document: `people` silent ones were written to."""

    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="chases")
    people = models.PositiveIntegerField(_("số người được nhắc"))
    by = models.UUIDField(_("người nhắc"), null=True)
    at = models.DateTimeField(_("lúc nhắc"))

    objects = ChaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhắc lại")
        ordering = ["-at"]
