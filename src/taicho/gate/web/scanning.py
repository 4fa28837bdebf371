"""The page a guard lives on: scan or type, and see who is inside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taicho.gate import policies
from taicho.gate.enums import Audience
from taicho.gate.models import GateDevice
from taicho.gate.queries.book import expected, figures
from taicho.gate.queries.checking import UNKNOWN, check
from taicho.gate.queries.requirements import reasons_of, requirements
from taicho.gate.web.device import at_device
from taicho.kernel import clock
from taicho.kernel.pages import page


@page(read=policies.may_guard, write=policies.may_guard)
@at_device
def scan(request: HttpRequest, device: GateDevice) -> HttpResponse:
    """Take what was scanned or typed; everything that is no pass of this gate gets one and the same answer."""
    at = clock.now()
    if request.method == "POST":
        said = check(request.POST.get("code", ""), gate=device.gate, at=at, device=device)
        return redirect("gate:verdict", said.gate_pass) if said.gate_pass else redirect("gate:unknown")
    asked = requirements(device.agency, Audience.STAFF, at)
    measures = tuple(dict.fromkeys(key for keys in asked.reasons.values() for key in keys))
    facts = {"device": device, "reasons": reasons_of(measures), "visitors": expected(device.agency, at)}
    return render(request, "gate/scan.html", facts | figures(device.gate.site, at))


@page(read=policies.may_guard)
@at_device
def unknown(request: HttpRequest, device: GateDevice) -> HttpResponse:
    """The verdict on a code that opens nothing here: expired, mistyped, of another agency, or no code at all."""
    facts = {"device": device, "verdict": UNKNOWN.verdict, "sign": UNKNOWN, "at": clock.now()}
    return render(request, "gate/unknown.html", facts)
