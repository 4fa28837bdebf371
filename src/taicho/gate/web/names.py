"""Somebody has neither telephone nor card with them: the guard types a name and chooses (E1)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taicho.gate import policies
from taicho.gate.actions.passes import issue_pass
from taicho.gate.models import GateDevice
from taicho.gate.queries.names import Found, colleague, colleagues_named
from taicho.gate.web.device import at_device
from taicho.gate.web.forms import ChosenForm, NameForm
from taicho.kernel import audit, clock
from taicho.kernel.pages import page
from taicho.organisation.models import Person
from taicho.ui.asking import who


@page(read=policies.may_guard, write=policies.may_guard)
@at_device
def by_name(request: HttpRequest, device: GateDevice) -> HttpResponse:
    """Ask for a name; show who bears it. Names never stand in an address, and looking for them is kept in the trail."""
    form, found = NameForm(request.POST or None), Found()
    if request.method == "POST" and form.is_valid():
        found = colleagues_named(form.cleaned_data["words"], device.agency, clock.now())
        seen = {"shown": [str(one.key) for one in found.people]}
        audit.record_reading(
            "gate.look_for_name", by=who(request), of=device.agency, unit=device.agency.key, facts=seen
        )  # fmt: skip
    facts = {"device": device, "form": form, "found": found, "asked": form.is_bound and not form.errors}
    return render(request, "gate/by_name.html", facts, status=400 if form.errors else 200)


@page(write=policies.may_guard)
@at_device
def choose(request: HttpRequest, device: GateDevice) -> HttpResponse:
    """The verdict on the person chosen, as for a code; a pass is made first for somebody who has none yet."""
    form, at = ChosenForm(request.POST), clock.now()
    if not form.is_valid():
        raise Http404
    try:
        person = colleague(form.cleaned_data["person"], device.agency, at)
    except Person.DoesNotExist as nobody:
        raise Http404 from nobody
    audit.record_reading("gate.choose_by_name", by=who(request), of=person, unit=device.agency.key)
    return redirect("gate:verdict", issue_pass(person, by=who(request), agency=device.agency, at=at).key)
