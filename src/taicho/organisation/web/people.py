"""Pages about people: the directory, one person, the register."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.kernel.vietnamese import search_terms
from taicho.organisation import policies
from taicho.organisation.actions.entry import issue_entry_slip
from taicho.organisation.actions.staff import end_service, register_staff, take_back, transfer, update_staff
from taicho.organisation.enums import StaffCategory
from taicho.organisation.models import Person, Unit
from taicho.organisation.queries.directory import categories_in, directory, with_posts
from taicho.organisation.queries.finding import find_person, find_unit
from taicho.organisation.queries.person_page import person_page
from taicho.organisation.queries.staff_import import agencies_kept_by
from taicho.organisation.rules.days import begins
from taicho.organisation.web.forms.people import EndServiceForm, StaffForm, TransferForm
from taicho.ui.asking import Question, ask, who
from taicho.ui.choices import Choice

PAGE = 50


@page(read=signed_in)
def people(request: HttpRequest) -> HttpResponse:
    """The directory: who works where, by tên; narrowed by words, unit and category."""
    actor, at = who(request), clock.now()
    words, category = request.GET.get("q", ""), request.GET.get("doi-tuong", "")
    units = Unit.objects.visible_to(actor).in_force(clock.today())
    unit = units.filter(key=request.GET["don-vi"]).first() if _is_key(request.GET.get("don-vi", "")) else None
    seen = directory(actor, at, terms=search_terms(words), unit=unit)
    counts = categories_in(seen)
    narrowed = directory(actor, at, terms=search_terms(words), unit=unit, category=category) if category else seen
    rows = Paginator(narrowed, PAGE).get_page(request.GET.get("page"))
    kept = {"q": words, "don-vi": str(unit.key) if unit else ""}
    facts = {
        "rows": rows,
        "people": with_posts(rows.object_list, at),
        "words": words,
        "unit": unit,
        "units": units,
        "choices": _categories(counts, category, kept),
        "query": _query(kept | {"doi-tuong": category}),
        "filtered": bool(words or unit or category),
        "may_register": policies.may_keep_register.test(actor, None),
    }
    return render(request, "organisation/directory.html", facts)


@page(read=signed_in, find=find_person)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    """One person, as far as the viewer's posts go."""
    actor = who(request)
    facts = {
        "page": person_page(person, clock.now()),
        "person": person,
        "private": policies.may_see_private_details.test(actor, person),
        "may_edit": policies.may_keep_register.test(actor, person),
        "may_appoint": policies.may_appoint.test(actor, person),
        "may_issue_slip": policies.may_issue_slip.test(actor, person),
        "is_me": actor.person == person.key,
        "trail": trail_of(person),
    }
    return render(request, "organisation/person.html", facts)


@page(read=policies.may_keep_register, write=policies.may_keep_register, find=find_unit)
def new(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Put a person on the staff list of a unit."""
    actor = who(request)
    form = StaffForm(request.POST or None, actor=actor)
    question = Question(
        _("Thêm người"), _("Thêm vào danh sách"), _at(unit), [(unit.name, _at(unit)), (_("Thêm người"), "")]
    )
    return ask(request, form, question, lambda _: _at(register_staff(by=actor, unit=unit, **form.changes)))


@page(read=policies.may_keep_register, write=policies.may_keep_register, find=find_person)
def edit(request: HttpRequest, person: Person) -> HttpResponse:
    """Correct or complete what the register knows of a person."""
    actor = who(request)
    form = StaffForm(request.POST or None, record=person, actor=actor)
    question = Question(_("Sửa thông tin"), _("Lưu"), _at(person), _trail(person, _("Sửa thông tin")))
    return ask(request, form, question, lambda _: _at(update_staff(person, by=actor, seen=form.seen, **form.changes)))


@page(read=policies.may_keep_register, write=policies.may_keep_register, find=find_person)
def move(request: HttpRequest, person: Person) -> HttpResponse:
    """Transfer a member of staff to another unit."""
    actor = who(request)
    units = Unit.objects.visible_to(actor).in_force(clock.today())
    form = TransferForm(request.POST or None, units=units)
    warning = _("Mọi chức vụ, ủy quyền đang có của người này kết thúc cùng lúc chuyển.")
    question = Question(
        _("Điều chuyển"), _("Điều chuyển"), _at(person), _trail(person, _("Điều chuyển")), warning=warning
    )
    return ask(request, form, question, lambda data: _moved(person, actor, data))


@page(read=policies.may_keep_register, write=policies.may_keep_register, find=find_person)
def leave(request: HttpRequest, person: Person) -> HttpResponse:
    """End a person's service."""
    actor = who(request)
    form = EndServiceForm(request.POST or None)
    warning = _("Người này không còn vào được hệ thống với tư cách nhân viên. Hồ sơ vẫn được giữ.")
    question = Question(
        _("Cho thôi việc"), _("Cho thôi việc"), _at(person), _trail(person, _("Cho thôi việc")), warning=warning
    )

    def act(data: dict[str, Any]) -> str:
        return _at(end_service(person, by=actor, at=begins(data["day"], clock.now()), reason=data["reason"]))

    return ask(request, form, question, act)


@page(read=policies.may_keep_register, write=policies.may_keep_register, find=find_person)
def back(request: HttpRequest, person: Person) -> HttpResponse:
    """Take somebody who has left back into service."""
    actor = who(request)
    units = Unit.objects.in_force(clock.today()).filter(
        agency_path__in=agencies_kept_by(actor, clock.today()).order_by().values("path")
    )
    form = TransferForm(request.POST or None, units=units)
    form.fields["to"].label = _("Nhận vào đơn vị")
    warning = _("Chức vụ cũ không trở lại. Tài khoản cũ chỉ mở lại được bằng một phiếu vào mới.")
    question = Question(
        _("Tiếp nhận lại"), _("Tiếp nhận lại"), _at(person), _trail(person, _("Tiếp nhận lại")), warning=warning
    )

    def act(data: dict[str, Any]) -> str:
        at = begins(data["day"], clock.now())
        return _at(take_back(person, by=actor, unit=data["to"], at=at, decision=data["decision"]))

    return ask(request, form, question, act)


@page(write=policies.may_issue_slip, find=find_person)
def slip(request: HttpRequest, person: Person) -> HttpResponse:
    """Issue an entry slip and show its print sheet, once."""
    from taicho.accounts.web.sheets import PrintedSlip, slip_sheet

    paper = issue_entry_slip(person, by=who(request))
    unit = person.home_unit
    printed = PrintedSlip.of(paper.issued, holder=person.full_name, unit=unit.name if unit else "")
    return slip_sheet(request, [printed], back=_at(person))


def _moved(person: Person, actor: Any, data: dict[str, Any]) -> str:
    """Transfer, and go where the actor can still see the person, else back to the directory."""
    transfer(person, by=actor, to=data["to"], at=begins(data["day"], clock.now()), decision=data["decision"])
    seen = Person.objects.visible_to(actor).filter(pk=person.pk).exists()
    return _at(person) if seen else reverse("organisation:directory")


def _at(thing: Person | Unit) -> str:
    """The address of a person's or a unit's page."""
    return reverse(f"organisation:{thing._meta.model_name}", args=[thing.key])


def trail_of(person: Person) -> list[tuple[str, str]]:
    """Where the page of a person stands: the directory, the unit, the person."""
    unit = person.home_unit
    return [
        (_("Danh bạ"), reverse("organisation:directory")),
        *([(unit.name, _at(unit))] if unit else []),
        (str(person), ""),
    ]


def _trail(person: Person, last: str) -> list[tuple[str, str]]:
    return [(_("Danh bạ"), reverse("organisation:directory")), (str(person), _at(person)), (last, "")]


def _categories(counts: dict[str, int], chosen: str, kept: dict[str, str]) -> list[Choice]:
    """All, then every category that occurs, with its count."""
    shown = [("", _("Tất cả"), sum(counts.values()))]
    shown += [(c.value, str(c.label), counts[c.value]) for c in StaffCategory if counts.get(c.value)]
    return [
        Choice(label, "?" + _query(kept | {"doi-tuong": value}), count, chosen=value == chosen)
        for value, label, count in shown
    ]


def _query(facts: dict[str, str]) -> str:
    return urlencode({name: value for name, value in facts.items() if value})


def _is_key(text: str) -> bool:
    from uuid import UUID

    try:
        return bool(UUID(text))
    except ValueError:
        return False
