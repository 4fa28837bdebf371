"""The state of the installation, for its administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taicho.desks.policies import may_see_system_state
from taicho.desks.queries.system_state import system_state
from taicho.duties.queries.hindrances import standing_hindrances
from taicho.kernel import clock
from taicho.kernel.pages import page


@page(read=may_see_system_state)
def system(request: HttpRequest) -> HttpResponse:
    """Backup, worker, trail, disk: what is right is small, what is wrong says what to do."""
    facts = {"state": system_state(clock.real_now()), "hindrances": standing_hindrances()}
    return render(request, "desks/system.html", facts)
