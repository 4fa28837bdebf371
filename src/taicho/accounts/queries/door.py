"""Questions at the door: which slip, which sessions, which events, which rights."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from taicho.accounts.backends import may_enter
from taicho.accounts.enums import EntryKind
from taicho.accounts.models import Account, AdministratorGrant, EntrySlip, SecurityEvent
from taicho.accounts.rules.codes import as_code, hash_of, is_code
from taicho.accounts.rules.devices import device_name
from taicho.accounts.rules.names import numbered_name, suggested_name

MOST_EVENTS = 100


@dataclass(frozen=True, slots=True)
class Device:
    """A device that is signed in, as its person reads it."""

    key: int
    name: str
    address: str
    signed_in_at: datetime
    last_seen_at: datetime
    is_this: bool


def usable_slip(typed: str, *, at: datetime) -> EntrySlip | None:
    """The slip that the typed code opens at `at`, or None for every code that opens nothing."""
    code = as_code(typed)
    return _usable(EntryKind.SLIP, code, at) if is_code(code) else None


def usable_link(token: str, *, at: datetime) -> EntrySlip | None:
    """The one-time link that the token opens at `at`, or None."""
    return _usable(EntryKind.LINK, token, at)


def devices_of(account: Account, *, this: str | None, at: datetime) -> list[Device]:
    """The devices signed in to the account, this one first, then the last used. `this` is the session key at hand."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    sessions = UserSession.objects.filter(user=account, session_key__in=alive).order_by("-last_seen_at")
    devices = [
        Device(s.pk, device_name(s.user_agent), s.ip, s.created_at, s.last_seen_at, s.session_key == this)
        for s in sessions
    ]
    return sorted(devices, key=lambda device: not device.is_this)


def events_of(account: Account) -> QuerySet[SecurityEvent]:
    """The last hundred steps at the door of this account, newest first."""
    return SecurityEvent.objects.of(account)[:MOST_EVENTS]


def has_second_factor(account: Account) -> bool:
    """Whether the account holds an authenticator app or a passkey; recovery codes alone do not count."""
    return Authenticator.objects.filter(user=account, type__in=["totp", "webauthn"]).exists()


def administrator_until(account: Account, at: datetime) -> datetime | None:
    """Until when the account holds granted administrator rights, or None when it holds none at `at`."""
    ends = AdministratorGrant.objects.in_force(at).filter(account=account).values_list("ends_at", flat=True)
    return max(ends, default=None)


def demo_accounts_exist() -> bool:
    """Whether demo roles live in this database; a real installation refuses to serve with them."""
    return Account.objects.filter(is_demo=True, is_active=True).exists()


def free_name(full_name: str) -> str:
    """The first account name for a person's full name that nobody has: an.nv, an.nv2, an.nv3."""
    wanted = suggested_name(full_name)
    taken = set(Account.objects.filter(name__startswith=wanted).values_list("name", flat=True))
    return next(name for number in range(1, len(taken) + 2) if (name := numbered_name(wanted, number)) not in taken)


def _usable(kind: EntryKind, secret: str, at: datetime) -> EntrySlip | None:
    slips = EntrySlip.objects.usable(at).select_related("account").filter(kind=kind, code_hash=hash_of(secret))
    return next((slip for slip in slips if may_enter(slip.account)), None)
