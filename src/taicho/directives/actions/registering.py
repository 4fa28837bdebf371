"""Enter a document together with what was read in it: facts, clauses, citations and the file, all or nothing (A1, A6)."""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.directives.models import Citation, Clause, PendingReading
from taicho.directives.models.pending_reading import FORGOTTEN
from taicho.directives.rules.reading import Reading, read_structure
from taicho.directives.rules.reading.facts import clauses_to_keep
from taicho.directives.rules.reading.paragraphs import as_paragraphs
from taicho.directives.rules.reading.stored import as_stored, from_stored
from taicho.documents.actions.registering import AlreadyRegistered, register_incoming
from taicho.documents.models import IncomingDocument
from taicho.documents.queries.register import document_with_file
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.intake import Accepted, Kind
from taicho.kernel.numbers import number
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.models import Unit

KEPT_HOURS = 24  # not a rule: how long a document that nobody entered is kept
MOST_CLAUSES, MOST_CITED = 2_000, 2_000  # not a rule: what one page of a document still shows
LONGEST_READ = 1_000_000  # not a rule: letters of one document; the longest decree with its annexes has a third of it
NUMBER_LENGTH, ISSUER_LENGTH = 60, 200  # not a rule: widths of columns


@transaction.atomic
def prepare_reading(
    file: Accepted, *, by: Actor, agency: Unit, pasted: bool = False, read: Callable[[str], Reading] = read_structure
) -> PendingReading:
    """Read a file that came through intake with `Read.TEXT` and keep it, sealed, for the comparison; no register line.

    `pasted` text is read the same, but there is no file to keep. Refused: file-registered-already, too-long, too-many-clauses.
    """
    if not pasted and (known := document_with_file(agency, file.sha256)):
        raise AlreadyRegistered(known)
    text = (file.text or "").replace("\0", " ")
    if file.kind is Kind.PDF:
        text = as_paragraphs(text)
    pending = PendingReading(
        agency=agency, text=text, reading=as_stored(_bounded(text, read)), prepared_by=by.person,
        prepared_at=clock.now(),
    )  # fmt: skip
    if not pasted:
        pending.file_name, pending.kind, pending.sha256 = file.name, file.kind.value, file.sha256
        pending.content = base64.b64encode(file.data).decode("ascii")
    pending.save()
    facts = {"sha256": file.sha256, "pasted": pasted}
    audit.record("directives.prepare_reading", by=by, of=pending, unit=agency.key, facts=facts)
    return pending


@transaction.atomic
def register_read(
    pending: PendingReading, *, by: Actor, facts: dict[str, Any], knowingly: bool = False
) -> IncomingDocument:
    """Enter the document with `facts` as the clerk left them, its clauses, citations and file.

    Asked twice, it answers the same document. Refused: reading-over, and what `register_incoming` refuses.
    """
    pending = _locked(pending)
    if pending.document is not None:
        return pending.document
    _check_waiting(pending)
    document = register_incoming(by=by, agency=pending.agency, facts=facts, files=_files(pending), knowingly=knowingly)
    _keep_reading(document, from_stored(pending.reading))
    pending.document = document
    pending.forget()
    pending.save(update_fields=["document", *FORGOTTEN])
    audit.record("directives.register_read", by=by, of=pending, unit=document.agency.key)
    return document


@transaction.atomic
def register_by_hand(
    *, by: Actor, agency: Unit, facts: dict[str, Any], text: str = "", knowingly: bool = False
) -> IncomingDocument:
    """Enter a document that came without a file; `text` is its body as typed, and gives the clauses. Refused as above."""
    reading = _bounded(text, read_structure)
    document = register_incoming(by=by, agency=agency, facts=facts, knowingly=knowingly)
    _keep_reading(document, reading)
    return document


@transaction.atomic
def drop_reading(pending: PendingReading, *, by: Actor) -> None:
    """Forget a document that was read and is not wanted. Refused: reading-over once it is entered."""
    pending = _locked(pending)
    _check_waiting(pending)
    pending.forget()
    pending.save(update_fields=FORGOTTEN)
    audit.record("directives.drop_reading", by=by, of=pending, unit=pending.agency.key)


@transaction.atomic
def purge_readings(*, by: Actor, at: datetime | None = None) -> int:
    """Forget every document older than a day that nobody entered; return how many."""
    old = PendingReading.objects.filter(prepared_at__lt=(at or clock.now()) - timedelta(hours=KEPT_HOURS))
    purged = list(old.waiting().select_for_update(skip_locked=True))
    for pending in purged:
        pending.forget()
        pending.save(update_fields=FORGOTTEN)
        audit.record("directives.purge_reading", by=by, of=pending)
    return len(purged)


def _bounded(text: str, read: Callable[[str], Reading]) -> Reading:
    """What was read, when one page can still show it. Refused: too-long, too-many-clauses."""
    if len(text) > LONGEST_READ:
        raise Refusal(
            _("Văn bản có hơn %(most)s chữ, quá dài để đọc một lần. Hãy tách phụ lục ra rồi đưa vào phần chính.")
            % {"most": number(LONGEST_READ)},
            code="too-long",
        )
    reading = read(text)
    if len(reading.clauses) > MOST_CLAUSES or len(reading.cites) > MOST_CITED:
        raise Refusal(
            _(
                "Văn bản có hơn %(most)s mục hoặc văn bản được dẫn, quá nhiều cho một trang. "
                "Hãy tách danh sách, phụ lục ra rồi đưa vào phần chính."
            )
            % {"most": number(MOST_CLAUSES)},
            code="too-many-clauses",
        )
    return reading


def _keep_reading(document: IncomingDocument, reading: Reading) -> None:
    """Rows for the clauses and the cited documents, in the order of the text."""
    Clause.objects.bulk_create(
        Clause(document=document, position=position, path=clause.path, text=clause.text)
        for position, clause in enumerate(clauses_to_keep(reading.clauses))
    )
    Citation.objects.bulk_create(
        Citation(
            document=document, position=position, number=cited.number[:NUMBER_LENGTH],
            issuer=(cited.issuer or "")[:ISSUER_LENGTH], day=cited.day,
        )
        for position, cited in enumerate(reading.cites)
    )  # fmt: skip


def _files(pending: PendingReading) -> list[Accepted]:
    """The file as it came through intake; none for pasted text."""
    if not pending.kind:
        return []
    data = base64.b64decode(pending.content or "")
    return [Accepted(pending.file_name or "", Kind(pending.kind), data, pending.sha256, pending.text)]


def _locked(pending: PendingReading) -> PendingReading:
    held = PendingReading.objects.select_for_update(of=("self",))
    return held.select_related("agency", "document__agency").get(pk=pending.pk)


def _check_waiting(pending: PendingReading) -> None:
    if not pending.is_waiting:
        raise Conflict(
            _("Văn bản này đã vào sổ, đã bỏ hoặc đã chờ quá một ngày. Hãy đưa tệp vào lại."), code="reading-over"
        )
