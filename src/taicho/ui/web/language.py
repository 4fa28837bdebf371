"""Choosing the language of the pages."""

from django.http import HttpRequest, HttpResponse
from django.views.i18n import set_language

from taicho.kernel.pages import anyone, page


@page(write=anyone)
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    return set_language(request)
