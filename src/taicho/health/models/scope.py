"""Who sees health data: the person concerned, and the health post of the agency where the person is now (L3).

A row keeps the agency in whose name it was written, and that gives nobody a right: where the person is now is asked at
each reading, so that a transfer hands the care over and takes it away in the same instant (A13). Rank opens nothing.
"""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.organisation.enums import PersonKind, PostRole
from taicho.organisation.models import Person, StaffMembership
from taicho.organisation.models.unit import agencies_of

HEALTH_POSTS = frozenset({PostRole.HEALTH_POST})


def in_care_of(actor: Actor) -> models.QuerySet[Person]:
    """People of the agencies whose health post the actor holds, as `Person.home_unit` knows them at this moment.

    The main unit now, else the last one: who has left with an open restriction is still released by somebody. A
    visitor belongs to the agency that registered the visit.
    """
    at, agencies = clock.now(), agencies_of(actor, HEALTH_POSTS)
    here = StaffMembership.objects.filter(main=True, unit__agency_path__in=agencies)
    of_person = StaffMembership.objects.filter(main=True, person=OuterRef("person"))
    later = of_person.filter(starts_at__gt=OuterRef("starts_at"))
    last_here = here.filter(~Exists(of_person.in_force(at)), ~Exists(later))
    return Person.objects.filter(
        Q(kind=PersonKind.STAFF, pk__in=here.in_force(at).order_by().values("person"))
        | Q(kind=PersonKind.STAFF, pk__in=last_here.order_by().values("person"))
        | Q(~Q(kind=PersonKind.STAFF), registered_in__agency_path__in=agencies)
    )


def cared_for(actor: Actor, of: str = "person") -> Q:
    """The condition that the person a row names in `of` is in the actor's care."""
    return Q(**{f"{of}__in": in_care_of(actor).order_by().values("pk")})


class OfHealthPostQuerySet(models.QuerySet):
    """Rows that only the health post works with."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows about people in the actor's care."""
        return self.filter(cared_for(actor))


class OfPersonQuerySet(OfHealthPostQuerySet):
    """Rows about a person, who may read them."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own rows, and those about people in the actor's care."""
        return self.filter(Q(person__key=actor.me) | cared_for(actor))
