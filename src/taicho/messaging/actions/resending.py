"""Send a message again, to those who have not read it and to nobody else; by hand or by the rhythm (A9, A10)."""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor, system
from taicho.messaging.actions.outside import queue_copies
from taicho.messaging.kinds import KINDS
from taicho.messaging.models import Message, Receipt
from taicho.messaging.rules.rhythm import rhythm

REMINDER = system("repeat")


@transaction.atomic
def resend_to_silent(message: Message, by: Actor) -> int:
    """Put the message on top of the inbox of everyone who has not read it, with a new copy outside; return how many.

    Who reads it while this runs is waited for and then left alone. A copy that still waits is not doubled.
    """
    now = clock.now()
    waiting = Receipt.objects.select_for_update(of=("self",)).select_related("person").unread()
    receipts = list(waiting.filter(message=message).order_by("pk"))
    Receipt.objects.filter(pk__in=[receipt.pk for receipt in receipts]).update(sent_at=now)
    queue_copies(receipts, message.message_kind.level, at=now)
    audit.record("messaging.resend", by=by, of=message, facts={"people": len(receipts)})
    return len(receipts)


def repeat_unseen() -> int:
    """Say again what is urgent and nobody has seen since it was said last (ux.md 11); return how many messages.

    The first who sees it ends the repeating for all: somebody knows. After a silence of the worker it is said once,
    not once for each time that was missed. Called by the worker only.
    """
    now, often = clock.now(), rhythm()
    kinds = [kind.key for kind in KINDS.values() if kind.level in often.repeat_levels]
    seen = Receipt.objects.filter(message=OuterRef("pk"), read_at__isnull=False)
    fresh = Message.objects.filter(~Exists(seen), kind__in=kinds, sent_at__gt=now - often.repeat_until)
    said = fresh.annotate(said_at=Max("receipts__sent_at")).filter(said_at__lte=now - often.repeat_every)
    due = list(said.order_by("pk"))
    for message in due:
        resend_to_silent(message, by=REMINDER)
    return len(due)
