"""The verdict that fills the screen, and the keys under it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from taicho.gate import policies
from taicho.gate.actions.entries import measure_again, record_entry, turn_away
from taicho.gate.actions.exceptions import ask_leader
from taicho.gate.actions.visits import take_host_word
from taicho.gate.enums import Direction, GateVerdict
from taicho.gate.models import Entry, GateDevice, GatePass
from taicho.gate.queries.checking import check_pass
from taicho.gate.queries.finding import find_pass
from taicho.gate.queries.screen import screen
from taicho.gate.web.device import at_device
from taicho.gate.web.forms import EvidenceForm, PassingForm
from taicho.health.actions.declaring import accepted_evidence, record_outside_declaration
from taicho.kernel import clock
from taicho.kernel.dates import clock_time
from taicho.kernel.pages import page
from taicho.kernel.refusals import Refusal
from taicho.ui.asking import put, who


@page(read=policies.may_guard, write=policies.may_guard, find=find_pass)
@at_device
def verdict(request: HttpRequest, device: GateDevice, shown: GatePass) -> HttpResponse:
    """What the gate says now about the bearer of a pass, and what the guard does about it."""
    form = PassingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _act(request, device, shown, form)
        except Refusal as refusal:
            put(form, refusal)
    at = clock.now()
    said = check_pass(shown.key, gate=device.gate, at=at)
    accepted = accepted_evidence(shown.person, at) if said.verdict is GateVerdict.NOT_DECLARED else ()
    evidence = EvidenceForm(accepted=accepted) if accepted else None
    facts = {"device": device, "form": form, "evidence": evidence, **screen(said, shown, at)}
    return render(request, "gate/verdict.html", facts, status=400 if form.errors else 200)


@page(write=policies.may_guard, find=find_pass)
@at_device
def evidence(request: HttpRequest, device: GateDevice, shown: GatePass) -> HttpResponse:
    """The guard alone accepts one thing only: a declaration made elsewhere that the measure in force accepts (F2)."""
    at = clock.now()
    form = EvidenceForm(request.POST, accepted=accepted_evidence(shown.person, at))
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        record_outside_declaration(
            shown.person, by=who(request), shown=said["shown"], at=at, client_id=said["client_id"]
        )
    return redirect("gate:verdict", shown.key)


def _act(request: HttpRequest, device: GateDevice, shown: GatePass, form: PassingForm) -> HttpResponse:
    """Do what the pressed key says."""
    by, at, once = who(request), clock.now(), form.cleaned_data["client_id"]
    key = request.POST.get("act")
    if key in _PASSES:
        direction, again = _PASSES[key]
        return _passed(
            request, record_entry(shown, form.passing(direction, again=again), by=by, device=device, at=at), shown
        )
    if key == "turn-away":
        turn_away(shown, by=by, device=device, client_id=once, at=at, celsius=form.cleaned_data["temperature"])
        messages.info(request, _("Đã ghi: chưa vào."))
        return redirect("gate:scan")
    if key == "measure" and form.cleaned_data["temperature"] is not None:
        measure_again(shown, by=by, device=device, client_id=once, celsius=form.cleaned_data["temperature"], at=at)
    if key == "host" and shown.visit is not None:
        take_host_word(shown.visit, by=by, at=at)
    if key == "ask":
        return redirect("gate:exception", _asked(device, shown, by, once).key)
    return redirect("gate:verdict", shown.key)


_PASSES = {"enter": (Direction.IN, False), "again": (Direction.IN, True), "leave": (Direction.OUT, False)}


def _asked(device: GateDevice, shown: GatePass, by: Any, once: UUID) -> Any:
    at = clock.now()
    said = check_pass(shown.key, gate=device.gate, at=at)
    return ask_leader(shown, by=by, device=device, verdict=said.verdict, client_id=once, at=at)


def _passed(request: HttpRequest, entry: Entry, shown: GatePass) -> HttpResponse:
    """Back to the queue; a high temperature stays on the screen instead."""
    if not entry.admitted:
        return redirect("gate:verdict", shown.key)
    hour = clock_time(clock.local(entry.at))
    words = {"who": shown.person.full_name or _("Khách"), "way": entry.get_direction_display(), "at": hour}
    messages.success(request, _("%(who)s · %(way)s %(at)s") % words)
    return redirect("gate:scan")
