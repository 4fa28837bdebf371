"""The poster of a gate on A4: the QR behind which visitors declare."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from taicho.gate import policies
from taicho.gate.actions.visits import renew_link
from taicho.gate.queries.finding import find_kept_gate
from taicho.gate.queries.places import agency_of
from taicho.gate.queries.visitors import link_of
from taicho.gate.rules.drawing import qr
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.organisation.models import Gate
from taicho.ui.asking import who


@page(read=policies.may_keep_devices, write=policies.may_keep_devices, find=find_kept_gate)
def poster(request: HttpRequest, gate: Gate) -> HttpResponse:
    """Print the poster; a press makes a new one, after which the old one leads nowhere."""
    if request.method == "POST":
        renew_link(gate, by=who(request), at=clock.now())
        return redirect("gate:poster", gate.key)
    agency = agency_of(gate, clock.today())
    link = link_of(gate, agency)
    facts: dict[str, Any] = {"gate": gate, "link": link, "agency": agency, "on": clock.today()}
    if link is not None:
        address = request.build_absolute_uri(reverse("gate:visitor", args=[link.token]))
        facts |= {"address": address, "picture": qr(address)}
    return render(request, "gate/poster.html", facts)
