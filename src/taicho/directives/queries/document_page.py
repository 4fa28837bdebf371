"""What the page of one document shows besides its facts: clauses, files, the documents it cites (A1, A6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from taicho.directives.models import Citation, Clause, Measure, PendingReading
from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.kernel.actor import Actor
from taicho.organisation.models import Person


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document, and the line of the register that holds it, where the agency has received it."""

    citation: Citation
    document: IncomingDocument | None


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause with who corrected it, and whether it may still be corrected: no measure rests on it."""

    clause: Clause
    corrector: str
    is_free: bool


def clauses_of(document: IncomingDocument) -> list[ShownClause]:
    """The clauses in the order of the text. Three queries."""
    clauses = list(Clause.objects.filter(document=document).order_by("position"))
    held = set(measures_of(document).filter(withdrawal__isnull=True).values_list("clause_id", flat=True))
    names = names_of(clause.corrected_by for clause in clauses)
    return [ShownClause(one, names.get(one.corrected_by, ""), one.pk not in held) for one in clauses]


def names_of(keys: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Names of members of staff by key; no query for nobody."""
    asked = {key for key in keys if key is not None}
    return dict(Person.objects.filter(key__in=asked).values_list("key", "full_name")) if asked else {}


def find_clause(actor: Actor, key: UUID) -> Clause:
    """A clause of a document of the actor's agencies; DoesNotExist outside."""
    return Clause.objects.visible_to(actor).select_related("document__agency").get(key=key)


def measures_resting_on(clause: Clause) -> QuerySet[Measure]:
    """Measures confirmed from the clause and not taken back, the oldest first."""
    return Measure.objects.filter(clause=clause, withdrawal__isnull=True).order_by("pk")


def measures_of(document: IncomingDocument) -> QuerySet[Measure]:
    """Every measure ever confirmed from the document, those taken back too, the oldest first."""
    return Measure.objects.filter(clause__document=document).order_by("pk")


def files_of(document: IncomingDocument) -> QuerySet[DocumentFile]:
    """The files without their bytes."""
    return DocumentFile.objects.filter(document=document).defer("content", "text").order_by("pk")


def cited_by(document: IncomingDocument) -> list[Cited]:
    """The documents it names; one that the register of the agency holds by the same printed number is joined."""
    citations = list(Citation.objects.filter(document=document).order_by("position"))
    numbers = {citation.number.split("/")[0].split("-")[0] for citation in citations}
    known = (
        IncomingDocument.objects.standing()
        .filter(agency=document.agency_id, number__in=numbers)
        .exclude(pk=document.pk)
    )
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
