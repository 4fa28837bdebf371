"""The print sheet of slips: A4, cutting lines. Called by organisation, which knows names and units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from taicho.accounts.actions.slips import IssuedSlip


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What stands on one slip: whose it is, in the caller's words, and how to enter."""

    holder: str
    unit: str
    name: str
    code: str
    expires_at: datetime

    @classmethod
    def of(cls, issued: IssuedSlip, *, holder: str, unit: str) -> "PrintedSlip":
        """The print of a slip that was just issued."""
        slip = issued.slip
        return cls(holder, unit, slip.account.name, issued.code, slip.expires_at)


def slip_sheet(request: HttpRequest, slips: Sequence[PrintedSlip], *, back: str) -> HttpResponse:
    """The sheet that answers the POST which issued `slips`; the codes are shown this once and never kept.

    `back` is the address to return to. The answer must not be stored by the browser.
    """
    facts = {
        "slips": slips,
        "back": back,
        "entrance": request.build_absolute_uri(reverse("accounts-slip")),
    }
    answer = render(request, "accounts/slip_sheet.html", facts)
    add_never_cache_headers(answer)
    return answer
