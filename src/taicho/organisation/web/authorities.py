"""Pages about outside authorities: numbers to call, who serves which commune (B6)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.kernel.refusals import NotPermitted
from taicho.organisation import policies
from taicho.organisation.actions.authorities import (
    edit_authority,
    end_authority,
    register_authority,
    set_service_area,
)
from taicho.organisation.enums import AuthorityKind
from taicho.organisation.models import OutsideAuthority, ServiceArea, Unit
from taicho.organisation.queries.authorities import authorities_by_kind
from taicho.organisation.queries.finding import find_authority
from taicho.organisation.web.asking import Question, ask, who
from taicho.organisation.web.forms.places import AreaForm, AuthorityFactsForm, AuthorityForm
from taicho.organisation.web.forms.units import EndUnitForm

LIST = "organisation:authorities"


@page(read=signed_in)
def authorities(request: HttpRequest) -> HttpResponse:
    """Everybody's numbers for an emergency, by kind."""
    words = request.GET.get("q", "")
    facts = {
        "groups": authorities_by_kind(clock.today(), words),
        "words": words,
        "may_keep": policies.may_keep_places.test(who(request)),
    }
    return render(request, "organisation/authorities.html", facts)


@page(read=signed_in, find=find_authority)
def authority(request: HttpRequest, authority: OutsideAuthority) -> HttpResponse:
    """One authority with the communes it serves."""
    facts = {
        "authority": authority,
        "kind": AuthorityKind(authority.kind).label,
        "areas": ServiceArea.objects.filter(authority=authority).order_by("division", "valid_from"),
        "may_keep": policies.may_keep_places.test(who(request), authority),
        "trail": [(_("Cơ quan ngoài"), reverse(LIST)), (authority.name, "")],
    }
    return render(request, "organisation/authority.html", facts)


@page(read=policies.may_keep_places, write=policies.may_keep_places)
def new(request: HttpRequest) -> HttpResponse:
    """Add an authority; the own agency keeps the entry."""
    actor, back = who(request), reverse(LIST)
    form = AuthorityForm(request.POST or None, initial={"valid_from": clock.today()})
    keeper = Unit.objects.filter(key=actor.unit).first()
    if keeper is None:
        raise NotPermitted(
            _("Tài khoản này chưa thuộc đơn vị nào. Hãy lập đơn vị và thêm người trước."), code="no-unit"
        )
    question = Question(
        _("Thêm cơ quan"), _("Thêm vào danh bạ"), back, [(_("Cơ quan ngoài"), back), (_("Thêm cơ quan"), "")]
    )
    return ask(request, form, question, lambda _: _at(register_authority(by=actor, kept_by=keeper, **form.changes)))


@page(read=policies.may_keep_places, write=policies.may_keep_places, find=find_authority)
def edit(request: HttpRequest, authority: OutsideAuthority) -> HttpResponse:
    """Correct an entry."""
    form = AuthorityFactsForm(request.POST or None, record=authority)
    question = _question(authority, _("Sửa"), _("Lưu"))
    return ask(
        request, form, question,
        lambda _: _at(edit_authority(authority, by=who(request), seen=form.seen, **form.changes)),
    )  # fmt: skip


@page(read=policies.may_keep_places, write=policies.may_keep_places, find=find_authority)
def serve(request: HttpRequest, authority: OutsideAuthority) -> HttpResponse:
    """Say that the authority serves a commune."""
    form = AreaForm(request.POST or None, initial={"valid_from": clock.today()})
    words = _("Trạm Y tế đang phụ trách xã, phường này kết thúc vào ngày trước đó.")
    question = _question(authority, _("Thêm xã, phường"), _("Thêm"), words)
    return ask(
        request, form, question, lambda data: _at(set_service_area(authority, by=who(request), **data).authority)
    )


@page(read=policies.may_keep_places, write=policies.may_keep_places, find=find_authority)
def end(request: HttpRequest, authority: OutsideAuthority) -> HttpResponse:
    """Take an authority out of the directory after a day."""
    form = EndUnitForm(request.POST or None)
    question = _question(authority, _("Đưa ra khỏi danh bạ"), _("Đưa ra"))
    return ask(request, form, question, lambda data: _at(end_authority(authority, by=who(request), **data)))


def _at(authority: OutsideAuthority) -> str:
    return reverse("organisation:authority", args=[authority.key])


def _question(authority: OutsideAuthority, title: str, verb: str, words: str = "") -> Question:
    trail = [(_("Cơ quan ngoài"), reverse(LIST)), (authority.name, _at(authority)), (title, "")]
    return Question(title, verb, _at(authority), trail, words)
