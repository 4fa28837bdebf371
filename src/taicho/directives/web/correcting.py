"""Correct a clause that the reader took wrongly (A6)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.directives.actions.correcting import correct_clause
from taicho.directives.models import Clause
from taicho.directives.queries.document_page import find_clause
from taicho.directives.web.forms.correcting import ClauseForm
from taicho.documents.addresses import page_of
from taicho.documents.policies import may_register
from taicho.kernel.pages import page
from taicho.ui.asking import Question, ask, who


@page(read=may_register, write=may_register, find=find_clause)
def correct(request: HttpRequest, clause: Clause) -> HttpResponse:
    """Label and words as the paper has them; what the reader took stays beside them."""
    document = page_of(clause.document)
    back = f"{document}#muc-{clause.position}"
    trail = [(_("Văn bản đến"), reverse("documents:register")), (clause.document.title, document), (_("Sửa mục"), "")]
    words = _("%(clause)s. Ghi đúng như bản giấy; nguyên văn máy đọc vẫn được giữ.") % {"clause": clause.label}
    form = ClauseForm(request.POST or None, record=clause)

    def act(_data: dict[str, Any]) -> str:
        correct_clause(clause, by=who(request), seen=form.seen, **form.changes)
        return back

    return ask(request, form, Question(_("Sửa mục"), _("Lưu"), back, trail, words=words), act)
