"""The page on which the owner does one duty of this area: one button, or words and one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taicho.duties.actions.answering import acknowledge, confirm_number, report_done
from taicho.duties.kinds import kind_named
from taicho.duties.models import Duty
from taicho.duties.policies import may_answer
from taicho.duties.queries.clauses import clauses_behind, decided_behind
from taicho.duties.queries.finding import find_own_duty
from taicho.duties.queries.work import reasons_of
from taicho.duties.web.forms import NothingToAsk, ResultForm
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.ui.asking import Question, ask, who

LIST = "duties:my-work"


@dataclass(frozen=True, slots=True)
class Way:
    """How a kind is answered here: the form, the verb of its button, what stands above it, the action, the words after."""

    form: type[forms.Form]
    verb: Any
    shows: str
    act: Callable[..., Any]
    done: Any = ""


WAYS = {
    "duties.acknowledge": Way(
        NothingToAsk, _("Xác nhận đã nhận"), "duties/to_acknowledge.html",
        lambda duty, by, data: acknowledge(duty, by=by), _("Đã xác nhận %(clock)s."),
    ),
    "duties.stay_reachable": Way(
        NothingToAsk, _("Số này đúng, gọi được"), "duties/to_confirm.html",
        lambda duty, by, data: confirm_number(duty, by=by), _("Đã xác nhận %(clock)s."),
    ),
    "duties.task": Way(
        ResultForm, _("Đã làm xong"), "duties/to_report.html",
        lambda duty, by, data: report_done(duty, by=by, words=data["words"]),
    ),
}  # fmt: skip


@page(read=may_answer, write=may_answer, find=find_own_duty)
def answer(request: HttpRequest, duty: Duty) -> HttpResponse:
    """One duty of mine: what is asked and why, and the button that answers it."""
    way, now = WAYS.get(duty.kind), clock.now()
    if way is None:
        return HttpResponseRedirect(kind_named(duty.kind).link(duty))
    facts = {
        "duty": duty, "shows": way.shows, "now": now, "state": duty.state(now), "reasons": reasons_of([duty]).get(duty.pk),
        "clauses": clauses_behind(duty), "decided": decided_behind(duty), "done": getattr(duty, "discharge", None),
    }  # fmt: skip
    trail = [(_("Việc của tôi"), reverse(LIST)), (duty.title, "")]
    question = Question(duty.title, way.verb, reverse(LIST), trail, done=way.done)

    def act(data: dict[str, Any]) -> str:
        way.act(duty, who(request), data)
        return reverse(LIST)

    form = way.form(request.POST if request.method == "POST" else None)
    return ask(request, form, question, act, template="duties/answer.html", context=facts)
