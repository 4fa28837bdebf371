"""Send a message again, to those who have not read it and to nobody else (A9, A10)."""

from django.db import transaction

from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.messaging.actions.outside import queue_copies
from taicho.messaging.models import Message, Receipt


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
