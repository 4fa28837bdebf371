"""Keep sites, gates and rooms (D8, E1, G2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.organisation.actions.saving import edit, keep, plain
from taicho.organisation.models import Gate, Room, Site, SiteHolding, Unit


@transaction.atomic
def add_site(
    *, by: Actor, unit: Unit, name: str, address: str, division: str = "", valid_from: date | None = None
) -> Site:
    """Add a place of work that `unit` holds from `valid_from` (today). Refused: bad-field."""
    site = keep(Site(name=name, address=address, division=division))
    keep(SiteHolding(site=site, unit=unit, valid_from=valid_from or clock.today()))
    audit.record("organisation.add_site", by=by, of=site, unit=unit.key, facts={"name": name, "address": address})
    return site


@transaction.atomic
def edit_site(site: Site, *, by: Actor, seen: int, **changes: Any) -> Site:
    """Correct name, address, division of a site as read in version `seen`. Refused: changed-meanwhile."""
    changed = edit(site, _only(changes, "name", "address", "division"), seen=seen)
    audit.record("organisation.edit_site", by=by, of=site, unit=_held_by(site), facts=plain(changed))
    return site


@transaction.atomic
def add_gate(site: Site, *, by: Actor, name: str) -> Gate:
    """Add a gate to a site. Refused: name taken at this site."""
    gate = keep(Gate(site=site, name=name))
    audit.record("organisation.add_gate", by=by, of=gate, unit=_held_by(site), facts={"name": name})
    return gate


@transaction.atomic
def edit_gate(gate: Gate, *, by: Actor, seen: int, **changes: Any) -> Gate:
    """Correct the name of a gate or close it from a day (`closed_on`). Refused: changed-meanwhile, name taken."""
    changed = edit(gate, _only(changes, "name", "closed_on"), seen=seen)
    audit.record("organisation.edit_gate", by=by, of=gate, unit=_held_by(gate.site), facts=plain(changed))
    return gate


@transaction.atomic
def add_room(site: Site, *, by: Actor, name: str, **facts: Any) -> Room:
    """Add a room: floor, area_m2 in square metres, seats at full use. Refused: name taken, area not positive."""
    room = keep(Room(site=site, name=name, **_only(facts, "floor", "area_m2", "seats")))
    audit.record("organisation.add_room", by=by, of=room, unit=_held_by(site), facts=plain({"name": name} | facts))
    return room


@transaction.atomic
def edit_room(room: Room, *, by: Actor, seen: int, **changes: Any) -> Room:
    """Correct a room or close it from a day (`closed_on`). Refused: changed-meanwhile, name taken."""
    changed = edit(room, _only(changes, "name", "floor", "area_m2", "seats", "closed_on"), seen=seen)
    audit.record("organisation.edit_room", by=by, of=room, unit=_held_by(room.site), facts=plain(changed))
    return room


def _held_by(site: Site) -> UUID | None:
    """The unit in whose name the step stands in the trail: the holder of the site today."""
    return site.holder.key if site.holder else None


def _only(facts: dict[str, Any], *allowed: str) -> dict[str, Any]:
    if unknown := set(facts) - set(allowed):
        raise ValueError(f"not a field of the place: {sorted(unknown)}")
    return facts
