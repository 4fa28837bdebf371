"""The printed slip (or one-time link) of a first entry, and the steps taken with it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.accounts.enums import EntryKind
from taicho.accounts.models.account import Account
from taicho.kernel.models import Record


class EntrySlipQuerySet(models.QuerySet["EntrySlip"]):
    """Questions about slips."""

    def usable(self, at: datetime) -> "EntrySlipQuerySet":
        """Slips that still open the door at `at`: not used, not revoked, not expired, account in use."""
        return self.filter(use__isnull=True, revocation__isnull=True, expires_at__gt=at, account__is_active=True)


class EntrySlip(Record):
    """A code, kept only as a hash, with which a person enters once and chooses a password."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="slips")
    kind = models.CharField(max_length=10, choices=EntryKind)
    code_hash = models.BinaryField(unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()

    objects = EntrySlipQuerySet.as_manager()

    NOT_SHOWN = "Only the code opens it; the person reads of it in the security events."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")),
                name="accounts_slip_ends_after_issue",
                violation_error_message=_("Phiếu phải hết hạn sau khi cấp."),
            )
        ]


class EntrySlipUse(models.Model):
    """Somebody entered with the slip; one row at most (house D7)."""

    slip = models.OneToOneField(EntrySlip, on_delete=models.PROTECT, related_name="use")
    used_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)

    NOT_SHOWN = EntrySlip.NOT_SHOWN


class EntrySlipRevocation(models.Model):
    """Somebody cancelled the slip before it was used."""

    slip = models.OneToOneField(EntrySlip, on_delete=models.PROTECT, related_name="revocation")
    revoked_at = models.DateTimeField()
    revoked_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300)

    NOT_SHOWN = EntrySlip.NOT_SHOWN
