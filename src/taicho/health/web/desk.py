"""The desk of the health post: alerts that are open, people restricted, who has not declared (F1, F8, E6)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.health import policies
from taicho.health.actions.alerts import record_step
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.actions.temperatures import record_temperature
from taicho.health.models import Declaration, HealthAlert, Restriction, Temperature
from taicho.health.queries import desk as questions
from taicho.health.queries.calling import whom_to_call
from taicho.health.queries.finding import find_alert, find_cared_for, find_restriction
from taicho.health.queries.in_force import fever_threshold
from taicho.health.queries.naming import name_of
from taicho.health.rules.questionnaire import versions
from taicho.health.web.declarations import ticked
from taicho.health.web.forms.desk import READ_BY, RestrictionForm, StepForm, TemperatureForm
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.pages import page
from taicho.kernel.vietnamese import search_terms
from taicho.organisation.models import Person
from taicho.ui.asking import Question, ask, who
from taicho.ui.forms import ReasonForm

PAGE = 50
SHOWN = 20
"""How many declarations and readings of one person stand on a page."""
DESK = "health:desk"


@page(read=policies.may_keep_health)
def desk(request: HttpRequest) -> HttpResponse:
    """What the health post works on today."""
    actor, at = who(request), clock.now()
    units = questions.cared_for_units(actor)
    alerts, restricted = list(questions.open_alerts(actor)), list(questions.restricted_now(actor, at))
    for one in alerts:
        audit.record_reading("health.read_desk", by=actor, of=one, unit=one.agency.key)
    for restriction in restricted:
        audit.record_reading("health.read_desk", by=actor, of=restriction, unit=restriction.agency.key)
    words = request.GET.get("q", "")
    staff = questions.staff_of(units, at)
    for term in search_terms(words):
        staff = staff.filter(person__name_folded__contains=term)
    people = questions.followed(staff[:SHOWN], at) if search_terms(words) else []
    _log_flags(actor, people)
    facts = {
        "alerts": alerts,
        "restricted": restricted,
        "counts": questions.counts_by_unit(units, at),
        "words": words,
        "people": people,
        "day": clock.today(at),
    }
    return render(request, "health/desk.html", facts)


@page(read=policies.may_follow_declarations)
def followed(request: HttpRequest) -> HttpResponse:
    """For heads: who of the unit has declared, who needs care. No answer, no figure, no reason."""
    actor, at = who(request), clock.now()
    units = questions.headed_units(actor)
    rows = Paginator(questions.missing_first(units, at), PAGE).get_page(request.GET.get("page"))
    people, flagged = questions.followed(rows.object_list, at), questions.flagged(units, at)
    _log_flags(actor, flagged)
    facts = {
        "rows": rows,
        "people": people,
        "flagged": flagged,
        "counts": questions.counts_by_unit(units, at),
        "day": clock.today(at),
    }
    return render(request, "health/followed.html", facts)


@page(read=policies.may_keep_health, find=find_cared_for)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    """One person for the health post: declarations, readings, alerts, restrictions."""
    actor = who(request)
    audit.record_reading("health.read_person", by=actor, of=person)
    declarations = Declaration.objects.visible_to(actor).filter(person=person)[:SHOWN]
    facts = {
        "person": person,
        "declarations": declarations,
        "temperatures": Temperature.objects.visible_to(actor).filter(person=person)[:SHOWN],
        "alerts": HealthAlert.objects.visible_to(actor).filter(person=person).open(),
        "restrictions": Restriction.objects.visible_to(actor).filter(person=person).select_related("lift")[:SHOWN],
        "calls": whom_to_call(person, clock.today()),
        "threshold": fever_threshold(person.home_unit, clock.now()) if person.home_unit else None,
        "now": clock.now(),
        "trail": [(_("Y tế cơ quan"), reverse(DESK)), (name_of(person), "")],
    }
    return render(request, "health/person.html", facts)


@page(read=policies.may_keep_health, write=policies.may_keep_health, find=find_cared_for)
def measure(request: HttpRequest, person: Person) -> HttpResponse:
    """Take a temperature."""
    form = TemperatureForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        record_temperature(person, celsius=data["celsius"], by=who(request), at=clock.now(), client_id=form.once)
        return _at(person)

    return ask(request, form, _question(person, _("Đo thân nhiệt"), _("Ghi thân nhiệt")), act)


@page(read=policies.may_keep_health, write=policies.may_keep_health, find=find_cared_for)
def restricting(request: HttpRequest, person: Person) -> HttpResponse:
    """Restrict a person; every gate knows from then on."""
    form = RestrictionForm(request.POST or None, hint=READ_BY)

    def act(data: dict[str, Any]) -> str:
        restrict(person, by=who(request), kind=data["kind"], reason=data["reason"], at=clock.now())
        return _at(person)

    return ask(request, form, _question(person, _("Đặt hạn chế"), _("Đặt hạn chế")), act)


@page(read=policies.may_keep_health, write=policies.may_keep_health, find=find_restriction)
def lifting(request: HttpRequest, restriction: Restriction) -> HttpResponse:
    """Lift a restriction with its reason."""
    form = ReasonForm(request.POST or None, hint=READ_BY)

    def act(data: dict[str, Any]) -> str:
        lift(restriction, by=who(request), reason=data["reason"], at=clock.now())
        return _at(restriction.person)

    return ask(request, form, _question(restriction.person, _("Gỡ hạn chế"), _("Gỡ hạn chế")), act)


@page(read=policies.may_keep_health, find=find_alert)
def alert(request: HttpRequest, alert: HealthAlert) -> HttpResponse:
    """One alert: its ground, what has been done, whom to call."""
    audit.record_reading("health.read_alert", by=who(request), of=alert, unit=alert.agency.key)
    made = alert.declaration
    asked, said = versions().get(made.questionnaire) if made else None, (made.answers or {}) if made else {}
    facts = {
        "alert": alert,
        "said": [(q, ticked(q, said)) for q in asked.questions if said.get(q.key)] if asked else [],
        "steps": alert.steps.select_related("authority"),
        "is_open": HealthAlert.objects.open().filter(pk=alert.pk).exists(),
        "calls": whom_to_call(alert.person, clock.today()),
        "trail": [(_("Y tế cơ quan"), reverse(DESK)), (name_of(alert.person), "")],
    }
    return render(request, "health/alert.html", facts)


@page(read=policies.may_keep_health, write=policies.may_keep_health, find=find_alert)
def step(request: HttpRequest, alert: HealthAlert) -> HttpResponse:
    """Record what was done about an alert."""
    form = StepForm(request.POST or None, authorities=whom_to_call(alert.person, clock.today()))
    target = reverse("health:alert", args=[alert.key])

    def act(data: dict[str, Any]) -> str:
        record_step(
            alert, by=who(request), kind=data["kind"], at=clock.now(), authority=data["authority"], note=data["note"]
        )
        return target

    title = _("Ghi việc đã làm")
    trail = [(_("Y tế cơ quan"), reverse(DESK)), (name_of(alert.person), target), (title, "")]
    return ask(request, form, Question(title, _("Ghi"), target, trail), act)


def _log_flags(actor: Actor, people: list[questions.Followed]) -> None:
    """Keep in the read-log whom the page flags: that somebody needs care is health data too."""
    for one in people:
        if one.needs_care:
            audit.record_reading("health.read_flag", by=actor, of=one.person, unit=one.unit.key)


def _at(person: Person) -> str:
    return reverse("health:person", args=[person.key])


def _question(person: Person, title: str, verb: str) -> Question:
    trail = [(_("Y tế cơ quan"), reverse(DESK)), (name_of(person), _at(person)), (title, "")]
    return Question(title, verb, _at(person), trail, words=name_of(person))
