"""Ask with a form, call one action, and go; what the action refuses stands at its field with everything typed kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.dates import clock_time, parse_sure_date
from taicho.kernel.dates.reading import YEARS
from taicho.kernel.refusals import Conflict, NotPermitted, Refusal

Act = Callable[[dict[str, Any]], Any]
FROM = "tu"
"""The name in an address under which a page says where its reader came from and wants to return to."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a form page says around its form: title, verb of its one solid button, where "Thôi" leads, the trail.

    `done` is said afterwards in place of "Đã lưu", with %(clock)s for the time.
    """

    title: Any
    verb: Any
    back: str
    trail: Sequence[tuple[Any, str]] = ()
    words: Any = ""
    warning: Any = ""
    done: Any = ""


def ask(
    request: HttpRequest,
    form: Any,
    question: Question,
    act: Act,
    *,
    template: str = "ui/question.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or carry it out: `act(cleaned_data)` calls one action and returns where to go.

    A refusal is shown at its field, nothing is written and what was typed stays. A conflict of versions shows both.
    Whoever came from another page of the house (`came_from`) goes back to it, whether done or not.
    """
    origin = came_from(request)
    question = replace(question, back=origin) if origin else question
    facts = {"form": form, "question": question, **(context or {})}
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                target = act(form.cleaned_data)
        except NotPermitted:
            raise
        except Conflict as conflict:
            facts["differences"] = settle(form, conflict)
        except Refusal as refusal:
            put(form, refusal)
        else:
            said = question.done or _("Đã lưu %(clock)s.")
            messages.success(request, said % {"clock": clock_time(clock.local(clock.now()))})
            return redirect(origin or target)
    status = 409 if facts.get("differences") else 400 if form.errors else 200
    return render(request, template, facts, status=status)


def who(request: HttpRequest) -> Actor:
    """The actor of the request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def came_from(request: HttpRequest) -> str:
    """The page of this house named in the address as the one to return to; empty for none, and for any other house."""
    place = request.GET.get(FROM, "")
    own = place.startswith("/") and place.isprintable() and url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return place if own else ""


def day_asked(request: HttpRequest) -> date:
    """The day in the address (`?ngay=2025-06-30`, or as people write it); today when there is none that can be read."""
    written, today = request.GET.get("ngay", "").strip(), clock.today()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        try:
            day = parse_sure_date(written, today) if written else today
        except Refusal:
            return today
    return day if day.year in YEARS else today


def put(form: Any, refusal: Refusal) -> None:
    """Put a refusal at its field, or above the form when it has none here.

    A form whose field bears another name than the action's argument says so in `stands_for`.
    """
    field = getattr(form, "stands_for", {}).get(refusal.field, refusal.field)
    form.add_error(field if field in form.fields else None, refusal.sentence)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which the two versions differ, in display words."""

    label: Any
    mine: str
    theirs: str


def settle(form: Any, conflict: Conflict) -> list[Difference]:
    """Prepare the form for choosing between two versions: the saved one beside what was typed (ux.md 6).

    Sending the form again then means keeping one's own version, because it carries the version it has seen.
    """
    record: Any = getattr(form, "record", None)
    if record is None or conflict.code != "changed-meanwhile":
        put(form, conflict)
        return []
    record.refresh_from_db()
    form.data = form.data.copy()
    form.data["version"] = str(record.version)
    differences = [
        Difference(form[name].label, _shown(form, name, form.cleaned_data[name]), _shown(form, name, theirs))
        for name in form.changeable
        if (theirs := getattr(record, name)) != form.cleaned_data[name]
    ]
    if not differences:
        form.add_error(None, _("Người khác vừa lưu đúng nội dung này. Không còn gì để lưu."))
    return differences


def _shown(form: Any, name: str, value: Any) -> str:
    """A value as a person reads it; an empty one is said."""
    if value in (None, ""):
        return _("(để trống)")
    field = form.fields[name]
    choices = {str(key): label for key, label in getattr(field, "choices", ()) or ()}
    written = str(field.prepare_value(value))
    return str(choices.get(written, written))
