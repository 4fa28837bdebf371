"""The page that shows every component in every state. Development and drills only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from taicho.kernel.pages import anyone, page
from taicho.ui import contracts, specimens

SHEETS = ("guard", "wall", "paper", "landscape", "entry", "wide", "contracts")


@page(read=anyone)
def components(request: HttpRequest) -> HttpResponse:
    """All components beside one another, with their contracts."""
    _only_for_builders()
    return render(request, "ui/specimens/all.html", specimens.everything())


@page(read=anyone)
def specimen(request: HttpRequest, sheet: str) -> HttpResponse:
    """One of the other shells: guard, wall, paper, landscape, entry, wide, contracts."""
    _only_for_builders()
    if sheet not in SHEETS:
        raise Http404
    return render(request, f"ui/specimens/{sheet}.html", specimens.everything() | {"parts": contracts.PARTS})


def _only_for_builders() -> None:
    if not settings.SHOW_COMPONENTS:
        raise Http404
