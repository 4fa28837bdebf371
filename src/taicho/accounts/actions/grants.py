"""Timed administrator rights: grant, end early, write down each use (trust.md, A11)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taicho.accounts.actions.events import note_event
from taicho.accounts.actions.reasons import stated
from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.models import Account, AdministratorGrant, AdministratorGrantEnding
from taicho.accounts.news import AdministratorGranted
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.dates import official_moment
from taicho.kernel.news import announce
from taicho.kernel.refusals import Conflict, NotPermitted, Refusal


@transaction.atomic
def grant_administrator(
    account: Account, *, by: Actor, reason: str, starts_at: datetime | None = None, lasting: timedelta | None = None
) -> AdministratorGrant:
    """Grant administrator rights for a while: 8 hours unless `lasting` is shorter. Announces AdministratorGranted.

    Refused without a reason (`no-reason`) or with a long one (`reason-too-long`), for longer than 8 hours
    (`grant-too-long`), and while a grant of the account still runs (`grant-running`).
    """
    now = clock.real_now()
    starts_at = starts_at or now
    lasting = settings.TAICHO_GRANT_LONGEST if lasting is None else lasting
    Account.objects.select_for_update().get(pk=account.pk)
    _refuse_bad_grant(account, reason, starts_at, lasting)
    grant = AdministratorGrant.objects.create(
        account=account,
        granted_by=by.person,
        reason=stated(reason),
        granted_at=now,
        starts_at=starts_at,
        ends_at=starts_at + lasting,
    )
    detail = _("%(reason)s (đến %(moment)s)") % {"reason": grant.reason, "moment": official_moment(grant.ends_at)}
    note_event(SecurityEventKind.GRANT_STARTED, account, by=by, detail=detail[:300], of=grant)
    announce(AdministratorGranted(grant=str(grant.key)))
    return grant


@transaction.atomic
def end_grant(grant: AdministratorGrant, *, by: Actor, reason: str) -> None:
    """End a grant before its time; from the next request on the rights are gone. A second time changes nothing."""
    _ending, first = AdministratorGrantEnding.objects.get_or_create(
        grant=grant, defaults={"ended_at": clock.real_now(), "ended_by": by.person, "reason": stated(reason)}
    )
    if first:
        note_event(SecurityEventKind.GRANT_ENDED, grant.account, by=by, detail=reason, of=grant)


@transaction.atomic
def use_administrator_right(account: Account, *, by: Actor, doing: str, at: datetime) -> AdministratorGrant:
    """Write down that the granted rights were used for `doing` (a verb such as `cli.restore`), and return the grant.

    Refused when no grant is in force at `at` (`no-grant`).
    """
    grant = AdministratorGrant.objects.in_force(at).filter(account=account).order_by("-ends_at").first()
    if grant is None:
        raise NotPermitted(
            _("Việc này cần quyền quản trị có hạn. Người đang giữ quyền quản trị giao được quyền này."), code="no-grant"
        )
    audit.record(f"accounts.used_administrator_right.{doing}"[:120], by=by, of=grant)
    return grant


def _refuse_bad_grant(account: Account, reason: str, starts_at: datetime, lasting: timedelta) -> None:
    if not reason.strip():
        raise Refusal(_("Ghi lý do giao quyền quản trị."), code="no-reason", field="reason")
    longest: timedelta = settings.TAICHO_GRANT_LONGEST
    if not timedelta() < lasting <= longest:
        hours = longest // timedelta(hours=1)
        sentence = ngettext(
            "Quyền quản trị giao mỗi lần tối đa %(hours)d giờ. Hết hạn có thể giao lại.",
            "Quyền quản trị giao mỗi lần tối đa %(hours)d giờ. Hết hạn có thể giao lại.",
            hours,
        )
        raise Refusal(sentence % {"hours": hours}, code="grant-too-long", field="lasting")
    running = AdministratorGrant.objects.filter(
        models.Q(starts_at__lt=starts_at + lasting, ends_at__gt=starts_at), account=account, ending__isnull=True
    ).first()
    if running is not None:
        raise Conflict(
            _("Tài khoản đang có quyền quản trị đến %(moment)s.") % {"moment": official_moment(running.ends_at)},
            code="grant-running",
        )
