"""Open, suspend and resume an account; take lost second factors away."""

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taicho.accounts.actions.events import note_event
from taicho.accounts.actions.grants import end_grant
from taicho.accounts.actions.reasons import stated
from taicho.accounts.actions.sessions import end_all_sessions
from taicho.accounts.actions.slips import revoke_slip
from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.models import Account, AdministratorGrant, EntrySlip
from taicho.accounts.news import AccountSuspended
from taicho.accounts.rules.names import folded_name, is_name
from taicho.kernel import audit, clock
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
    note_event(SecurityEventKind.SUSPENDED, account, by=by, detail=stated(reason), of=account)
    announce(AccountSuspended(account=str(account.key)))


@transaction.atomic
def resume_account(account: Account, *, by: Actor, reason: str) -> None:
    """Open the door again; password and second factors are the old ones."""
    Account.objects.filter(pk=account.pk).update(is_active=True)
    account.is_active = True
    note_event(SecurityEventKind.RESUMED, account, by=by, detail=stated(reason), of=account)


@transaction.atomic
def reopen_account(account: Account, *, by: Actor, reason: str) -> None:
    """Give a closed account back as if it were new: the name stays, and only a slip issued from now on lets anybody in.

    The old password, second factors, unused slips and running administrator rights are gone, so that nobody enters with
    what was known or lay about before. Source: L3, S-13.
    """
    account.set_unusable_password()
    account.save(update_fields=["password", "has_long_password"])
    remove_second_factors(account, by=by, reason=reason)
    for slip in EntrySlip.objects.filter(account=account, use__isnull=True, revocation__isnull=True):
        revoke_slip(slip, by=by, reason=reason)
    for grant in AdministratorGrant.objects.filter(account=account, ending__isnull=True, ends_at__gt=clock.real_now()):
        end_grant(grant, by=by, reason=reason)
    resume_account(account, by=by, reason=reason)


@transaction.atomic
def remove_second_factors(account: Account, *, by: Actor, reason: str) -> int:
    """Take away every second factor of a person who lost them, and end the sessions. Returns how many there were.

    With a new slip the person enters again, chooses a password and adds a factor. The caller has made sure who asks.
    """
    factors = list(Authenticator.objects.filter(user=account))
    for factor in factors:
        factor.delete()
        note_event(SecurityEventKind.FACTOR_REMOVED, account, by=by, detail=stated(reason), of=account)
    end_all_sessions(account, by=by)
    return len(factors)
