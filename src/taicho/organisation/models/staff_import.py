"""A staff list that waits to be confirmed (B5, ux.md 14): nothing of it is in the register until somebody says so."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.encrypted import EncryptedJSONField, EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.enums import PostRole
from taicho.organisation.models.person import KEEPS_THE_REGISTER
from taicho.organisation.models.unit import Unit, agencies_of, in_ranges


class StaffImportQuerySet(models.QuerySet):
    """Questions about pending imports."""

    def visible_to(self, actor: Actor) -> Self:
        """Lists of the agencies whose register the actor keeps."""
        kept = Unit.objects.filter(
            Q(agency_path__in=agencies_of(actor, KEEPS_THE_REGISTER))
            | in_ranges("path", actor.reach([PostRole.ADMINISTRATOR]))
        )
        return self.filter(agency__in=kept.order_by().values("pk"))


class StaffImport(Record):
    """A list as it was read. `rows` are the people (`ReadRow.as_json`), sealed; `None` once they are purged.

    After the confirmation `rows` keeps only what was not taken, for the sheet of errors. `answers` are the choices
    made in the preview: row number in the list → key of a person, "new" or "skip".
    """

    agency = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="staff_imports")
    unit = models.ForeignKey(Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="+")
    file_name = EncryptedTextField(_("tên tệp"), max_length=200)
    sheet_names = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    left_aside = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    rows = EncryptedJSONField(null=True)
    answers = EncryptedJSONField(null=True)
    rows_read = models.PositiveIntegerField(default=0)
    prepared_by = models.UUIDField(null=True)
    prepared_at = models.DateTimeField()
    started_by = models.UUIDField(null=True)
    started_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=400, blank=True)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    objects = StaffImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh sách chờ nhập")
        indexes = [models.Index(fields=["agency", "-prepared_at"], name="organisation_staff_import")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("prepared_at")),
                name="organisation_import_confirmed_after",
                violation_error_message=_("Danh sách phải được đọc trước khi xác nhận."),
            )
        ]

    @property
    def is_waiting(self) -> bool:
        """Read, neither confirmed nor under way nor purged."""
        return self.confirmed_at is None and self.started_at is None and self.rows is not None

    @property
    def is_under_way(self) -> bool:
        """Confirmed by a person, being written in the background."""
        return self.started_at is not None and self.confirmed_at is None

    @property
    def taken(self) -> int:
        """Rows that are in the register now."""
        return self.added + self.updated + self.unchanged


class StaffImportProgress(Record):
    """How far the writing is; told from outside its transaction, so it stands in a row of its own."""

    staff_import = models.OneToOneField(StaffImport, on_delete=models.CASCADE, related_name="progress")
    done = models.PositiveIntegerField(default=0)

    VISIBLE_TO_EVERYONE = "Read only beside a staff import, which has visible_to."


class UnitAlias(Record):
    """What a list of this agency calls one of its departments; asked once, remembered for the next list."""

    agency = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    written = models.CharField(_("tên trong danh sách"), max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    VISIBLE_TO_EVERYONE = "Read only by the import of the agency's staff list, by the policy of the register."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "written"],
                name="organisation_alias_once_in_an_agency",
                violation_error_message=_("Tên này đã được gán cho một phòng, đơn vị."),
            )
        ]
