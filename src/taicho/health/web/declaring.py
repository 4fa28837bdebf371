"""The flow of a declaration: one question after the other, by buttons alone; it works without JavaScript (F1, ux.md 4)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.health import policies
from taicho.health.actions.declaring import declare
from taicho.health.models import Declaration
from taicho.health.queries.calling import told_by, whom_to_call
from taicho.health.queries.finding import find_declarant, find_declaration
from taicho.health.queries.today import standing_ones, today_of
from taicho.health.web.sheet import Sheet
from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.kernel.refusals import Refusal
from taicho.organisation.models import Person
from taicho.organisation.queries.finding import find_self
from taicho.ui.asking import who

RECENT = 14
"""How many earlier declarations stand beside the form."""


@page(read=signed_in, write=policies.may_declare_for, find=find_self)
def own(request: HttpRequest, person: Person) -> HttpResponse:
    """One's own declaration of today."""
    return _flow(request, person, reverse("health:declare"))


@page(read=policies.may_declare_for, write=policies.may_declare_for, find=find_declarant)
def other(request: HttpRequest, person: Person) -> HttpResponse:
    """Type the declaration of somebody who has no telephone; it says who typed it."""
    return _flow(request, person, reverse("health:declare-for", args=[person.key]), typed_for=True)


@page(read=policies.may_correct, write=policies.may_correct, find=find_declaration)
def correct(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """Answer today's declaration anew; the old one stays."""
    address = reverse("health:correct-declaration", args=[declaration.key])
    return _flow(request, declaration.person, address, corrects=declaration)


def _flow(
    request: HttpRequest, person: Person, address: str, *, corrects: Declaration | None = None, typed_for: bool = False
) -> HttpResponse:
    """Show the next question, or send what has been answered."""
    today = today_of(person, clock.now())
    sheet = Sheet.read(today, request.POST) if request.method == "POST" else Sheet(today)
    if request.method == "POST" and not sheet.wrong and (sheet.step == "send" or sheet.sends_part):
        try:
            made = _send(request, sheet, person, corrects)
        except Refusal as refusal:
            sheet.refuse(refusal)
        else:
            if sheet.sends_part:
                sheet = _rest(sheet, made)
            else:
                return redirect(_after(request, made, typed_for))
    facts = _facts(sheet, address, corrects, typed_for)
    return render(request, "health/declaring.html", facts, status=400 if sheet.wrong else 200)


def _send(request: HttpRequest, sheet: Sheet, person: Person, corrects: Declaration | None) -> Declaration:
    """Carry the sheet out. Refused: see `declare`; only what the actor has typed is there to be completed."""
    at = clock.now()
    if sheet.corrects:
        typed = standing_ones(person).filter(typed_by=who(request).me)
        corrects = typed.filter(key=sheet.corrects).first() or corrects
    with transaction.atomic():
        return declare(
            person, by=who(request), client_id=sheet.client_id, day=clock.today(at), answers=sheet.all_answers,
            temperature=sheet.celsius(), at=at, corrects=corrects, reason=sheet.reason,
        )  # fmt: skip


def _rest(sheet: Sheet, made: Declaration) -> Sheet:
    """The sheet for the questions left, which will complete what has just been sent."""
    return Sheet(
        today_of(made.person, clock.now()), corrects=UUID(str(made.key)), answers=sheet.answers, ticks=sheet.ticks,
        reason=sheet.reason,
    )  # fmt: skip


def _facts(sheet: Sheet, address: str, corrects: Declaration | None, typed_for: bool) -> dict[str, Any]:
    """What the page needs beside the sheet."""
    today, at = sheet.today, clock.now()
    calls = whom_to_call(today.person, clock.today(at)) if sheet.calls else []
    return {
        "steps": [{"label": one.short} for one in today.asked.questions],
        "current": sheet.number,
        "kept": sheet.kept,
        "ticks": sheet.tickable,
        "left": sum(one.key not in sheet.answers for one in today.asked.questions),
        "told": told_by(today.person) if sheet.calls else None,
        "sheet": sheet,
        "today": today,
        "day": clock.today(at),
        "address": address,
        "corrects": corrects,
        "typed_for": today.person if typed_for else None,
        "is_done": today.made and not (today.is_owed or corrects or sheet.corrects or sheet.answers or sheet.wrong),
        "asks_reason": corrects is not None and today.due_at is not None and at >= today.due_at,
        "calls": calls,
        "recent": [] if typed_for else standing_ones(today.person)[:RECENT],
    }


def _after(request: HttpRequest, made: Declaration, typed_for: bool) -> str:
    """Where the one who typed goes: to the declaration; a head, who may not read it, back to the list."""
    if policies.may_correct.test(who(request), made) or policies.may_keep_health.test(who(request), made):
        return reverse("health:declaration", args=[made.key])
    messages.success(request, _("Đã gửi khai báo cho %(name)s.") % {"name": made.person.full_name})
    return reverse("health:followed")
