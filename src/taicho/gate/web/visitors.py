"""Visitors: the public page behind the poster of a gate, and the guard who types one in (E4)."""

from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taicho.gate import policies
from taicho.gate.actions.tallies import TooMany, count_sending
from taicho.gate.actions.visits import pass_of, receiving_agency, register_visit, root_of
from taicho.gate.enums import Audience
from taicho.gate.models import GateDevice, GateLink, GatePass
from taicho.gate.queries.finding import find_visitor_pass
from taicho.gate.queries.passes import code_of
from taicho.gate.queries.requirements import reasons_of, requirements
from taicho.gate.queries.visitors import find_link, shown_pass
from taicho.gate.rules.codes import grouped, payload
from taicho.gate.rules.drawing import qr
from taicho.gate.web.device import at_device
from taicho.gate.web.forms import AnswersForm, DeclaringVisitorForm, VisitorForm
from taicho.health.actions.declaring import declare
from taicho.health.rules.questionnaire import latest
from taicho.kernel import clock
from taicho.kernel.actor import system
from taicho.kernel.pages import anyone, page
from taicho.kernel.refusals import Refusal
from taicho.ui.asking import put, who

DAY = 24 * 3600
GONE = 410  # not a rule: the HTTP status for what was here and will not be again


@page(read=anyone, write=anyone, find=find_link)
def visitor(request: HttpRequest, link: GateLink) -> HttpResponse:
    """A visitor fills in the five fields and answers the questions. The answer never tells whether they are known."""
    if closed := _why_closed(link):
        return render(request, "gate/visitor_closed.html", {"sentence": closed}, status=GONE)
    form = DeclaringVisitorForm(request.POST or None, asked=latest())
    if request.method == "POST":
        try:
            count_sending(_buckets(request, link), clock.real_now())
        except TooMany as refusal:
            return render(request, "gate/visitor_later.html", {"sentence": refusal.sentence}, status=429)
        if form.is_valid():
            try:
                return _registered(request, link, form)
            except Refusal as refusal:
                put(form, refusal)
    asked = requirements(link.agency, Audience.VISITORS, clock.now())
    measures = tuple(dict.fromkeys(key for keys in asked.reasons.values() for key in keys))
    facts = {
        "link": link,
        "form": form,
        "reasons": reasons_of(measures),
        "questions": [form[q.key] for q in form.asked.questions],
    }
    answer = render(request, "gate/visitor.html", facts, status=400 if form.errors else 200)
    return _known_browser(request, answer)


@page(read=anyone, find=find_link)
def visitor_pass(request: HttpRequest, link: GateLink) -> HttpResponse:
    """The pass of the visitor whose phone this is; without one, back to the form."""
    held = shown_pass(request.COOKIES.get(_cookie("visit"), ""), link, clock.now())
    return (
        render(request, "gate/visitor_pass.html", _pass_facts(held)) if held else redirect("gate:visitor", link.token)
    )


@page(read=policies.may_guard, write=policies.may_guard)
@at_device
def new(request: HttpRequest, device: GateDevice) -> HttpResponse:
    """The guard types a visitor in; the declaration is the visitor's own, on their phone or on paper."""
    form = VisitorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        once, at = form.cleaned_data["client_id"], clock.now()
        try:
            visit = register_visit(
                form.facts, by=who(request), gate=device.gate, client_id=once, at=at, answers=None, shown=device.agency
            )  # fmt: skip
            return redirect("gate:verdict", pass_of(visit).key)
        except Refusal as refusal:
            put(form, refusal)
    return render(
        request, "gate/new_visitor.html", {"form": form, "device": device}, status=400 if form.errors else 200
    )


@page(read=policies.may_guard, write=policies.may_guard, find=find_visitor_pass)
@at_device
def declare_here(request: HttpRequest, device: GateDevice, shown: GatePass) -> HttpResponse:
    """A visitor without a telephone answers on the tablet, which the guard hands over; nothing of it is shown again."""
    form = AnswersForm(request.POST or None, asked=latest())
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            declare(shown.person, by=who(request), client_id=form.cleaned_data["client_id"], day=clock.today(at),
                    answers=form.answers, temperature=None, at=at)  # fmt: skip
            return redirect("gate:verdict", shown.key)
        except Refusal as refusal:
            put(form, refusal)
    facts = {"form": form, "device": device, "shown": shown, "questions": [form[q.key] for q in form.asked.questions]}
    return render(request, "gate/declare_here.html", facts, status=400 if form.errors else 200)


def _why_closed(link: GateLink) -> str:
    """The sentence for a visitor who reads a poster that should not hang there any more; empty while it may."""
    try:
        receiving_agency(link.gate, clock.today(), shown=link.agency)
    except Refusal as refusal:
        return str(refusal.sentence)
    return ""


def _registered(request: HttpRequest, link: GateLink, form: DeclaringVisitorForm) -> HttpResponse:
    by = system("gate-poster", root=root_of(link.agency))
    once = form.cleaned_data["client_id"]
    visit = register_visit(
        form.facts, by=by, gate=link.gate, client_id=once, at=clock.now(), answers=form.answers, shown=link.agency
    )
    answer = redirect("gate:visitor-pass", link.token)
    return _set(answer, "visit", pass_of(visit).token)


def _pass_facts(held: GatePass) -> dict[str, object]:
    code = code_of(held, clock.now())
    return {"held": held, "code": grouped(code.code) if code else "", "picture": qr(payload(held.token))}


def _buckets(request: HttpRequest, link: GateLink) -> dict[str, str]:
    """What is counted: the poster, the browser when it has been here, the network address."""
    buckets = {"link": str(link.key), "address": request.META.get("REMOTE_ADDR", "")}
    if known := request.COOKIES.get(_cookie("browser"), "")[:64]:
        buckets["device"] = known
    return buckets


def _known_browser(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A name of chance for the browser, so that one phone does not use up the poster of everybody."""
    return answer if request.COOKIES.get(_cookie("browser")) else _set(answer, "browser", uuid4().hex)


def _set(answer: HttpResponse, name: str, value: str) -> HttpResponse:
    answer.set_cookie(_cookie(name), value, max_age=DAY, secure=settings.TAICHO_HTTPS, httponly=True, samesite="Lax")
    return answer


def _cookie(name: str) -> str:
    return f"__Host-taicho-{name}" if settings.TAICHO_HTTPS else f"taicho-{name}"
