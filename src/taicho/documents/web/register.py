"""Pages of the register of incoming documents: the list, correcting a line, a file as it came (A1)."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from taicho.documents import policies
from taicho.documents.actions.registering import correct_incoming
from taicho.documents.actions.striking import strike_out as strike
from taicho.documents.addresses import entry_page, page_of
from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.documents.queries import register as questions
from taicho.documents.web.forms.incoming import IncomingForm
from taicho.kernel.pages import page, signed_in
from taicho.kernel.vietnamese import search_terms
from taicho.ui.asking import Question, ask, who
from taicho.ui.forms import ReasonForm

PAGE = 50


@page(read=signed_in)
def register(request: HttpRequest) -> HttpResponse:
    """The register: what came in, the latest first; narrowed by words of number, issuer and subject."""
    words = request.GET.get("q", "")
    found = questions.register(who(request), terms=search_terms(words))
    rows = Paginator(found, PAGE).get_page(request.GET.get("page"))
    facts = {
        "rows": rows,
        "documents": [(document, page_of(document)) for document in rows.object_list],
        "several": len({document.agency_id for document in rows.object_list}) > 1,
        "words": words,
        "query": urlencode({"q": words}) if words else "",
        "may_register": policies.may_register.test(who(request), None),
        "entry": entry_page(),
    }
    return render(request, "documents/register.html", facts)


@page(read=policies.may_register, write=policies.may_register, find=questions.find_incoming)
def correct(request: HttpRequest, document: IncomingDocument) -> HttpResponse:
    """Correct what was entered; the arrival number stays."""
    form = IncomingForm(request.POST or None, record=document)
    back = page_of(document)
    trail = [(_("Văn bản đến"), reverse("documents:register")), (document.title, back), (_("Sửa"), "")]
    question = Question(_("Sửa thông tin văn bản"), _("Lưu"), back, trail)

    def act(data: dict[str, Any]) -> str:
        return page_of(correct_incoming(document, by=who(request), seen=form.seen, **form.changes))

    return ask(request, form, question, act)


@page(read=policies.may_register, write=policies.may_register, find=questions.find_incoming)
def strike_out(request: HttpRequest, document: IncomingDocument) -> HttpResponse:
    """Strike out a wrong entry; its number and its line stay."""
    back = page_of(document)
    trail = [(_("Văn bản đến"), reverse("documents:register")), (document.title, back), (_("Hủy dòng"), "")]
    numbers = {"number": document.arrival_number, "year": document.year}
    question = Question(
        _("Hủy dòng trong sổ văn bản đến"), _("Hủy dòng này"), back, trail, words=document.title,
        warning=_("Số đến %(number)s/%(year)s không dùng lại; dòng và lý do vẫn đọc được trong sổ.") % numbers,
    )  # fmt: skip

    def act(data: dict[str, Any]) -> str:
        return page_of(strike(document, by=who(request), **data))

    hint = _("Ví dụ: vào sổ trùng, gửi nhầm cơ quan. Lý do hiện trong sổ.")
    return ask(request, ReasonForm(request.POST or None, label=_("Lý do hủy"), hint=hint), question, act)


@page(read=signed_in, find=questions.find_file)
def file(request: HttpRequest, file: DocumentFile) -> HttpResponse:
    """The file with the very bytes that came in; a browser saves it and never opens it in the page."""
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
