"""Find one thing of the gate inside the actor's scope; outside it there is nothing (404)."""

from uuid import UUID

from taicho.gate.models import ExceptionRequest, GateDevice, GatePass
from taicho.gate.models.scope import WATCHES_GATES
from taicho.kernel.actor import Actor
from taicho.organisation.models import Gate
from taicho.organisation.models.unit import agencies_of


def find_pass(actor: Actor, key: UUID) -> GatePass:
    """A live pass of an agency whose gates the actor watches."""
    rows = GatePass.objects.filter(agency__path__in=agencies_of(actor, WATCHES_GATES), revoked_at=None)
    return rows.select_related("person", "visit", "agency").get(key=key)


def find_visitor_pass(actor: Actor, key: UUID) -> GatePass:
    """The live pass of a visitor, found as `find_pass` does; a member of staff declares for themselves."""
    held = find_pass(actor, key)
    if held.visit is None:
        raise GatePass.DoesNotExist
    return held


def find_device(actor: Actor, key: UUID) -> GateDevice:
    """A device the actor sees."""
    return GateDevice.objects.visible_to(actor).select_related("gate__site", "agency").get(key=key)


def find_request(actor: Actor, key: UUID) -> ExceptionRequest:
    """A request the actor sees, of one's gate or as a leader."""
    rows = ExceptionRequest.objects.visible_to(actor)
    return rows.select_related("person", "visit", "agency", "gate", "decision__leader").get(key=key)


def find_kept_gate(actor: Actor, key: UUID) -> Gate:
    """A gate of a site the actor sees."""
    return Gate.objects.visible_to(actor).select_related("site").get(key=key)
