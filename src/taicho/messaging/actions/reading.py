"""Read a message (A9, A10)."""

from django.db import transaction

from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.messaging.models import Receipt
from taicho.messaging.policies import may_mark_read


@transaction.atomic
def mark_read(receipt: Receipt, by: Actor) -> Receipt:
    """Note that the person has seen the message, now; a second time changes nothing. Refused: may_mark_read."""
    may_mark_read.permit(by, receipt)
    current = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    if current.read_at is None:
        current.read_at = clock.now()
        current.save(update_fields=["read_at"])
        audit.record("messaging.mark_read", by=by, of=current)
    receipt.read_at = current.read_at
    return receipt


@transaction.atomic
def mark_read_leading_to(link: str, by: Actor) -> None:
    """Who has dealt with a matter on its page needs no message that leads to this page any more, nor an e-mail of it."""
    for receipt in Receipt.objects.visible_to(by).unread().filter(message__link=link).order_by("pk"):
        mark_read(receipt, by)
