"""A document that was read and waits to be entered in the register (A1): the clerk compares it with the original."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.documents.models import IncomingDocument
from taicho.documents.models.incoming_document import KEEPS_INCOMING
from taicho.kernel.actor import Actor
from taicho.kernel.encrypted import EncryptedJSONField, EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.models import Unit
from taicho.organisation.models.unit import agencies_of


class PendingReadingQuerySet(models.QuerySet):
    """Questions about documents that wait."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the agencies whose register of incoming documents the actor keeps."""
        return self.filter(agency__path__in=agencies_of(actor, KEEPS_INCOMING))

    def waiting(self) -> Self:
        """Neither entered nor dropped nor purged."""
        return self.filter(document__isnull=True, reading__isnull=False)


class PendingReading(Record):
    """A file (or pasted text, then without `kind`) as it came through intake, and what was read in it, all sealed.

    `content` is the file in base64; `reading` is `Reading` as stored values. Both, the text and the name are None once
    the document is entered, dropped, or a day old. `document` is what it became.
    """

    agency = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="+")
    file_name = EncryptedTextField(_("tên tệp"), max_length=200, null=True)
    kind = models.CharField(_("loại tệp"), max_length=10, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content = EncryptedTextField(null=True)
    text = EncryptedTextField(null=True)
    reading = EncryptedJSONField(null=True)
    document = models.OneToOneField(IncomingDocument, on_delete=models.PROTECT, null=True, related_name="+")
    prepared_by = models.UUIDField(null=True)
    prepared_at = models.DateTimeField()

    objects = PendingReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản chờ vào sổ")
        indexes = [models.Index(fields=["agency", "-prepared_at"], name="directives_pending_reading")]

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be entered."""
        return self.document_id is None and self.reading is not None

    def forget(self) -> None:
        """Let go of everything that was read; save with `update_fields=FORGOTTEN`."""
        self.file_name = self.content = self.text = self.reading = None


FORGOTTEN = ("file_name", "content", "text", "reading")
