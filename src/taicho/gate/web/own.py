"""One's own pass on the phone: the QR and the code of the day (E1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taicho.gate import policies
from taicho.gate.actions.passes import issue_pass, renew_pass
from taicho.gate.queries.passes import agency_to_enter, code_of, own_pass
from taicho.gate.rules.codes import grouped, payload
from taicho.gate.rules.drawing import qr
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.organisation.models import Person
from taicho.organisation.queries.finding import find_self
from taicho.ui.asking import who


@page(read=policies.may_have_pass, write=policies.may_have_pass, find=find_self)
def own(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the pass; a press gets the first one, a new code, or a new pass in place of one that others may have seen."""
    at = clock.now()
    held = own_pass(person, at)
    if request.method == "POST":
        if held is not None and request.POST.get("act") == "renew":
            renew_pass(held, by=who(request), at=at)
        else:
            issue_pass(person, by=who(request), agency=agency_to_enter(person), at=at)
        return redirect("gate:pass")
    code = code_of(held, at) if held else None
    facts = {
        "person": person, "held": held, "code": grouped(code.code) if code else "", "until": code and code.ends_at,
        "picture": qr(payload(held.token)) if held else "",
    }  # fmt: skip
    return render(request, "gate/pass.html", facts)
