"""The first page after the door: who I am here, and what waits for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taicho.desks.queries.my_day import my_day
from taicho.gate.policies import may_guard
from taicho.gate.web.device import device_of
from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.ui.asking import who


@page(read=signed_in)
def home(request: HttpRequest) -> HttpResponse:
    """My page (trang của tôi)."""
    now, device = clock.now(), device_of(request)
    facts = {"my": my_day(who(request), now), "now": now, "today": clock.today(now)}
    if device is not None and may_guard.test(who(request), device):
        facts["device"] = device
    return render(request, "desks/home.html", facts)
