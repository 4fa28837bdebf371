"""The page of one document: what it says of itself, its clauses, the measures they gave, files, citations (A1, A6)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.directives.policies import may_confirm
from taicho.directives.queries.document_page import cited_by, clauses_of, files_of, names_of
from taicho.directives.queries.finding import find_document
from taicho.directives.queries.measure_list import measure_rows
from taicho.documents.addresses import pages_beside
from taicho.documents.models import IncomingDocument
from taicho.documents.policies import may_register
from taicho.kernel import clock
from taicho.kernel.dates import official_date
from taicho.kernel.pages import page, signed_in
from taicho.ui.asking import who

FACTS = (
    "number", "symbol", "kind", "issuer", "superior", "place", "issued_on", "subject", "addressees", "recipients",
    "signer", "signer_title", "capacity",
)  # fmt: skip


@page(read=signed_in, find=find_document)
def document(request: HttpRequest, document: IncomingDocument) -> HttpResponse:
    """One document, for everyone in the agency that received it."""
    rows = measure_rows(document.agency, clock.today())
    facts = {
        "document": document,
        "facts": [_fact(document, name) for name in FACTS],
        "clauses": clauses_of(document),
        "files": files_of(document),
        "cited": cited_by(document),
        "rows": [row for row in rows if row.measure.clause and row.measure.clause.document_id == document.pk],
        "may_register": may_register.test(who(request), document) and not document.is_struck_out,
        "may_confirm": may_confirm.test(who(request), document) and not document.is_struck_out,
        "striker": names_of([document.struck_out_by]).get(document.struck_out_by, ""),
        "beside": pages_beside(who(request), document),
        "trail": [(_("Văn bản đến"), reverse("documents:register")), (document.title, "")],
    }
    return render(request, "directives/document.html", facts)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words; `lines` where it is a list."""

    name: str
    text: str = ""
    lines: tuple[str, ...] = ()


def _fact(document: IncomingDocument, name: str) -> Fact:
    label = str(document._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
    value = getattr(document, name)
    if isinstance(value, list):
        return Fact(label, lines=tuple(value))
    if isinstance(value, date):
        return Fact(label, official_date(value))
    return Fact(label, str(document.get_kind_display() if name == "kind" else value or ""))
