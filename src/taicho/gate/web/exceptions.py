"""A guard asks, a leader answers on the phone or by telephone (E3)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from taicho.gate import policies
from taicho.gate.actions.exceptions import decide, record_telephone
from taicho.gate.models import ExceptionRequest, GatePass
from taicho.gate.queries.finding import find_request
from taicho.gate.queries.leaders import leaders_on_duty
from taicho.gate.queries.screen import name_of
from taicho.gate.web.forms import DecisionForm, TelephoneForm
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.kernel.refusals import Refusal
from taicho.ui.asking import put, who


@page(read=policies.may_read_request, write=policies.may_decide_exception, find=find_request)
def exception(request: HttpRequest, asked: ExceptionRequest) -> HttpResponse:
    """What is asked and what was answered; a leader decides here."""
    leads = policies.may_decide_exception.test(who(request), asked)
    form = DecisionForm(request.POST or None) if leads else _telephone(None, asked)
    if request.method == "POST" and form.is_valid():
        try:
            decide(asked, by=who(request), at=clock.now(), **form.decided)
            messages.success(request, _("Đã ghi quyết định. Bảo vệ thấy ngay trên màn hình cổng."))
            return redirect("gate:exception", asked.key)
        except Refusal as refusal:
            put(form, refusal)
    return _show(request, asked, form, leads=leads)


@page(write=policies.may_guard, find=find_request)
def telephone(request: HttpRequest, asked: ExceptionRequest) -> HttpResponse:
    """The guard called, and writes down who said what."""
    form = _telephone(request.POST, asked)
    if form.is_valid():
        try:
            record_telephone(asked, by=who(request), leader=form.cleaned_data["leader"], at=clock.now(), **form.decided)
            return redirect("gate:exception", asked.key)
        except Refusal as refusal:
            put(form, refusal)
    return _show(request, asked, form, leads=False)


def _telephone(sent: object, asked: ExceptionRequest) -> TelephoneForm:
    leaders = leaders_on_duty(asked.agency, clock.now()).exclude(pk=asked.person_id)
    return TelephoneForm(sent, leaders=leaders)


def _show(request: HttpRequest, asked: ExceptionRequest, form: object, *, leads: bool) -> HttpResponse:
    shown = GatePass.objects.filter(
        person=asked.person_id, agency=asked.agency_id, visit=asked.visit_id, revoked_at=None
    )
    writes = request.method == "POST" or "ghi" in request.GET
    facts = {
        "asked": asked, "writes": writes, "decision": asked.answer, "form": form, "shown": shown.first(),
        "name": name_of(asked.person), "guards": policies.may_guard.test(who(request), asked),
        "leaders": leaders_on_duty(asked.agency, clock.now()).exclude(pk=asked.person_id),
    }  # fmt: skip
    template = "gate/exception.html" if leads else "gate/exception_at_gate.html"
    return render(request, template, facts, status=400 if form.errors else 200)  # type: ignore[attr-defined]
