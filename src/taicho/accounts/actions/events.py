"""Write down a step at the door."""

from django.db import models, transaction

from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.models import Account, SecurityEvent
from taicho.accounts.requirements import actor_of
from taicho.accounts.visits import NOWHERE, Visit
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor


@transaction.atomic
def note_event(
    kind: SecurityEventKind,
    account: Account | None,
    *,
    by: Actor | None = None,
    visit: Visit = NOWHERE,
    detail: str = "",
    of: models.Model | None = None,
) -> SecurityEvent:
    """Write the security event that the person reads, and the audit row of the same step.

    `by` is who acted, the account's own person when not given. `of` is the record the audit row names, the event
    itself when not given. The time is the true one, in a drill too. Source: L4, S-14.
    """
    event = SecurityEvent.objects.create(
        account=account,
        kind=kind,
        happened_at=clock.real_now(),
        address=visit.address,
        device=visit.device,
        detail=detail,
    )
    audit.record(f"accounts.{kind.value}", by=by or actor_of(account), of=of if of is not None else event)
    return event
