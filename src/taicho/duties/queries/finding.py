"""Find one thing inside the actor's scope; outside it there is nothing (404)."""

from uuid import UUID

from django.db.models import Q

from taicho.documents.models import IncomingDocument
from taicho.duties.models import Duty
from taicho.kernel.actor import Actor


def find_own_duty(actor: Actor, key: UUID) -> Duty:
    """A duty of the actor, by its key or by the key of what it is about (the address everyone gets in a message)."""
    own = Duty.objects.filter(Q(key=key) | Q(occasion=str(key)), owner__key=actor.me)
    found = own.select_related("owner", "agency", "discharge").prefetch_related("exemptions").order_by("pk").first()
    if found is None:
        raise Duty.DoesNotExist
    return found


def find_followed_duty(actor: Actor, key: UUID) -> Duty:
    """A duty of the units whose work the actor follows."""
    followed = Duty.objects.followed_by(actor).select_related("owner", "unit", "discharge")
    return followed.prefetch_related("exemptions").get(key=key)


def find_document(actor: Actor, key: UUID) -> IncomingDocument:
    """An incoming document of the actor's agencies."""
    return IncomingDocument.objects.visible_to(actor).select_related("agency").get(key=key)
