"""Pages about standing bodies: Ban Chỉ đạo, Sở Chỉ huy, tổ, tiểu ban (B2)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation import policies
from taicho.organisation.actions.standing_bodies import reactivate_body, recompose_body, set_up_body, stand_down_body
from taicho.organisation.models import StandingBody, Unit
from taicho.organisation.queries.bodies import bodies_seen_by, body_page, members_now
from taicho.organisation.queries.directory import directory
from taicho.organisation.queries.finding import find_body, find_unit
from taicho.organisation.web.asking import Question, ask, put, who
from taicho.organisation.web.forms.offices import SEATS, BodyForm, DecisionForm, DocumentForm


@page(read=signed_in)
def bodies(request: HttpRequest) -> HttpResponse:
    """The standing bodies of the units one sees, those at work first."""
    actor = who(request)
    facts = {"bodies": bodies_seen_by(actor, clock.now()), "may_compose": policies.may_compose_body.test(actor)}
    return render(request, "organisation/bodies.html", facts)


@page(read=signed_in, find=find_body)
def body(request: HttpRequest, body: StandingBody) -> HttpResponse:
    """One body: its members now, every earlier composition, when it worked."""
    facts = {
        "body": body,
        "page": body_page(body, who(request), clock.now()),
        "may_compose": policies.may_compose_body.test(who(request), body),
        "trail": [(_("Ban, tổ chỉ đạo"), reverse("organisation:bodies")), (body.name, "")],
    }
    return render(request, "organisation/body.html", facts)


@page(read=policies.may_compose_body, write=policies.may_compose_body, find=find_unit)
def new(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Set up a body of a unit."""
    form = BodyForm(request.POST or None)
    back = reverse("organisation:unit", args=[unit.key])
    question = Question(_("Thành lập tổ chức"), _("Thành lập"), back, [(unit.name, back), (_("Thành lập tổ chức"), "")])
    return _compose(
        request, form, question, lambda data, seats: set_up_body(by=who(request), unit=unit, seats=seats, **data)
    )


@page(read=policies.may_compose_body, write=policies.may_compose_body, find=find_body)
def recompose(request: HttpRequest, body: StandingBody) -> HttpResponse:
    """Give a body new members (kiện toàn)."""
    form, back = DecisionForm(request.POST or None), _at(body)
    words = _("Thành phần cũ kết thúc khi lưu và vẫn đọc được.")
    question = Question(_("Kiện toàn"), _("Kiện toàn"), back, [(body.name, back), (_("Kiện toàn"), "")], words=words)

    def act(data: dict[str, Any], seats: Any) -> StandingBody:
        return recompose_body(body, by=who(request), seats=seats, **data).body

    return _compose(request, form, question, act, initial=_seats_of(body))


@page(read=policies.may_compose_body, write=policies.may_compose_body, find=find_body)
def activate(request: HttpRequest, body: StandingBody) -> HttpResponse:
    """Let a body work again (kích hoạt lại)."""
    form, back = DocumentForm(request.POST or None), _at(body)
    question = Question(_("Kích hoạt lại"), _("Kích hoạt lại"), back, [(body.name, back), (_("Kích hoạt lại"), "")])
    return ask(request, form, question, lambda data: _at(reactivate_body(body, by=who(request), **data).body))


@page(read=policies.may_compose_body, write=policies.may_compose_body, find=find_body)
def stand_down(request: HttpRequest, body: StandingBody) -> HttpResponse:
    """Stop a body; its members lose its rights at once."""
    form, back = DocumentForm(request.POST or None), _at(body)
    warning = _("Thành viên mất quyền của tổ chức này ngay khi lưu.")
    question = Question(
        _("Dừng hoạt động"), _("Dừng hoạt động"), back, [(body.name, back), (_("Dừng hoạt động"), "")], warning=warning
    )
    return ask(request, form, question, lambda data: _at(stand_down_body(body, by=who(request), **data)))


def _compose(request: HttpRequest, form: Any, question: Question, act: Any, initial: Any = None) -> HttpResponse:
    """A decision form with a list of members; both are kept when something is refused."""
    among = directory(who(request), clock.now())
    seats = SEATS(request.POST or None, among=among, initial=None if request.POST else initial, prefix="seats")
    if request.method == "POST" and form.is_valid() and seats.is_valid():
        try:
            return redirect(_at(act(form.cleaned_data, seats.seats)))
        except NotPermitted:
            raise
        except Refusal as refusal:
            put(form, refusal)
    wrong = bool(form.errors) or (seats.is_bound and not seats.is_valid())
    facts = {"form": form, "seats": seats, "question": question}
    return render(request, "organisation/compose.html", facts, status=400 if wrong else 200)


def _at(body: StandingBody) -> str:
    return reverse("organisation:body", args=[body.key])


def _seats_of(body: StandingBody) -> list[dict[str, Any]]:
    """Today's members, to start from."""
    members = members_now(body, clock.now())
    return [
        {"person": member.person.full_name, "function": member.function, "portfolio": member.portfolio}
        for member in members
    ]
