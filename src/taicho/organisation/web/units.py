"""Pages about units: the tree, one unit, and what its administrator does to it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.pages import page, signed_in
from taicho.organisation import policies
from taicho.organisation.actions.units import create_unit, edit_unit, end_unit, rename_unit
from taicho.organisation.models import Unit
from taicho.organisation.queries.finding import find_unit
from taicho.organisation.queries.unit_page import org_tree, unit_page
from taicho.organisation.rules.days import start_of
from taicho.organisation.web.asking import Question, ask, day_asked, who
from taicho.organisation.web.forms.units import EndUnitForm, RenameForm, TopUnitForm, UnitFactsForm, UnitForm
from taicho.organisation.web.trails import address_of, trail_to

PAGE = 50


@page(read=signed_in)
def tree(request: HttpRequest) -> HttpResponse:
    """The organisation tree, today or on the day in the address."""
    actor, day = who(request), day_asked(request)
    today = clock.today()
    lines, shortened = org_tree(actor, clock.now() if day == today else start_of(day), day)
    facts = {
        "lines": lines,
        "shortened": shortened,
        "day": day,
        "is_today": day == today,
        "may_add_top": policies.may_add_top_unit.test(actor),
    }
    return render(request, "organisation/tree.html", facts)


@page(read=signed_in, find=find_unit)
def unit(request: HttpRequest, unit: Unit) -> HttpResponse:
    """One unit: who, which posts, which sub-units, which bodies, where, what came before and after."""
    actor, day = who(request), clock.today()
    shown = unit_page(actor, unit, clock.now(), day)
    facts = {
        "page": shown,
        "rows": None if shown.people is None else Paginator(shown.people, PAGE).get_page(request.GET.get("page")),
        "unit": unit,
        "is_over": unit.valid_to is not None and unit.valid_to < day,
        "trail": trail_to(actor, unit),
        "may_manage": policies.may_manage_structure.test(actor, unit),
        "may_register": policies.may_keep_register.test(actor, unit),
        "may_compose": policies.may_compose_body.test(actor, unit),
    }
    return render(request, "organisation/unit.html", facts)


@page(read=policies.may_add_top_unit, write=policies.may_add_top_unit)
def new_top(request: HttpRequest) -> HttpResponse:
    """Add a top-level unit."""
    actor, back = who(request), reverse("organisation:tree")
    form = TopUnitForm(request.POST or None)
    question = Question(
        _("Thêm đơn vị cấp cao nhất"), _("Thêm đơn vị"), back, [(_("Cơ cấu"), back), (_("Thêm đơn vị"), "")]
    )
    return ask(request, form, question, lambda _: address_of(create_unit(by=actor, parent=None, **form.changes)))


@page(read=policies.may_manage_structure, write=policies.may_manage_structure, find=find_unit)
def new(request: HttpRequest, parent: Unit) -> HttpResponse:
    """Add a unit below another."""
    actor = who(request)
    form = UnitForm(request.POST or None)
    question = _question(actor, parent, _("Thêm đơn vị cấp dưới"), _("Thêm đơn vị"))
    return ask(request, form, question, lambda _: address_of(create_unit(by=actor, parent=parent, **form.changes)))


@page(read=policies.may_manage_structure, write=policies.may_manage_structure, find=find_unit)
def edit(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Correct what was entered wrongly."""
    actor = who(request)
    form = UnitFactsForm(request.POST or None, record=unit)
    question = _question(actor, unit, _("Sửa thông tin đơn vị"), _("Lưu"))
    return ask(request, form, question, lambda _: address_of(edit_unit(unit, by=actor, seen=form.seen, **form.changes)))


@page(read=policies.may_manage_structure, write=policies.may_manage_structure, find=find_unit)
def rename(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Give the unit another name from a day."""
    actor = who(request)
    form = RenameForm(request.POST or None, record=unit)
    words = _("Văn bản trước ngày này vẫn đọc được dưới tên cũ.")
    question = _question(actor, unit, _("Đổi tên đơn vị"), _("Đổi tên"), words=words)

    def act(data: dict[str, Any]) -> str:
        when = {"on": data["on"], "document": data["document"]}
        return address_of(rename_unit(unit, by=actor, seen=form.seen, **when, **form.changes))

    return ask(request, form, question, act)


@page(read=policies.may_manage_structure, write=policies.may_manage_structure, find=find_unit)
def end(request: HttpRequest, unit: Unit) -> HttpResponse:
    """End a unit that nobody follows."""
    actor = who(request)
    form = EndUnitForm(request.POST or None)
    warning = _(
        "Chỉ kết thúc được đơn vị không còn người và không còn đơn vị cấp dưới. Có đơn vị kế thừa thì dùng Sáp nhập."
    )
    question = _question(actor, unit, _("Kết thúc đơn vị"), _("Kết thúc đơn vị"), warning=warning)
    return ask(request, form, question, lambda data: address_of(end_unit(unit, by=actor, last_day=data["last_day"])))


@page(read=signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """The own unit's page."""
    own = Unit.objects.visible_to(who(request)).filter(key=who(request).unit).first()
    return redirect(address_of(own) if own else "organisation:tree")


def _question(actor: Actor, unit: Unit, title: str, verb: str, **more: str) -> Question:
    return Question(title, verb, address_of(unit), trail_to(actor, unit, title), **more)
