"""Find one thing inside the actor's scope; outside it there is nothing (404)."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from taicho.health.models import Declaration, HealthAlert, Restriction
from taicho.health.models.scope import HEALTH_POSTS
from taicho.health.policies import may_declare_for
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.organisation.models import Person, StaffMembership, Unit
from taicho.organisation.models.unit import agencies_of


def find_declaration(actor: Actor, key: UUID) -> Declaration:
    """A declaration the actor sees: one's own, or of the agency whose health post one holds."""
    seen = Declaration.objects.visible_to(actor).select_related("person", "agency", "corrects")
    return seen.get(key=key)


def find_alert(actor: Actor, key: UUID) -> HealthAlert:
    """An alert of the agency whose health post the actor holds."""
    rows = HealthAlert.objects.visible_to(actor)
    return rows.select_related("person", "agency", "declaration", "temperature").get(key=key)


def find_restriction(actor: Actor, key: UUID) -> Restriction:
    """A restriction the actor sees."""
    return Restriction.objects.visible_to(actor).select_related("person", "agency", "lift").get(key=key)


def find_cared_for(actor: Actor, key: UUID) -> Person:
    """Staff of an agency whose health post the actor holds, and visitors registered there."""
    units = Unit.objects.filter(agency_path__in=agencies_of(actor, HEALTH_POSTS)).order_by().values("pk")
    serving = StaffMembership.objects.in_force(clock.now()).filter(person=OuterRef("pk"), unit__in=units)
    return Person.objects.filter(Exists(serving) | Q(registered_in__in=units)).get(key=key)


def find_declarant(actor: Actor, key: UUID) -> Person:
    """Somebody for whom the actor may type a declaration; anybody else does not exist here."""
    person = Person.objects.visible_to(actor).get(key=key)
    if not may_declare_for.test(actor, person):
        raise Person.DoesNotExist
    return person
