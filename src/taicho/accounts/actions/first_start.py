"""The first start of a real installation: no default account, but a one-time link for the first administrator."""

from dataclasses import dataclass

from django.db import connection, transaction

from taicho.accounts.actions.accounts import open_account
from taicho.accounts.actions.grants import grant_administrator
from taicho.accounts.actions.slips import IssuedSlip, issue_link
from taicho.accounts.models import Account, AdministratorGrant
from taicho.kernel import clock
from taicho.kernel.actor import Actor

FIRST_NAME = "quan-tri"


@dataclass(frozen=True, slots=True)
class FirstEntry:
    """The account of the first administrator and the link that opens it once."""

    account: Account
    link: IssuedSlip


@transaction.atomic
def invite_first_administrator(*, by: Actor, reason: str) -> FirstEntry | None:
    """Open the first administrator's account and issue its one-time link; None once anybody real has entered.

    Until then every start makes a fresh link and the earlier one is void (trust.md 5.3, rule 9). Administrator rights
    run for 8 hours; two starts at once make one account.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.first_start'))")
    if Account.objects.real().filter(last_login__isnull=False).exists():
        return None
    account = Account.objects.filter(name=FIRST_NAME).first() or open_account(FIRST_NAME, by=by)
    if not AdministratorGrant.objects.in_force(clock.real_now()).filter(account=account).exists():
        grant_administrator(account, by=by, reason=reason)
    return FirstEntry(account, issue_link(account, by=by))
