"""Who sees health data: the person concerned, and the health post of the agency. Nobody else, whatever the rank (L3)."""

from typing import Self

from django.db import models
from django.db.models import Q

from taicho.kernel.actor import Actor
from taicho.organisation.enums import PostRole
from taicho.organisation.models.unit import agencies_of

HEALTH_POSTS = frozenset({PostRole.HEALTH_POST})


class OfHealthPostQuerySet(models.QuerySet):
    """Rows that only the health post of the agency works with."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the agencies whose health post the actor holds."""
        return self.filter(agency__path__in=agencies_of(actor, HEALTH_POSTS))


class OfPersonQuerySet(OfHealthPostQuerySet):
    """Rows about a person, who may read them."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own rows, and those of the agencies whose health post the actor holds."""
        return self.filter(Q(person__key=actor.me) | Q(agency__path__in=agencies_of(actor, HEALTH_POSTS)))
