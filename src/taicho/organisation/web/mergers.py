"""The guided merger: choose, see what will happen, decide about every post, confirm (house D15)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.kernel.refusals import Refusal
from taicho.organisation import policies
from taicho.organisation.actions.merger import merge_units
from taicho.organisation.models import Unit
from taicho.organisation.queries.finding import find_unit
from taicho.organisation.queries.merger_plan import MergerPlan, plan_merger
from taicho.organisation.web.asking import put, who
from taicho.organisation.web.forms.units import MergerForm
from taicho.ui.choices import Step

CONFIRMED = "xac-nhan"


@page(read=policies.may_manage_structure, write=policies.may_manage_structure, find=find_unit)
def merger(request: HttpRequest, parent: Unit) -> HttpResponse:
    """Merge sub-units of `parent`. The first POST shows the plan, the confirming one carries it out."""
    candidates = Unit.objects.children_of(parent).in_force(clock.today()).filter(valid_to__isnull=True)
    form = MergerForm(request.POST or None, parent=parent, candidates=candidates)
    facts: dict[str, Any] = {"form": form, "unit": parent, "current": 1, "steps": _steps()}
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_merger(list(form.cleaned_data["units"]), into=form.into, on=form.cleaned_data["on"])
            if CONFIRMED in request.POST:
                return _carry_out(request, form)
            facts |= {"plan": plan, "current": 2, "lines": _lines(plan)}
        except Refusal as refusal:
            put(form, refusal)
    return render(request, "organisation/merger.html", facts, status=400 if form.errors else 200)


def _carry_out(request: HttpRequest, form: MergerForm) -> HttpResponse:
    """Merge as confirmed and open the successor."""
    data = form.cleaned_data
    kept = {UUID(name.removeprefix("post-")) for name, answer in _answers(request) if answer == "tiep-tuc"}
    successor = merge_units(
        list(data["units"]), into=form.into, on=data["on"], document=data["document"], by=who(request), continuing=kept
    )
    return redirect(reverse("organisation:unit", args=[successor.key]))


def _answers(request: HttpRequest) -> list[tuple[str, str]]:
    """What was chosen for each post; a name that is no key is left out."""
    found = []
    for name, answer in request.POST.items():
        try:
            UUID(name.removeprefix("post-"))
        except ValueError:
            continue
        found.append((name, str(answer)))
    return found


def _lines(plan: MergerPlan) -> list[dict[str, Any]]:
    """The steps as lines of a tree: what ends, what begins, whether several become one."""
    return [
        {
            "indent": step.depth,
            "names": [unit.name for unit in step.predecessors],
            "count": len(step.predecessors),
            "successor": step.existing.name if step.existing else step.name,
            "joins": step.joins,
            "is_new": step.existing is None,
        }
        for step in plan.steps
    ]


def _steps() -> list[Step]:
    return [Step(_("Chọn đơn vị")), Step(_("Xem trước và quyết định")), Step(_("Xong"))]
