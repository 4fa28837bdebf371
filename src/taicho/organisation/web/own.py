"""The own record (Dữ liệu của tôi) and the hat that is worn."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.organisation import policies
from taicho.organisation.actions.staff import state_home_working, update_staff
from taicho.organisation.middleware import HAT
from taicho.organisation.models import HomeWorkingMeans, Person
from taicho.organisation.queries.finding import find_self
from taicho.organisation.queries.person_page import person_page
from taicho.organisation.web.forms.people import OwnDetailsForm
from taicho.ui.asking import Question, ask, who


@page(read=signed_in, find=find_self)
def my_data(request: HttpRequest, person: Person) -> HttpResponse:
    """What the agency knows of me, and who may see it."""
    return render(request, "organisation/my_data.html", {"page": person_page(person, clock.now()), "person": person})


@page(read=policies.may_state_own_details, write=policies.may_state_own_details, find=find_self)
def state(request: HttpRequest, person: Person) -> HttpResponse:
    """State where I live and stay, my phone, and what I have at home to work with."""
    actor, back = who(request), reverse("organisation:my-data")
    form = OwnDetailsForm(
        request.POST or None, record=person, means=HomeWorkingMeans.objects.filter(person=person).first()
    )
    trail = [(_("Dữ liệu của tôi"), back), (_("Khai thông tin"), "")]

    def act(data: dict[str, Any]) -> str:
        update_staff(person, by=actor, seen=form.seen, **form.changes)
        state_home_working(person, by=actor, **form.means)
        return back

    return ask(request, form, Question(_("Khai thông tin của tôi"), _("Lưu"), back, trail), act)


@page(write=signed_in)
def wear(request: HttpRequest) -> HttpResponse:
    """Put another hat on: only the default of this session; every action still asks."""
    key = request.POST.get("hat", "")
    if any(str(capacity.key) == key for capacity in who(request).capacities):
        request.session[HAT] = key
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else "/")
