"""Việc của tôi, and the page on which one duty of this area is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taicho.duties.queries.work import my_work
from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.ui.asking import who


@page(read=signed_in)
def my_work_page(request: HttpRequest) -> HttpResponse:
    """What I have to do, before when, because of what."""
    now = clock.now()
    return render(request, "duties/my_work.html", {"work": my_work(who(request), now), "now": now})
