"""The pass as a card: on the first page, under the confirmation of a declaration (E1)."""

from dataclasses import dataclass
from datetime import datetime

from taicho.gate.queries.passes import code_of, own_pass
from taicho.gate.rules.codes import grouped, payload
from taicho.gate.rules.drawing import qr
from taicho.organisation.models import Person


@dataclass(frozen=True, slots=True)
class PassCard:
    """Picture and code of the own pass; empty where there is none yet, or its code has run out."""

    picture: str = ""
    code: str = ""
    until: datetime | None = None


def pass_card(person: Person, at: datetime) -> PassCard:
    """The pass of a member of staff at `at`."""
    held = own_pass(person, at)
    if held is None:
        return PassCard()
    code = code_of(held, at)
    return PassCard(qr(payload(held.token)), grouped(code.code) if code else "", code.ends_at if code else None)
