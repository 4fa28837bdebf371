"""Pages of those who answer for others: who has acknowledged a document, what their units have not done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.documents.addresses import page_of
from taicho.documents.models import IncomingDocument
from taicho.duties.actions.chasing import chase_silent
from taicho.duties.policies import may_follow, may_follow_units
from taicho.duties.queries.excused import excused_of_units
from taicho.duties.queries.finding import find_document
from taicho.duties.queries.progress import progress
from taicho.duties.queries.unit_work import undone_of_units
from taicho.duties.web.forms import NothingToAsk
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.ui.asking import Question, ask, who


@page(read=may_follow, write=may_follow, find=find_document)
def document_progress(request: HttpRequest, document: IncomingDocument) -> HttpResponse:
    """Acknowledgements of one document; the button writes to the silent only."""
    here = reverse("duties:progress", args=[document.key])
    trail = [
        (_("Văn bản đến"), reverse("documents:register")),
        (document.title, page_of(document)),
        (_("Tiến độ xác nhận"), ""),
    ]
    question = Question(_("Tiến độ xác nhận"), _("Nhắc lại người chưa trả lời"), here, trail)

    def act(_data: object) -> str:
        chase_silent(document, by=who(request))
        return here

    form = NothingToAsk(request.POST if request.method == "POST" else None)
    facts = {"document": document, "progress": progress(document, who(request))}
    return ask(request, form, question, act, template="duties/progress.html", context=facts)


@page(read=may_follow_units)
def unit_work(request: HttpRequest) -> HttpResponse:
    """What is past due in the units I answer for."""
    now, actor = clock.now(), who(request)
    facts = {"undone": undone_of_units(actor, now), "excused": excused_of_units(actor, now), "now": now}
    return render(request, "duties/unit_work.html", facts)
