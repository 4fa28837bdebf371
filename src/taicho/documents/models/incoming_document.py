"""Documents that came in, as the register of incoming documents keeps them (A1; NĐ 30/2020, Phụ lục IV and VI)."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taicho.documents.enums import DocType, Urgency
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record, Versioned
from taicho.kernel.vietnamese import fold
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Unit
from taicho.organisation.models.person import NO_NAMES
from taicho.organisation.models.unit import agencies_of

NAME_LENGTH, SUBJECT_LENGTH, REASON_LENGTH = 200, 500, 500
KEEPS_INCOMING = frozenset({PostRole.CLERK, PostRole.OFFICE, PostRole.CHIEF_OF_OFFICE})
"""Roles that keep the register of incoming documents of their agency."""


class IncomingDocumentQuerySet(models.QuerySet):
    """Questions about incoming documents."""

    def visible_to(self, actor: Actor) -> Self:
        """Documents of the agencies the actor works in: what is ordered there is read there by everyone."""
        return self.filter(agency__path__in=agencies_of(actor, frozenset(PostRole) - NO_NAMES))

    def standing(self) -> Self:
        """Lines that are not struck out."""
        return self.filter(struck_out_at__isnull=True)


class IncomingDocument(Record, Versioned):
    """One line of the register: arrival number, what the paper says of itself, when it came.

    Blank text means "không có trong tệp"; a document may come without number, symbol or day (a draft plan). A wrong
    entry is struck out with a reason: the line and its number stay, and the right paper may be entered anew.
    """

    agency = models.ForeignKey(Unit, verbose_name=_("cơ quan nhận"), on_delete=models.PROTECT, related_name="incoming")
    year = models.PositiveSmallIntegerField(_("năm"))
    arrival_number = models.PositiveIntegerField(_("số đến"))
    arrived_on = models.DateField(_("ngày đến"))
    number = models.CharField(_("số"), max_length=11, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=30, blank=True)
    kind = models.CharField(_("loại văn bản"), max_length=20, choices=DocType, default=DocType.LETTER)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=NAME_LENGTH)
    issuer_folded = models.CharField(max_length=NAME_LENGTH, editable=False)
    superior = models.CharField(_("cơ quan chủ quản"), max_length=NAME_LENGTH, blank=True)
    place = models.CharField(_("địa danh"), max_length=60, blank=True)
    issued_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    subject = models.CharField(_("trích yếu"), max_length=SUBJECT_LENGTH)
    subject_folded = models.CharField(max_length=SUBJECT_LENGTH, editable=False)
    signer = models.CharField(_("người ký"), max_length=50, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=100, blank=True)
    capacity = models.CharField(_("quyền hạn ký"), max_length=NAME_LENGTH, blank=True)
    urgency = models.CharField(_("độ khẩn"), max_length=20, choices=Urgency, default=Urgency.ORDINARY)
    addressees = ArrayField(models.CharField(max_length=300), verbose_name=_("kính gửi"), default=list, blank=True)
    recipients = ArrayField(models.CharField(max_length=300), verbose_name=_("nơi nhận"), default=list, blank=True)
    words_folded = models.TextField(default="", editable=False)
    registered_by = models.UUIDField(_("người vào sổ"), null=True, editable=False)
    registered_at = models.DateTimeField(_("lúc vào sổ"), editable=False)
    struck_out_why = models.CharField(_("lý do hủy"), max_length=REASON_LENGTH, blank=True, editable=False)
    struck_out_by = models.UUIDField(_("người hủy"), null=True, editable=False)
    struck_out_at = models.DateTimeField(_("lúc hủy"), null=True, editable=False)

    objects = IncomingDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản đến")
        ordering = ["-year", "-arrival_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "arrival_number"],
                name="documents_arrival_number_once_a_year",
                violation_error_message=_("Số đến này đã dùng trong năm. Hãy gửi lại để lấy số kế tiếp."),
            ),
            models.UniqueConstraint(
                fields=["agency", "number", "symbol", "issuer_folded", "issued_on"],
                condition=~Q(number="") & ~Q(symbol="") & Q(struck_out_at__isnull=True),
                name="documents_same_document_registered_once",
                violation_error_message=_("Văn bản này (cùng số, ký hiệu, cơ quan, ngày) đã có trong sổ văn bản đến."),
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(issued_on__lte=F("arrived_on")),
                name="documents_arrives_after_it_is_issued",
                violation_error_message=_("Ngày đến không được trước ngày của văn bản."),
            ),
            models.CheckConstraint(
                condition=Q(struck_out_at__isnull=True, struck_out_why="")
                | Q(struck_out_at__isnull=False) & ~Q(struck_out_why=""),
                name="documents_struck_out_with_a_reason",
                violation_error_message=_("Dòng bị hủy phải có lý do."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Keep the columns that searches compare."""
        self.issuer_folded = fold(self.issuer)[:NAME_LENGTH]
        self.subject_folded = fold(self.subject)[:SUBJECT_LENGTH]
        self.words_folded = fold(f"{self.full_number} {self.issuer} {self.subject}")
        super().save(*args, **kwargs)

    @property
    def is_struck_out(self) -> bool:
        """Whether the line was entered wrongly and counts no longer."""
        return self.struck_out_at is not None

    @property
    def full_number(self) -> str:
        """Number and symbol as the paper writes them ("58/VP-HC-QT", "11-CT/TU"); empty when there is neither."""
        joint = "-" if self.symbol.startswith("CT/") else "/"
        return f"{self.number}{joint}{self.symbol}" if self.number and self.symbol else self.number or self.symbol

    @property
    def title(self) -> str:
        """How people name the document: "Công văn 58/VP-HC-QT"; one without number by its kind and subject."""
        return f"{self.get_kind_display()} {self.full_number or f'“{self.subject}”'}"


class DocumentFileQuerySet(models.QuerySet):
    """Questions about files."""

    def visible_to(self, actor: Actor) -> Self:
        """Files of the documents the actor sees."""
        return self.filter(document__in=IncomingDocument.objects.visible_to(actor).order_by().values("pk"))


class DocumentFile(Record):
    """One file of a document, as it came through intake; `text` is what the examiner could read in it."""

    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("tên tệp"), max_length=200)
    kind = models.CharField(_("loại tệp"), max_length=10)
    size = models.PositiveIntegerField(_("dung lượng"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    text = models.TextField(blank=True)
    added_at = models.DateTimeField()

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp văn bản")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "sha256"],
                name="documents_file_once_in_a_document",
                violation_error_message=_("Tệp này đã được đính kèm vào văn bản."),
            )
        ]
