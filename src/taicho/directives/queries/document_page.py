"""What the page of one document shows besides its facts: clauses, files, the documents it cites (A1, A6)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from taicho.directives.models import Citation, Clause, PendingReading
from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document, and the line of the register that holds it, where the agency has received it."""

    citation: Citation
    document: IncomingDocument | None


def clauses_of(document: IncomingDocument) -> QuerySet[Clause]:
    """The clauses in the order of the text."""
    return Clause.objects.filter(document=document).order_by("position")


def files_of(document: IncomingDocument) -> QuerySet[DocumentFile]:
    """The files without their bytes."""
    return DocumentFile.objects.filter(document=document).defer("content", "text").order_by("pk")


def cited_by(document: IncomingDocument) -> list[Cited]:
    """The documents it names; one that the register of the agency holds by the same printed number is joined."""
    citations = list(Citation.objects.filter(document=document).order_by("position"))
    numbers = {citation.number.split("/")[0].split("-")[0] for citation in citations}
    known = IncomingDocument.objects.filter(agency=document.agency_id, number__in=numbers).exclude(pk=document.pk)
    by_number: dict[str, list[IncomingDocument]] = {}
    for one in known:
        by_number.setdefault(one.full_number, []).append(one)
    return [Cited(citation, _the_one(citation, by_number.get(citation.number, []))) for citation in citations]


def _the_one(citation: Citation, named: list[IncomingDocument]) -> IncomingDocument | None:
    """The document of that number; where a day is written it must be that day, and two possible ones are none."""
    fitting = [one for one in named if citation.day in (None, one.issued_on)]
    return fitting[0] if len(fitting) == 1 else None


def find_pending(actor: Actor, key: UUID) -> PendingReading:
    """A document that waits, or has waited, in an agency whose register the actor keeps; DoesNotExist outside."""
    return PendingReading.objects.visible_to(actor).select_related("agency", "document").get(key=key)


def readings_waiting_for(actor: Actor) -> QuerySet[PendingReading]:
    """Documents that were read and wait to be entered, the latest first."""
    waiting = PendingReading.objects.visible_to(actor).waiting().select_related("agency")
    return waiting.defer("content", "text", "reading").order_by("-prepared_at")
