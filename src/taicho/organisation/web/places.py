"""Pages about sites, gates and rooms (D8, E1, G2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.organisation import policies
from taicho.organisation.actions.places import add_gate, add_room, add_site, edit_gate, edit_room, edit_site
from taicho.organisation.models import Gate, Room, Site, Unit
from taicho.organisation.queries.finding import find_gate, find_room, find_site
from taicho.organisation.web.asking import Question, ask, who
from taicho.organisation.web.forms.places import (
    GateFactsForm,
    GateForm,
    RoomFactsForm,
    RoomForm,
    SiteFactsForm,
    SiteForm,
)

LIST = "organisation:sites"


@page(read=signed_in)
def sites(request: HttpRequest) -> HttpResponse:
    """The places of work of the units one sees."""
    found = Site.objects.visible_to(who(request)).prefetch_related("gates", "rooms").order_by("name")
    facts = {"sites": found, "may_keep": policies.may_keep_places.test(who(request))}
    return render(request, "organisation/sites.html", facts)


@page(read=signed_in, find=find_site)
def site(request: HttpRequest, site: Site) -> HttpResponse:
    """One site with its gates and rooms."""
    facts = {
        "site": site,
        "gates": site.gates.order_by("name_folded"),
        "rooms": site.rooms.order_by("floor", "name_folded"),
        "may_keep": policies.may_keep_places.test(who(request), site),
        "today": clock.today(),
        "trail": [(_("Địa điểm làm việc"), reverse(LIST)), (site.name, "")],
    }
    return render(request, "organisation/site.html", facts)


@page(read=policies.may_keep_places, write=policies.may_keep_places)
def new(request: HttpRequest) -> HttpResponse:
    """Add a site to a unit whose places one keeps."""
    actor, back = who(request), reverse(LIST)
    seen = Unit.objects.visible_to(actor).in_force(clock.today())
    kept = [unit.pk for unit in seen if unit.is_agency and policies.may_keep_places.test(actor, unit)]
    form = SiteForm(request.POST or None, units=seen.filter(pk__in=kept))
    question = Question(
        _("Thêm địa điểm"), _("Thêm địa điểm"), back, [(_("Địa điểm làm việc"), back), (_("Thêm địa điểm"), "")]
    )
    return ask(request, form, question, lambda data: _at(add_site(by=actor, unit=data["unit"], **form.changes)))


@page(read=policies.may_keep_places, write=policies.may_keep_places, find=find_site)
def edit(request: HttpRequest, site: Site) -> HttpResponse:
    """Correct a site."""
    form = SiteFactsForm(request.POST or None, record=site)
    question = _question(site, _("Sửa địa điểm"), _("Lưu"))
    return ask(request, form, question, lambda _: _at(edit_site(site, by=who(request), seen=form.seen, **form.changes)))


@page(read=policies.may_keep_places, write=policies.may_keep_places, find=find_site)
def new_gate(request: HttpRequest, site: Site) -> HttpResponse:
    """Add a gate."""
    form = GateForm(request.POST or None)
    question = _question(site, _("Thêm cổng"), _("Thêm cổng"))
    return ask(request, form, question, lambda _: _at(add_gate(site, by=who(request), **form.changes).site))


@page(read=policies.may_keep_places, write=policies.may_keep_places, find=find_site)
def new_room(request: HttpRequest, site: Site) -> HttpResponse:
    """Add a room."""
    form = RoomForm(request.POST or None)
    question = _question(site, _("Thêm phòng"), _("Thêm phòng"))
    return ask(request, form, question, lambda _: _at(add_room(site, by=who(request), **form.changes).site))


@page(read=policies.may_keep_places, write=policies.may_keep_places, find=find_gate)
def gate(request: HttpRequest, gate: Gate) -> HttpResponse:
    """Correct or close a gate."""
    form = GateFactsForm(request.POST or None, record=gate)
    question = _question(gate.site, _("Sửa cổng"), _("Lưu"))
    return ask(
        request, form, question, lambda _: _at(edit_gate(gate, by=who(request), seen=form.seen, **form.changes).site)
    )


@page(read=policies.may_keep_places, write=policies.may_keep_places, find=find_room)
def room(request: HttpRequest, room: Room) -> HttpResponse:
    """Correct or close a room."""
    form = RoomFactsForm(request.POST or None, record=room)
    question = _question(room.site, _("Sửa phòng"), _("Lưu"))
    return ask(
        request, form, question, lambda _: _at(edit_room(room, by=who(request), seen=form.seen, **form.changes).site)
    )


def _at(site: Site) -> str:
    return reverse("organisation:site", args=[site.key])


def _question(site: Site, title: str, verb: str) -> Question:
    return Question(
        title, verb, _at(site), [(_("Địa điểm làm việc"), reverse(LIST)), (site.name, _at(site)), (title, "")]
    )
