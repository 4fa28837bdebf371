"""Clauses of a registered document and the documents it names, as a reader found them and a person kept them (A6)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.documents.models import IncomingDocument
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record, Versioned
from taicho.organisation.models import Unit

PATH_LENGTH = 60


class OfDocumentQuerySet(models.QuerySet):
    """Questions about parts of documents."""

    def visible_to(self, actor: Actor) -> Self:
        """Parts of the documents the actor sees."""
        return self.filter(document__in=IncomingDocument.objects.visible_to(actor).order_by().values("pk"))


class Clause(Record, Versioned):
    """One labelled part: `path` is the printed labels from the top joined by "/" ("II/1/1.2/-3", "¶2", "KẾT").

    A clerk may correct what the reader took wrongly; `read_path` and `read_text` keep what the reader had, once, and are
    empty before the first correction.
    """

    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="clauses")
    position = models.PositiveIntegerField(_("thứ tự"))
    path = models.CharField(_("nhãn"), max_length=PATH_LENGTH)
    text = models.TextField(_("nội dung"))
    read_path = models.CharField(_("nhãn máy đọc"), max_length=PATH_LENGTH, blank=True, editable=False)
    read_text = models.TextField(_("nội dung máy đọc"), blank=True, editable=False)
    corrected_by = models.UUIDField(_("người sửa"), null=True, editable=False)
    corrected_at = models.DateTimeField(_("lúc sửa"), null=True, editable=False)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "path"],
                name="directives_clause_once_in_a_document",
                violation_error_message=_("Văn bản này đã có mục mang nhãn đó."),
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True, read_path="") | Q(corrected_at__isnull=False) & ~Q(read_path=""),
                name="directives_corrected_clause_keeps_what_was_read",
                violation_error_message=_("Mục đã sửa phải giữ nguyên văn máy đọc."),
            ),
        ]

    @property
    def label(self) -> str:
        """How people say it: "mục 4, ý thứ 3" for "4/-3", "đoạn 5" for "¶5", "đoạn cuối" for "KẾT"."""
        return label_of(self.path)

    @property
    def agency(self) -> Unit:
        """The agency whose register holds the document."""
        return self.document.agency

    @property
    def is_corrected(self) -> bool:
        """Whether a person has changed what the reader took."""
        return self.corrected_at is not None

    @property
    def read_label(self) -> str:
        """The label as the reader took it, in words; empty before the first correction."""
        return label_of(self.read_path) if self.read_path else ""


def label_of(path: str) -> str:
    """A path of printed labels in words."""
    return ", ".join(_said(part) for part in path.split("/"))


def _said(part: str) -> str:
    """One printed label in words."""
    if part == "KẾT":
        return str(_("đoạn cuối"))
    if part[0] == "¶":
        return str(_("đoạn %s")) % part[1:]
    if part[0] in "-+":
        return str(_("ý thứ %s")) % part[1:]
    return str(_("mục %s")) % part


class Citation(Record):
    """Another document that this one names, by its printed number."""

    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField()
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    day = models.DateField(_("ngày"), null=True, blank=True)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="directives_citation_in_order"),
        ]
