"""The tablet behind a request: known by its cookie, or not at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from taicho.gate.models import GateDevice
from taicho.gate.policies import may_guard
from taicho.gate.queries.places import device_with
from taicho.ui.asking import who

YEAR = 365 * 24 * 3600


def cookie_name() -> str:
    """Bound to this host where the installation speaks https."""
    return "__Host-taicho-gate" if settings.TAICHO_HTTPS else "taicho-gate"


def device_of(request: HttpRequest) -> GateDevice | None:
    """The enrolled device that asks, or None."""
    return device_with(request.COOKIES.get(cookie_name(), ""))


def give_token(response: HttpResponse, token: str) -> HttpResponse:
    """Let the browser keep the token of the device; no script reads it."""
    response.set_cookie(
        cookie_name(), token, max_age=YEAR, secure=settings.TAICHO_HTTPS, httponly=True, samesite="Strict"
    )
    return response


def at_device(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the device after the request; a browser that is none is led to where it is enrolled.

    A guard of another agency is refused here: the device says whose gate this is.
    """

    @wraps(view)
    def visit(request: HttpRequest, *found: Any, **route: Any) -> HttpResponse:
        device = device_of(request)
        if device is None:
            return redirect("gate:enrol")
        may_guard.permit(who(request), device)
        return view(request, device, *found, **route)

    return visit
