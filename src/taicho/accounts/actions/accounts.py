"""Open, suspend and resume an account; take lost second factors away."""

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taicho.accounts.actions.events import note_event
from taicho.accounts.actions.sessions import end_all_sessions
from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.models import Account
from taicho.accounts.news import AccountSuspended
from taicho.accounts.rules.names import folded_name, is_name
from taicho.kernel import audit
from taicho.kernel.actor import Actor
from taicho.kernel.news import announce
from taicho.kernel.refusals import Conflict, Refusal


def open_account(name: str, *, by: Actor, is_demo: bool = False) -> Account:
    """Open an account without a password; a slip lets its person choose one. There is no default account.

    Refused when the name is not well-formed (`bad-name`) or taken (`name-taken`).
    """
    spelled = folded_name(name)
    if not is_name(spelled):
        raise Refusal(
            _("Tên đăng nhập gồm chữ a–z, số, dấu chấm, gạch nối, dài 2–60 ký tự."), code="bad-name", field="name"
        )
    account = Account(name=spelled, is_demo=is_demo)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
            audit.record("accounts.open_account", by=by, of=account)
    except IntegrityError as taken:
        raise Conflict(
            _("Tên đăng nhập “%(name)s” đã có. Chọn tên khác.") % {"name": spelled}, code="name-taken", field="name"
        ) from taken
    return account


@transaction.atomic
def suspend_account(account: Account, *, by: Actor, reason: str) -> None:
    """Close the door for the account at once: no sign-in, every session over. Announces AccountSuspended.

    Source: S-13, A13.
    """
    Account.objects.filter(pk=account.pk).update(is_active=False)
    account.is_active = False
    end_all_sessions(account, by=by)
    note_event(SecurityEventKind.SUSPENDED, account, by=by, detail=reason, of=account)
    announce(AccountSuspended(account=str(account.key)))


@transaction.atomic
def resume_account(account: Account, *, by: Actor, reason: str) -> None:
    """Open the door again; password and second factors are the old ones."""
    Account.objects.filter(pk=account.pk).update(is_active=True)
    account.is_active = True
    note_event(SecurityEventKind.RESUMED, account, by=by, detail=reason, of=account)


@transaction.atomic
def remove_second_factors(account: Account, *, by: Actor, reason: str) -> int:
    """Take away every second factor of a person who lost them, and end the sessions. Returns how many there were.

    With a new slip the person enters again, chooses a password and adds a factor. The caller has made sure who asks.
    """
    factors = list(Authenticator.objects.filter(user=account))
    for factor in factors:
        factor.delete()
        note_event(SecurityEventKind.FACTOR_REMOVED, account, by=by, detail=reason, of=account)
    end_all_sessions(account, by=by)
    return len(factors)
