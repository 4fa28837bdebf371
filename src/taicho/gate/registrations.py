"""What the gate tells the rooms below: the pass stands under the confirmation of one's own declaration."""

from typing import Any

from taicho.gate.queries.card import pass_card
from taicho.health import afterwards
from taicho.health.afterwards import Part
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.organisation.enums import PersonKind


def register() -> None:
    """Hang the card into health."""
    afterwards.register("pass", card_after)


def card_after(actor: Actor, declaration: Any) -> Part | None:
    """The card of the person who has declared; a visitor gets the pass at the poster."""
    if declaration.person.kind != PersonKind.STAFF:
        return None
    return Part("gate/pass_after.html", {"pass": pass_card(declaration.person, clock.now())})
