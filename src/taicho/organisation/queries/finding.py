"""Find one thing inside the actor's scope; outside it there is nothing (404), by the one `visible_to` of its model."""

from uuid import UUID

from django.db.models import Q

from taicho.kernel.actor import Actor
from taicho.organisation.models import (
    Delegation,
    Gate,
    OutsideAuthority,
    Person,
    Post,
    Room,
    Site,
    StandingBody,
    Unit,
)


def find_unit(actor: Actor, key: UUID) -> Unit:
    """A unit the actor sees, past or present."""
    return Unit.objects.visible_to(actor).get(key=key)


def find_person(actor: Actor, key: UUID) -> Person:
    """A person the actor sees."""
    people = Person.objects.visible_to(actor).select_related("work_room__site", "account", "registered_in")
    return people.get(key=key)


def find_self(actor: Actor) -> Person:
    """The actor's own record."""
    return Person.objects.select_related("work_room__site").get(key=actor.me)


def find_post(actor: Actor, key: UUID) -> Post:
    """A post of a person the actor sees."""
    seen = Person.objects.visible_to(actor).order_by().values("pk")
    return Post.objects.select_related("unit", "person").get(key=key, person__in=seen)


def find_delegation(actor: Actor, key: UUID) -> Delegation:
    """A delegation the actor gave or received, or of a post of somebody the actor sees."""
    seen = Person.objects.visible_to(actor).order_by().values("pk")
    own = Q(person__key=actor.person) | Q(post__person__in=seen)
    return Delegation.objects.select_related("post__unit", "post__person", "person").get(own, key=key)


def find_body(actor: Actor, key: UUID) -> StandingBody:
    """A standing body of a unit the actor sees."""
    return StandingBody.objects.visible_to(actor).select_related("unit", "parent").get(key=key)


def find_authority(actor: Actor, key: UUID) -> OutsideAuthority:
    """An outside authority; its numbers are for everybody who has signed in."""
    return OutsideAuthority.objects.select_related("kept_by").get(key=key)


def find_site(actor: Actor, key: UUID) -> Site:
    """A site the actor sees."""
    return Site.objects.visible_to(actor).get(key=key)


def find_gate(actor: Actor, key: UUID) -> Gate:
    """A gate of a site the actor sees."""
    return Gate.objects.visible_to(actor).select_related("site").get(key=key)


def find_room(actor: Actor, key: UUID) -> Room:
    """A room of a site the actor sees."""
    return Room.objects.visible_to(actor).select_related("site").get(key=key)
