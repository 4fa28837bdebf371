"""Việc của tôi, and the page on which one duty of this area is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taicho.duties.queries.work import my_work
from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.messaging.queries.inbox import unread
from taicho.ui.asking import who

MESSAGES_SHOWN = 50
"""The newest unread messages; what is older is opened by the work it is about."""


@page(read=signed_in)
def my_work_page(request: HttpRequest) -> HttpResponse:
    """What I have to do, before when, because of what."""
    now, actor = clock.now(), who(request)
    facts = {"work": my_work(actor, now), "receipts": unread(actor)[:MESSAGES_SHOWN], "now": now}
    return render(request, "duties/my_work.html", facts)
