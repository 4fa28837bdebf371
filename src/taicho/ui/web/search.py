"""The page behind the search box; the same address answers the live box with a fragment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.vary import vary_on_headers

from taicho.kernel.pages import page, signed_in
from taicho.ui.commands import providers
from taicho.ui.search import find


@vary_on_headers("HX-Request")
@page(read=signed_in)
def search(request: HttpRequest) -> HttpResponse:
    """Things that match `q` among what the actor may see."""
    found = find(request.actor, request.GET.get("q", ""), providers())  # type: ignore[attr-defined]
    live = request.headers.get("HX-Request") == "true"
    return render(request, "ui/search/hits.html" if live else "ui/search/page.html", {"found": found})
