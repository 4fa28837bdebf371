"""The hats (tư cách) of an actor in display words (ux.md 1.8). The first capacity is the one worn."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from taicho.kernel.actor import Actor, Capacity
from taicho.organisation.enums import PostRole, StandingBodyKind
from taicho.organisation.models import BodyMember, Delegation, Person, Post, Unit
from taicho.ui.shell import Hat, Wearer

SEATS = frozenset(kind.role for kind in StandingBodyKind)
"""Roles that a seat in a standing body gives; they are worn beside the own post."""


def wearing(actor: Actor, key: str) -> Actor:
    """The same actor with the capacity called `key` first, then posts, then seats in standing bodies, then being staff."""
    ranked = sorted(actor.capacities, key=lambda c: (str(c.key) != key, c.role == PostRole.STAFF, c.role in SEATS))
    return replace(actor, capacities=tuple(ranked))


def wearer_of(actor: Actor) -> Wearer:
    """Who sits there: the name, the own unit, the hat worn and the others."""
    person = Person.objects.filter(key=actor.me).only("full_name", "kind").first()
    units = dict(Unit.objects.filter(key__in={c.unit for c in actor.capacities}).values_list("key", "name"))
    titles = _titles(actor.capacities)
    hats = tuple(
        Hat(str(c.key), titles.get(c.key) or str(PostRole(c.role).label), detail=units.get(c.unit, ""))
        for c in actor.capacities
    )
    own = _own_place(actor)
    return Wearer(name=str(person) if person else _("Quản trị"), unit=own, hat=hats[0] if hats else None, hats=hats)


def _own_place(actor: Actor) -> str:
    """The agency of the own unit and, inside it, the department: Ban Dân tộc Thành phố · Văn phòng."""
    unit = Unit.objects.filter(key=actor.unit).first() if actor.unit else None
    if unit is None:
        return ""
    agency = unit.agency
    return agency.name if agency == unit else f"{agency.name} · {unit.name}"


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
