"""Questions about the register of incoming documents (A1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.documents.models.incoming_document import KEEPS_INCOMING
from taicho.documents.rules.spellings import alike_bodies, bare_number, bare_symbol
from taicho.kernel.actor import Actor
from taicho.kernel.vietnamese import fold
from taicho.organisation.models import Unit
from taicho.organisation.models.unit import agencies_of


def register(actor: Actor, *, terms: Iterable[str] = ()) -> QuerySet[IncomingDocument]:
    """The documents the actor sees, the latest arrival first; each of `terms` (folded) in number, issuer or subject."""
    found = IncomingDocument.objects.visible_to(actor).select_related("agency")
    for term in terms:
        found = found.filter(words_folded__contains=term)
    return found.order_by("-year", "-arrival_number", "pk")


def find_incoming(actor: Actor, key: UUID) -> IncomingDocument:
    """A document of the actor's agencies; DoesNotExist outside."""
    return IncomingDocument.objects.visible_to(actor).select_related("agency").get(key=key)


def find_file(actor: Actor, key: UUID) -> DocumentFile:
    """A file of a document of the actor's agencies, with its bytes."""
    return DocumentFile.objects.visible_to(actor).select_related("document__agency").get(key=key)


def agencies_registered_by(actor: Actor, day: date) -> QuerySet[Unit]:
    """Agencies in force on `day` whose register of incoming documents the actor keeps."""
    return Unit.objects.in_force(day).filter(path__in=agencies_of(actor, KEEPS_INCOMING), path=F("agency_path"))


def document_with_file(agency: Unit, sha256: str) -> IncomingDocument | None:
    """The document in the register of `agency` that was entered with these very bytes, or None; struck out ones are none."""
    return IncomingDocument.objects.standing().filter(agency=agency, files__sha256=sha256).first()


def same_document(agency: Unit, facts: dict[str, Any]) -> IncomingDocument | None:
    """The registered document that the database would call the same: number, symbol, issuer and day, or None.

    Two papers without a day are never the same to the database.
    """
    if not all(facts.get(name) for name in ("number", "symbol", "issued_on")):
        return None
    return IncomingDocument.objects.standing().filter(
        agency=agency, number=facts["number"], symbol=facts["symbol"], issuer_folded=fold(facts.get("issuer", "")),
        issued_on=facts["issued_on"],
    ).first()  # fmt: skip


def alike_document(agency: Unit, facts: dict[str, Any]) -> IncomingDocument | None:
    """A line that may hold this document under another spelling: number, symbol and day the same, issuer alike; or None.

    Asked for what the database lets pass: "Ủy ban nhân dân" beside "UBND", "07" beside "7", no day beside no day.
    """
    number, symbol = facts.get("number", ""), facts.get("symbol", "")
    if not number or not symbol:
        return None
    same_day = IncomingDocument.objects.standing().filter(
        agency=agency, issued_on=facts.get("issued_on"), number__endswith=bare_number(number)
    )
    return next((one for one in same_day.order_by("pk") if _alike(one, number, symbol, facts.get("issuer", ""))), None)


def _alike(one: IncomingDocument, number: str, symbol: str, issuer: str) -> bool:
    return (
        bare_number(one.number) == bare_number(number)
        and bare_symbol(one.symbol) == bare_symbol(symbol)
        and alike_bodies(one.issuer, issuer)
    )
