"""Enter documents in the register of incoming documents and correct what was entered (A1; NĐ 30/2020, Điều 22)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.documents.news import DocumentRegistered
from taicho.documents.queries.register import alike_document, document_with_file, same_document
from taicho.kernel import audit, clock, news
from taicho.kernel.actor import Actor
from taicho.kernel.intake import Accepted, mark_in
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import edit, keep, plain, unchanged
from taicho.organisation.models import Unit

FACTS = (
    "number", "symbol", "kind", "issuer", "superior", "place", "issued_on", "subject", "addressees", "recipients",
    "signer", "signer_title", "capacity", "urgency", "arrived_on",
)  # fmt: skip
"""What the paper says of itself and the day it came; the arrival number is never typed."""


class AlreadyRegistered(Conflict):
    """These very bytes are in the register of the agency: `document` is the line that holds them."""

    def __init__(self, document: IncomingDocument) -> None:
        sentence = _("Tệp này đã có trong sổ văn bản đến, số đến %(number)s/%(year)s.")
        numbers = {"number": document.arrival_number, "year": document.year}
        super().__init__(sentence % numbers, code="file-registered-already", field="file")
        self.document = document


class AlikeRegistered(Conflict):
    """The register holds a line with this number, symbol and day of a body that is spelt alike: `document`."""

    def __init__(self, document: IncomingDocument) -> None:
        sentence = _(
            "Số đến %(number)s/%(year)s đã ghi văn bản cùng số, ký hiệu, ngày của “%(issuer)s”. "
            "Xem lại dòng đó; nếu là văn bản khác thì chọn “Văn bản khác, vẫn vào sổ”."
        )
        facts = {"number": document.arrival_number, "year": document.year, "issuer": document.issuer}
        super().__init__(sentence % facts, code="alike-registered")
        self.document = document


@transaction.atomic
def register_incoming(
    *, by: Actor, agency: Unit, facts: dict[str, Any], files: Iterable[Accepted] = (), knowingly: bool = False
) -> IncomingDocument:
    """Give a document the next arrival number of `agency` in the year it came, and keep it with its files.

    Numbers of a year run 1, 2, 3 … without a gap: they are taken while the agency is held, and a refused document takes
    none. `arrived_on` is today when not given; `knowingly`: the clerk has seen the line that is alike and says that this
    is another document. Refused: bad-field, secret, arrives-later, alike-registered, file-registered-already,
    documents_same_document_registered_once, documents_arrives_after_it_is_issued. Announces DocumentRegistered.
    """
    document = IncomingDocument(agency=agency, **_only(facts))
    document.arrived_on = document.arrived_on or clock.today()
    _check(document)
    Unit.objects.select_for_update(no_key=True).get(pk=agency.pk)
    alike = _check_alike(agency, facts, knowingly=knowingly)
    document.year = document.arrived_on.year
    document.arrival_number = _last_number(agency, document.year) + 1
    document.registered_by, document.registered_at = by.person, clock.now()
    keep(document)
    for file in files:
        _attach(document, file)
    known = {"beside_alike": str(alike.key)} if alike else {}
    audit.record("documents.register_incoming", by=by, of=document, unit=agency.key, facts=plain(facts) | known)
    news.announce(DocumentRegistered(str(document.key)))
    return document


@transaction.atomic
def correct_incoming(document: IncomingDocument, *, by: Actor, seen: int, **changes: Any) -> IncomingDocument:
    """Correct what was entered, as read in version `seen`; the arrival number stays.

    Refused: changed-meanwhile, struck-out, other-year, and what `register_incoming` refuses but alike-registered.
    """
    check_standing(unchanged(document, seen=seen))
    arrived_on = changes.get("arrived_on")
    if arrived_on and arrived_on.year != document.year:
        raise Refusal(
            _("Số đến thuộc năm %(year)s. Ngày đến phải nằm trong năm đó.") % {"year": document.year},
            code="other-year", field="arrived_on",
        )  # fmt: skip
    _check(IncomingDocument(agency=document.agency, **{"arrived_on": document.arrived_on} | _only(changes)))
    changed = edit(document, changes, seen=seen)
    audit.record("documents.correct_incoming", by=by, of=document, unit=document.agency.key, facts=plain(changed))
    return document


def check_standing(document: IncomingDocument) -> None:
    """Refuse whatever would still be done with a line that is struck out. Refused: struck-out."""
    if document.is_struck_out:
        raise Conflict(
            _("Số đến %(number)s/%(year)s đã hủy, lý do: %(why)s")
            % {"number": document.arrival_number, "year": document.year, "why": document.struck_out_why},
            code="struck-out",
        )


def _check_alike(agency: Unit, facts: dict[str, Any], *, knowingly: bool) -> IncomingDocument | None:
    """The line that is alike, when the clerk knows of it; none where the database would call the two the same anyway."""
    alike = None if same_document(agency, facts) else alike_document(agency, facts)
    if alike is not None and not knowingly:
        raise AlikeRegistered(alike)
    return alike


def _only(facts: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(facts) - set(FACTS):
        raise ValueError(f"not a fact of an incoming document: {sorted(unknown)}")
    return facts


def _check(document: IncomingDocument) -> None:
    """Refuse a secret paper typed by hand, and a day that has not come yet (L1; house D12)."""
    if mark_in([f"Số: {document.full_number}"]) or mark_in([document.subject, document.issuer]):
        raise Refusal(
            _("Văn bản có dấu MẬT không được đưa vào hệ thống. Hãy xử lý tại bộ phận văn thư mật."), code="secret"
        )
    if document.arrived_on > clock.today():
        raise Refusal(_("Ngày đến không được sau hôm nay."), code="arrives-later", field="arrived_on")


def _last_number(agency: Unit, year: int) -> int:
    found = IncomingDocument.objects.filter(agency=agency, year=year).aggregate(last=Max("arrival_number"))
    return found["last"] or 0


def _attach(document: IncomingDocument, file: Accepted) -> None:
    """Keep the exact bytes; a text column of PostgreSQL takes no NUL. Refused: file-registered-already."""
    known = document_with_file(document.agency, file.sha256)
    if known is not None:
        raise AlreadyRegistered(known)
    keep(
        DocumentFile(
            document=document, name=file.name, kind=file.kind.value, size=file.size, sha256=file.sha256,
            content=file.data, text=(file.text or "").replace("\0", ""), added_at=clock.now(),
        )
    )  # fmt: skip
