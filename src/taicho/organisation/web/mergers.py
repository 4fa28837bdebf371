"""The guided merger: choose, see what will happen, decide about every post, confirm (house D15)."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from taicho.organisation.web.trails import address_of, trail_to
from taicho.ui.choices import Step

CONFIRMED, AGAIN = "xac-nhan", "chon-lai"
DECISIONS = "continuing"
"""What is decided on the preview; a refusal of anything else is mended on the form."""
FIELDS = {"into": "existing"}
"""Where a refusal of the plan stands on the form, when the form calls it otherwise."""


@page(read=policies.may_manage_structure, write=policies.may_manage_structure, find=find_unit)
def merger(request: HttpRequest, parent: Unit) -> HttpResponse:
    """Merge sub-units of `parent`. The first POST shows the plan, the confirming one carries it out."""
    candidates = Unit.objects.children_of(parent).in_force(clock.today()).filter(valid_to__isnull=True)
    form = MergerForm(request.POST or None, parent=parent, candidates=candidates)
    facts: dict[str, Any] = {"form": form, "unit": parent, "current": 1, "steps": _steps()}
    facts |= {"trail": trail_to(who(request), parent, _("Sáp nhập")), "can_merge": candidates.exists()}
    if request.method == "POST" and form.is_valid() and AGAIN not in request.POST:
        try:
            plan = plan_merger(list(form.cleaned_data["units"]), into=form.into, on=form.cleaned_data["on"])
            going_on = _going_on(request)
            facts |= {"plan": plan, "current": 2, "lines": _lines(plan), "going_on": going_on}
            if CONFIRMED in request.POST:
                return _carry_out(request, form, going_on)
        except Refusal as refusal:
            refusal.field = FIELDS.get(refusal.field or "", refusal.field)
            put(form, refusal)
            if refusal.field != DECISIONS:
                facts |= {"plan": None, "current": 1}
    return render(request, "organisation/merger.html", facts, status=400 if form.errors else 200)


def _carry_out(request: HttpRequest, form: MergerForm, going_on: set[UUID]) -> HttpResponse:
    """Merge as confirmed and open the successor."""
    data = form.cleaned_data
    turn = {"on": data["on"], "document": data["document"], "continuing": going_on}
    successor = merge_units(list(data["units"]), into=form.into, by=who(request), **turn)
    return redirect(address_of(successor))


def _going_on(request: HttpRequest) -> set[UUID]:
    """The posts chosen to continue; a name that is no key is left out."""
    found = set()
    for name, answer in request.POST.items():
        if answer == "tiep-tuc":
            with suppress(ValueError):
                found.add(UUID(name.removeprefix("post-")))
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
