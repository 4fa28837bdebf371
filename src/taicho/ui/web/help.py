"""One page that explains the parts of the screen, the keys and the states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taicho.kernel.pages import anyone, page


@page(read=anyone)
def help_page(request: HttpRequest) -> HttpResponse:
    """Parts of the screen, symbols, keys, and what happens to what is typed."""
    return render(request, "ui/help.html")
