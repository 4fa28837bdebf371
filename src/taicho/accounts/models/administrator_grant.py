"""Timed administrator rights: who, by whom, why, from, until."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.accounts.models.account import Account
from taicho.kernel.models import Record


class AdministratorGrantQuerySet(models.QuerySet["AdministratorGrant"]):
    """Questions about grants."""

    def in_force(self, at: datetime) -> "AdministratorGrantQuerySet":
        """Grants that hold at `at`: begun, not run out, not ended early."""
        return self.filter(starts_at__lte=at, ends_at__gt=at, ending__isnull=True)


class AdministratorGrant(Record):
    """Administrator rights for a while (trust.md, A11). They end by time alone; nobody has to remember."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="administrator_grants")
    granted_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300)
    granted_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = AdministratorGrantQuerySet.as_manager()

    NOT_SHOWN = "Read by the person in the security events and by inspectors in the system log."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="accounts_grant_ends_after_start",
                violation_error_message=_("Quyền quản trị phải kết thúc sau khi bắt đầu."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="accounts_grant_has_reason",
                violation_error_message=_("Ghi lý do giao quyền quản trị."),
            ),
        ]


class AdministratorGrantEnding(models.Model):
    """Somebody ended a grant before its time."""

    grant = models.OneToOneField(AdministratorGrant, on_delete=models.PROTECT, related_name="ending")
    ended_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300)

    NOT_SHOWN = AdministratorGrant.NOT_SHOWN
