"""Compress what is text on its way out: pages, styles, scripts (ADR 0009)."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

SQUEEZABLE = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
"""Beginnings of the content types worth compressing; fonts, sheets and pictures are compressed already."""


class Compression(GZipMiddleware):
    """Outermost of all, so that files of WhiteNoise pass through it too.

    Against BREACH (CVE-2013-3587) Django adds up to 100 random bytes to every compressed answer and masks the token of
    a form anew for every page; no other secret stands in a page. A part of a file is sent as it is.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a whole answer of text when the browser takes gzip."""
        kind = response.headers.get("Content-Type", "")
        if not kind.startswith(SQUEEZABLE) or response.status_code == 206:
            return response
        return super().process_response(request, response)
