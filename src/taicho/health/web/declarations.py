"""One declaration after it was sent: number, time, what was answered, whom to call (F1, F8)."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.health import policies
from taicho.health.afterwards import afterwards
from taicho.health.models import Declaration
from taicho.health.queries.calling import told_by, whom_to_call
from taicho.health.queries.finding import find_declaration
from taicho.health.queries.today import today_of
from taicho.health.rules.answers import calls_for_help
from taicho.health.rules.questionnaire import Question, versions
from taicho.kernel import audit, clock
from taicho.kernel.pages import page, signed_in
from taicho.ui.asking import who


@page(read=signed_in, find=find_declaration)
def declaration(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """What was declared. Looking at it is kept in the read-log, one's own too."""
    actor, day = who(request), clock.today()
    audit.record_reading("health.read_declaration", by=actor, of=declaration, unit=declaration.agency.key)
    said = declaration.answers or {}
    asked = versions().get(declaration.questionnaire)
    is_mine = policies.may_correct.test(actor, declaration)
    superseded = Declaration.objects.filter(corrects=declaration).exists()
    facts = {
        "declaration": declaration,
        "said": [(one, said[one.key], ticked(one, said)) for one in asked.questions if one.key in said]
        if asked
        else [],
        "unwell": calls_for_help(said),
        "calls": whom_to_call(declaration.person, day) if calls_for_help(said) else [],
        "told": told_by(declaration.person),
        "is_mine": is_mine,
        "is_today": declaration.day == day,
        "may_correct": is_mine and declaration.day == day and not superseded and not declaration.shown,
        "superseded": superseded,
        "reasons": today_of(declaration.person, clock.now()).reasons if declaration.day == day else (),
        "afterwards": afterwards(actor, declaration) if is_mine else [],
        "trail": [(_("Khai báo y tế"), reverse("health:declare")), (declaration.code, "")] if is_mine else [],
    }
    return render(request, "health/declaration.html", facts)


def ticked(question: Question, said: Mapping[str, bool]) -> str:
    """The details ticked under a question, in words."""
    return ", ".join(str(one.label) for one in question.details if said.get(question.detail_key(one)))
