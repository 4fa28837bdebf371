"""What a page says when it cannot be shown. The root urls name these as handler400 … handler500."""

import logging
import secrets
import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from taicho.kernel.refusals import Refusal

logger = logging.getLogger(__name__)
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody mistakes for one another when an error code is read out on the phone."""


def bad_request(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """400: what was sent cannot be read; a refusal says it in its own sentence."""
    return _show(request, "ui/errors/400.html", exception, 400)


def forbidden(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """403: may be seen, may not be done; the sentence says who can."""
    return _show(request, "ui/errors/403.html", exception, 403)


def not_found(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """404: nothing here, or nothing for this actor; the two look the same."""
    return _show(request, "ui/errors/404.html", exception, 404)


def conflict(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """409: somebody else changed or took the same thing first."""
    return _show(request, "ui/errors/409.html", exception, 409)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the forgery check: the page was open too long, or its cookie is gone (settings.CSRF_FAILURE_VIEW)."""
    return render(request, "ui/errors/csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: says what happened to the input and gives a code that stands in the log. Needs no database."""
    code = "".join(secrets.choice(LETTERS) for _ in range(4))
    kind = getattr(sys.exc_info()[0], "__name__", "unknown")
    logger.error("Error code %s: %s on %s %s", code, kind, request.method, request.path)
    context = {"code": code, "drill": settings.TAICHO_DRILL, "wrote": request.method == "POST"}
    return HttpResponse(render_to_string("ui/errors/500.html", context), status=500)


def _show(request: HttpRequest, template: str, exception: BaseException, status: int) -> HttpResponse:
    sentence: Any = exception.sentence if isinstance(exception, Refusal) else ""
    return render(request, template, {"sentence": sentence}, status=status)
