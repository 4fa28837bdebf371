"""The hats (tư cách) of an actor in display words (ux.md 1.8). The first capacity is the one worn."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from taicho.kernel.actor import Actor, Capacity
from taicho.organisation.enums import PostRole
from taicho.organisation.models import BodyMember, Delegation, Person, Post, Unit
from taicho.ui.shell import Hat, Wearer


def wearing(actor: Actor, key: str) -> Actor:
    """The same actor with the capacity called `key` first, then posts, then being staff."""
    ranked = sorted(actor.capacities, key=lambda c: (str(c.key) != key, c.role == PostRole.STAFF))
    return replace(actor, capacities=tuple(ranked))


def wearer_of(actor: Actor) -> Wearer:
    """Who sits there: the name, the own unit, the hat worn and the others."""
    person = Person.objects.filter(key=actor.person).only("full_name", "kind").first()
    units = dict(Unit.objects.filter(key__in={c.unit for c in actor.capacities}).values_list("key", "name"))
    titles = _titles(actor.capacities)
    hats = tuple(
        Hat(str(c.key), titles.get(c.key) or str(PostRole(c.role).label), detail=units.get(c.unit, ""))
        for c in actor.capacities
    )
    own = units.get(actor.unit, "") if actor.unit else ""
    return Wearer(name=str(person) if person else _("Quản trị"), unit=own, hat=hats[0] if hats else None, hats=hats)


def _titles(capacities: tuple[Capacity, ...]) -> Mapping[UUID, str]:
    """Title of each capacity that is more than being staff: of the post, of the delegation, of the seat."""
    keys = {c.key for c in capacities if c.role != PostRole.STAFF}
    titles: dict[UUID, str] = dict(Post.objects.filter(key__in=keys).values_list("key", "title")) if keys else {}
    if keys := keys - titles.keys():
        given = Delegation.objects.filter(key__in=keys).values_list("key", "post__title")
        titles |= {key: _("TUQ. %(title)s") % {"title": title} for key, title in given}
    if keys := keys - titles.keys():
        titles |= dict(BodyMember.objects.filter(key__in=keys).values_list("key", "composition__body__name"))
    return titles
