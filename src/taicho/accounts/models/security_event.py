"""What happened to an account's ways in; each person reads the own rows."""

from django.db import models

from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.models.account import Account
from taicho.kernel.models import Record


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    """Questions about security events."""

    def of(self, account: Account) -> "SecurityEventQuerySet":
        """The rows of one account, newest first."""
        return self.filter(account=account).order_by("-happened_at", "-pk")


class SecurityEvent(Record):
    """One step at the door. The address and the device are the ones that asked.

    `account` is empty when somebody tried a name that does not exist: the same work is done for every name, so that
    time tells nothing (S-12), and the name itself, which may be a mistyped password, is not kept.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="security_events")
    kind = models.CharField(max_length=30, choices=SecurityEventKind)
    happened_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=120, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    objects = SecurityEventQuerySet.as_manager()

    NOT_SHOWN = "The list of the own account only (`of`); an account is no Actor."

    class Meta:
        indexes = [models.Index(fields=["account", "-happened_at"], name="accounts_event_by_account")]
