"""The pass that stands on the first page (E1)."""

from dataclasses import dataclass
from datetime import datetime

from taicho.gate.queries.passes import code_of, own_pass
from taicho.gate.rules.codes import grouped, payload
from taicho.gate.web.drawing import qr
from taicho.organisation.models import Person


@dataclass(frozen=True, slots=True)
class MyPass:
    """Picture and code of the own pass; empty where there is none yet, or its code has run out."""

    picture: str = ""
    code: str = ""
    until: datetime | None = None


def my_pass(person: Person, at: datetime) -> MyPass:
    """The pass of a member of staff at `at`."""
    held = own_pass(person, at)
    if held is None:
        return MyPass()
    code = code_of(held, at)
    return MyPass(qr(payload(held.token)), grouped(code.code) if code else "", code.ends_at if code else None)
