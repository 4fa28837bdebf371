"""Find one thing inside the actor's scope; outside it there is nothing (404)."""

from uuid import UUID

from taicho.health.models import Declaration, HealthAlert, Restriction
from taicho.health.models.scope import in_care_of
from taicho.health.policies import may_declare_for
from taicho.kernel.actor import Actor
from taicho.organisation.models import Person


def find_declaration(actor: Actor, key: UUID) -> Declaration:
    """A declaration the actor sees: one's own, or of somebody in the actor's care."""
    seen = Declaration.objects.visible_to(actor).select_related("person", "agency", "corrects")
    return seen.get(key=key)


def find_alert(actor: Actor, key: UUID) -> HealthAlert:
    """An alert about somebody in the actor's care."""
    rows = HealthAlert.objects.visible_to(actor)
    return rows.select_related("person", "agency", "declaration", "temperature").get(key=key)


def find_restriction(actor: Actor, key: UUID) -> Restriction:
    """A restriction the actor sees."""
    return Restriction.objects.visible_to(actor).select_related("person", "agency", "lift").get(key=key)


def find_cared_for(actor: Actor, key: UUID) -> Person:
    """Somebody in the actor's care: staff of the agency, who left it last, and visitors registered there."""
    return in_care_of(actor).get(key=key)


def find_declarant(actor: Actor, key: UUID) -> Person:
    """Somebody for whom the actor may type a declaration; anybody else does not exist here."""
    person = Person.objects.visible_to(actor).get(key=key)
    if not may_declare_for.test(actor, person):
        raise Person.DoesNotExist
    return person
