"""Where a step at the door came from: the address and the device that asked."""

from dataclasses import dataclass

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

from taicho.accounts.rules.devices import device_name


@dataclass(frozen=True, slots=True)
class Visit:
    """One request seen from the door. `address` is None when the server does not know it (a Unix socket)."""

    address: str | None = None
    device: str = ""


NOWHERE = Visit()


def visit_of(request: HttpRequest) -> Visit:
    """The visit of a request; a forged X-Forwarded-For counts only from proxies the installation trusts (S-20)."""
    return Visit(get_client_ip(request), device_name(request.headers.get("User-Agent", "")[:400]))
