"""The poster of a gate, and the pass of a visitor who came by it."""

from datetime import datetime
from typing import Any

from taicho.gate.models import GateLink, GatePass
from taicho.kernel.actor import Actor
from taicho.organisation.models import Gate, Unit


def find_link(actor: Actor, token: str) -> GateLink:
    """The poster that hangs now with this token; an old one leads nowhere."""
    return GateLink.objects.select_related("gate__site", "agency").get(token=token, ended_at=None)


def link_of(gate: Gate, agency: Unit | None) -> GateLink | None:
    """The poster of the gate, when `agency`, which holds it now, has made one."""
    return GateLink.objects.filter(gate=gate, agency=agency, ended_at=None).first() if agency else None


def shown_pass(token: str, link: GateLink, at: datetime) -> GatePass | None:
    """The visitor's pass that a phone remembers, while the visit lasts."""
    if not token or len(token) > GatePass._meta.get_field("token").max_length:  # type: ignore[operator]
        return None
    wanted: dict[str, Any] = {"token_index": token, "agency": link.agency, "revoked_at": None, "visit__ends_at__gt": at}
    return GatePass.objects.filter(**wanted).select_related("visit").first()
