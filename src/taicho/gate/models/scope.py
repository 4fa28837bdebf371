"""Who sees what happens at the gates of an agency: those who receive people there; and everybody their own."""

from typing import Self

from django.db import models
from django.db.models import Q

from taicho.kernel.actor import Actor
from taicho.organisation.enums import PostRole
from taicho.organisation.models.unit import agencies_of

KEEPS_GATES = frozenset({PostRole.OFFICE, PostRole.CHIEF_OF_OFFICE})
WATCHES_GATES = KEEPS_GATES | {PostRole.GUARD, PostRole.ENTRANCE_DESK}
DECIDES = frozenset({PostRole.LEADER})
"""The leader on duty: until the roster of leaders is kept here, every leader of the agency, and who acts for one."""


class AtGateQuerySet(models.QuerySet):
    """Rows of an agency that the people of its gates work with."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the agencies whose gates the actor watches or keeps."""
        return self.filter(agency__path__in=agencies_of(actor, WATCHES_GATES))


class OfPersonAtGateQuerySet(AtGateQuerySet):
    """Rows about a person, who may read them too."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own rows, and those of the agencies whose gates the actor watches or keeps."""
        return self.filter(Q(person__key=actor.me) | Q(agency__path__in=agencies_of(actor, WATCHES_GATES)))
