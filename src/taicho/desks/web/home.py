"""The first page after the door: who I am here, and what waits for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taicho.desks.queries.my_day import my_day
from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in


@page(read=signed_in)
def home(request: HttpRequest) -> HttpResponse:
    """My page (trang của tôi)."""
    return render(request, "desks/home.html", {"my": my_day(request.actor, clock.now())})  # type: ignore[attr-defined]
