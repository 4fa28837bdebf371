"""Phòng tôi, ngày …: who of a unit is where on a day, how many may be on site and why (D3, D4)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.dates import weekday_date
from taicho.kernel.pages import page
from taicho.organisation.models import Unit
from taicho.roster.actions.registering import register_day
from taicho.roster.enums import Mode
from taicho.roster.policies import may_except, may_name, may_plan
from taicho.roster.queries.cap import Cap, cap_of
from taicho.roster.queries.days import PersonDay, UnitDay, counts, crew, find_unit_day
from taicho.roster.queries.sentences import arithmetic, shared_sentence, target_sentence
from taicho.roster.queries.splits import splits_of
from taicho.roster.web.forms import UnitDayForm
from taicho.ui.asking import FROM, Question, ask, who
from taicho.ui.choices import Choice

DAY = timedelta(days=1)


@page(read=may_plan, write=may_plan, find=find_unit_day)
def my_unit(request: HttpRequest, where: UnitDay) -> HttpResponse:
    """The own unit, today or on the day in the address."""
    return _plan(request, where)


@page(read=may_plan, write=may_plan, find=find_unit_day)
def unit(request: HttpRequest, where: UnitDay) -> HttpResponse:
    """Any unit for which the actor plans."""
    return _plan(request, where)


def _plan(request: HttpRequest, where: UnitDay) -> HttpResponse:
    """Show the day, or register it."""
    actor, rows, cap = who(request), crew(where), cap_of(where.unit, where.day)
    form = UnitDayForm(request.POST or None, rows=rows, capped=cap.binding)

    def act(data: dict[str, Any]) -> str:
        register_day(form.places, where.day, by=actor, exception=data.get("exception", ""), seen=form.seen)
        return _address(where.unit, where.day)

    title = _("%(unit)s, %(day)s") % {"unit": where.unit.name, "day": weekday_date(where.day)}
    question = Question(title, _("Lưu lịch ngày này"), _address(where.unit, where.day))
    context = _around(actor, where, rows, cap)
    return ask(request, form, question, act, template="roster/unit_day.html", context=context)


def _around(actor: Actor, where: UnitDay, rows: list[PersonDay], cap: Cap) -> dict[str, Any]:
    """What stands around the choices: figures, the cap in words, other days and units."""
    told, today = counts(rows), clock.today()
    figures = [
        (f"{told[Mode.ON_SITE]}{_of(cap)}", Mode.ON_SITE.label),
        (told[Mode.REMOTE], Mode.REMOTE.label),
        (told[Mode.ABSENT], Mode.ABSENT.label),
        (told[""], _("Chưa đăng ký")),
    ]
    return {
        "where": where, "cap": cap, "figures": figures, "arithmetic": arithmetic(cap), "target": target_sentence(cap),
        "over": where.day < today, "on_post": {person.pk for person in cap.always_on},
        "before": _address(where.unit, where.day - DAY), "after": _address(where.unit, where.day + DAY),
        "today": _address(where.unit, today), "units": _units(actor, where), "may_name": may_name.test(actor, where.unit),
        "may_decide": may_except.test(actor, where.unit),
        "splits": splits_of(where.unit, where.day), "shared": shared_sentence(cap),
        "here": urlencode({FROM: _address(where.unit, where.day)}),
    }  # fmt: skip


def _of(cap: Cap) -> str:
    """The bound behind a count: "/3", "/3–4" while the office has to choose; nothing where others are counted with it."""
    if cap.asks_above is None or cap.over != cap.unit:
        return ""
    return f"/{cap.asks_above}–{cap.refused_above}" if cap.asks_decision else f"/{cap.asks_above}"


def _units(actor: Actor, where: UnitDay) -> list[Choice]:
    """The units of the agency for which the actor plans, when there is more than one."""
    inside = Unit.objects.filter(agency_path=where.unit.agency_path).in_force(where.day).order_by("path")
    planned = [one for one in inside if may_plan.test(actor, one)]
    choices = [Choice(one.name, _address(one, where.day), chosen=one == where.unit) for one in planned]
    return choices if len(choices) > 1 else []


def _address(unit: Unit, day: Any) -> str:
    return reverse("roster:unit-day", args=[day, unit.key])
