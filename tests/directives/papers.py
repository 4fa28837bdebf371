"""Registered letters and confirmed measures in few words, on invented paper."""

from datetime import date

from taicho.directives.actions.measures import confirm_measure
from taicho.directives.models import Clause
from taicho.documents.models import IncomingDocument
from taicho.kernel import clock
from taicho.kernel.saving import keep
from tests.organisation.land import SETUP, actor

ISSUED = date(2026, 11, 16)


def letter(land, *, number="58", issuer="Văn phòng UBND tỉnh Minh Giang", issued_on=ISSUED, clauses=("1", "2", "4/-3")):
    """A letter in the register of the Sở, with its clauses."""
    taken = IncomingDocument.objects.filter(agency=land.bureau).count()
    document = keep(
        IncomingDocument(
            agency=land.bureau, year=2026, arrival_number=taken + 1, arrived_on=date(2026, 11, 19), number=number,
            symbol="VP-HC-QT", issuer=issuer, issued_on=issued_on, subject="phòng, chống dịch",
            registered_at=clock.now(),
        )
    )  # fmt: skip
    for position, path in enumerate(clauses):
        keep(Clause(document=document, position=position, path=path, text=f"Nội dung mục {path}."))
    return document


def clause_of(document, path="1"):
    """One clause of a letter."""
    return document.clauses.get(path=path)


def cap(land, *, number="58", issued_on=ISSUED, by=SETUP, **facts):
    """A cap of 50 % for the Sở from a new letter; any fact may be another."""
    measure = {
        "kind": "trial.cap", "params": {"max_pct": 50, "binding": True}, "force": "require", "scope": [land.bureau],
        "from_day": date(2026, 11, 17),
    }  # fmt: skip
    return confirm_measure(clause_of(letter(land, number=number, issued_on=issued_on)), by=by, **(measure | facts))


def by_clerk(people):
    """The office's officer as the one who acts."""
    return actor(people.office)
