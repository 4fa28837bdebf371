"""Which agency a gate belongs to on a day, and which tablet stands at it."""

import hashlib
from datetime import date

from taicho.gate.models import GateDevice
from taicho.organisation.models import Gate, Unit
from taicho.organisation.models.place import holder_on


def agency_of(gate: Gate, day: date) -> Unit | None:
    """The agency that holds the site of the gate on `day`; None while nobody does."""
    holder = holder_on(gate.site_id, day)
    return holder.agency if holder else None


def token_hash(token: str) -> bytes:
    """What the row of a device keeps of its token; a token of 160 random bits needs no salt."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def device_with(token: str) -> GateDevice | None:
    """The device in use that carries this token in its cookie."""
    if not token:
        return None
    found = GateDevice.objects.in_use().filter(token_hash=token_hash(token))
    return found.select_related("gate__site", "agency").first()
