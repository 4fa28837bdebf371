"""Pages about delegation (ủy quyền, TUQ.)."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.organisation import policies
from taicho.organisation.actions.posts import delegate, revoke
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Delegation, Post
from taicho.organisation.queries.directory import directory
from taicho.organisation.queries.finding import find_delegation, find_post
from taicho.organisation.rules.days import after, begins
from taicho.organisation.web.forms.offices import DelegationForm
from taicho.ui.asking import Question, ask, who

MOST_PAST = 20


@page(read=signed_in)
def delegations(request: HttpRequest) -> HttpResponse:
    """My posts that I can delegate, what I have delegated, what has been delegated to me."""
    actor, at = who(request), clock.now()
    own = Q(person__key=actor.me) | Q(post__person__key=actor.me)
    concerned = Delegation.objects.filter(own).select_related("post__unit", "post__person", "person")
    posts = Post.objects.in_force(at).filter(person__key=actor.me).exclude(role=PostRole.ADMINISTRATOR)
    facts = {
        "posts": posts.select_related("unit").order_by("starts_at"),
        "running": concerned.not_over(at).order_by("ends_at"),
        "past": concerned.filter(ends_at__lte=at).order_by("-ends_at")[:MOST_PAST],
        "actor": actor,
        "now": at,
    }
    return render(request, "organisation/delegations.html", facts)


@page(read=policies.may_delegate, write=policies.may_delegate, find=find_post)
def new(request: HttpRequest, post: Post) -> HttpResponse:
    """Delegate one of my posts."""
    actor, back = who(request), reverse("organisation:delegations")
    among = directory(actor, clock.now()).filter(unit__agency_path=post.unit.agency_path).exclude(person=post.person_id)
    form = DelegationForm(request.POST or None, among=among)
    words = _("%(title)s, %(unit)s. Người được ủy quyền không ủy quyền tiếp.") % {
        "title": post.title,
        "unit": post.unit,
    }
    trail = [(_("Ủy quyền"), back), (_("Ủy quyền mới"), "")]

    def act(data: dict[str, Any]) -> str:
        first, until = data.pop("first_day"), after(data.pop("last_day"))
        delegate(post, by=actor, at=begins(first, clock.now()), until=until, **data)
        return back

    return ask(request, form, Question(_("Ủy quyền"), _("Ủy quyền"), back, trail, words=words), act)


@page(write=policies.may_revoke, find=find_delegation)
def end(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Revoke a delegation at once."""
    revoke(delegation, by=who(request))
    return redirect("organisation:delegations")
