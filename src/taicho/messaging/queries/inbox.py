"""What lies in a person's inbox (A10, ux.md 11)."""

from uuid import UUID

from django.db.models import QuerySet

from taicho.kernel.actor import Actor
from taicho.messaging.models import Message, Receipt


def inbox(actor: Actor) -> QuerySet[Receipt]:
    """The actor's own receipts with their messages, the newest first."""
    return Receipt.objects.visible_to(actor).select_related("message", "person").order_by("-sent_at", "-pk")


def unread(actor: Actor) -> QuerySet[Receipt]:
    """The actor's own receipts that are still to be read, the newest first."""
    return inbox(actor).filter(read_at__isnull=True)


def unread_count(actor: Actor) -> int:
    """How many messages the actor has not read."""
    return Receipt.objects.visible_to(actor).unread().count()


def find_receipt(actor: Actor, key: UUID) -> Receipt:
    """One of the actor's own receipts."""
    return inbox(actor).get(key=key)


def silent(message: Message) -> QuerySet[Receipt]:
    """Receipts of those who have not read the message, by tên. Callers show names only to those who may see them."""
    unread = message.receipts.filter(read_at__isnull=True)
    return unread.select_related("person").order_by("person__name_key", "pk")
