"""Lịch của tôi: where I work these two weeks (D3)."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.organisation.models import Person
from taicho.organisation.queries.finding import find_self
from taicho.roster.actions.registering import register_one
from taicho.roster.policies import may_register
from taicho.roster.queries.cap import cap_of
from taicho.roster.queries.days import two_weeks
from taicho.roster.queries.sentences import arithmetic, shared_sentence, target_sentence
from taicho.roster.web.forms import OwnScheduleForm
from taicho.ui.asking import Question, ask, who


@page(read=may_register, write=may_register, find=find_self)
def my_schedule(request: HttpRequest, person: Person) -> HttpResponse:
    """My two weeks: what is registered, and a choice for each day that is not over."""
    actor, here = who(request), reverse("roster:my-schedule")
    form = OwnScheduleForm(request.POST or None, rows=two_weeks(person, clock.today()), today=clock.today())

    def act(data: dict[str, Any]) -> str:
        with transaction.atomic():
            for day, place in form.places.items():
                register_one(person, day, place, by=actor, seen=form.seen(day))
        return here

    question = Question(_("Lịch của tôi"), _("Lưu lịch của tôi"), here)
    facts = {"today": clock.today()} | _around(person)
    return ask(request, form, question, act, template="roster/my_schedule.html", context=facts)


def _around(person: Person) -> dict[str, Any]:
    """How many of the own unit may come today, and why."""
    if person.home_unit is None:
        return {}
    cap = cap_of(person.home_unit, clock.today())
    return {
        "cap": cap, "arithmetic": arithmetic(cap), "shared": shared_sentence(cap), "target": target_sentence(cap)
    }  # fmt: skip
