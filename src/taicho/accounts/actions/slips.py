"""First entry: issue, use and revoke a printed slip or a one-time link (ux.md 14; trust.md 5.3, rule 9)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from taicho.accounts.actions.events import note_event
from taicho.accounts.actions.reasons import stated
from taicho.accounts.backends import may_enter
from taicho.accounts.enums import EntryKind, SecurityEventKind
from taicho.accounts.models import Account, EntrySlip, EntrySlipRevocation, EntrySlipUse
from taicho.accounts.rules.codes import ALPHABET, CODE_LENGTH, grouped, hash_of
from taicho.accounts.visits import NOWHERE, Visit
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.dates import official_moment
from taicho.kernel.refusals import Refusal

LINK_BYTES = 24


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A slip with its code. The code is told once, here; the database keeps a hash."""

    slip: EntrySlip
    code: str


def issue_slip(account: Account, *, by: Actor, life: timedelta | None = None) -> IssuedSlip:
    """Issue the printed code of a first entry: 20 characters, 100 random bits, valid 7 days, for one use.

    Earlier slips of the account that nobody used are revoked. Refused when the account is suspended
    (`account-suspended`).
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    slip = _issue(account, EntryKind.SLIP, code, by, life)
    return IssuedSlip(slip, grouped(code))


def issue_link(account: Account, *, by: Actor, life: timedelta | None = None) -> IssuedSlip:
    """Issue a one-time link: `code` is its last part, 192 random bits, for the address `/vao/<code>`.

    Rules and refusals as for a slip.
    """
    token = secrets.token_urlsafe(LINK_BYTES)
    return IssuedSlip(_issue(account, EntryKind.LINK, token, by, life), token)


@transaction.atomic
def revoke_slip(slip: EntrySlip, *, by: Actor, reason: str) -> None:
    """Cancel a slip that nobody used. Refused when it was used (`slip-used`); a second time changes nothing."""
    EntrySlip.objects.select_for_update().get(pk=slip.pk)
    if (use := EntrySlipUse.objects.filter(slip=slip).first()) is not None:
        raise Refusal(
            _("Phiếu đã được dùng lúc %(moment)s nên không hủy được. Có thể ngừng tài khoản.")
            % {"moment": official_moment(use.used_at)},
            code="slip-used",
        )
    _revocation, first = EntrySlipRevocation.objects.get_or_create(
        slip=slip, defaults={"revoked_at": clock.real_now(), "revoked_by": by.person, "reason": stated(reason)}
    )
    if first:
        note_event(SecurityEventKind.SLIP_REVOKED, slip.account, by=by, detail=reason, of=slip)


@transaction.atomic
def use_slip(slip: EntrySlip, *, at: datetime, password: str | None = None, visit: Visit = NOWHERE) -> Account:
    """Enter with the slip: it is used up, and the person's own `password`, which the form has judged, is kept.

    A demo role in a drill enters without a password. Refused when the slip was used, revoked or has run out in the
    meantime (`slip-over`): of two people who enter at once one is let in.
    """
    EntrySlip.objects.select_for_update().get(pk=slip.pk)
    usable = EntrySlip.objects.usable(at).select_related("account").filter(pk=slip.pk).first()
    if usable is None or not may_enter(usable.account):
        raise Refusal(over_sentence(), code="slip-over")
    EntrySlipUse.objects.create(slip=usable, used_at=at, address=visit.address)
    account = usable.account
    if password is not None:
        account.set_password(password)
        account.save(update_fields=["password", "has_long_password"])
    note_event(SecurityEventKind.SLIP_USED, account, visit=visit, of=slip)
    return account


def over_sentence() -> str:
    """The one answer for every code that opens nothing: wrong, used, revoked, run out (S-12)."""
    return _("Mã không đúng, đã dùng hoặc hết hạn. Kiểm tra lại từng nhóm, hoặc xin phiếu mới ở Văn phòng.")


@transaction.atomic
def _issue(account: Account, kind: EntryKind, secret: str, by: Actor, life: timedelta | None) -> EntrySlip:
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not may_enter(account):
        raise Refusal(
            _("Tài khoản “%(name)s” đang ngừng. Mở lại tài khoản trước khi cấp phiếu.") % {"name": account.name},
            code="account-suspended",
        )
    now = clock.real_now()
    for earlier in EntrySlip.objects.filter(account=account, use__isnull=True, revocation__isnull=True):
        revoke_slip(earlier, by=by, reason=_("Thay bằng phiếu mới"))
    slip = EntrySlip.objects.create(
        account=account,
        kind=kind,
        code_hash=hash_of(secret),
        issued_at=now,
        issued_by=by.person,
        expires_at=now + (life or settings.TAICHO_SLIP_LIFE),
    )
    note_event(SecurityEventKind.SLIP_ISSUED, account, by=by, detail=str(kind.label), of=slip)
    return slip
