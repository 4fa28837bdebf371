"""Find one thing inside the actor's scope; outside it there is nothing (404)."""

from uuid import UUID

from taicho.directives.models import Measure
from taicho.documents.models import IncomingDocument
from taicho.kernel.actor import Actor
from taicho.organisation.models import Unit


def find_document(actor: Actor, key: UUID) -> IncomingDocument:
    """An incoming document of the actor's agencies."""
    return IncomingDocument.objects.visible_to(actor).select_related("agency").get(key=key)


def find_measure(actor: Actor, key: UUID) -> Measure:
    """A measure of the actor's agencies, with its source."""
    found = Measure.objects.visible_to(actor).select_related("agency", "clause__document", "decision", "withdrawal")
    return found.prefetch_related("scope").get(key=key)


def find_own_agency(actor: Actor) -> Unit:
    """The agency the actor works in; DoesNotExist for somebody who belongs nowhere."""
    return Unit.objects.get(key=actor.unit).agency
