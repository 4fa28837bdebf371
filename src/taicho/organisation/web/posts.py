"""Pages about posts: give one to a person, end one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.organisation import policies
from taicho.organisation.actions.posts import appoint, end_post
from taicho.organisation.models import Person, Post, Unit
from taicho.organisation.queries.finding import find_person, find_post
from taicho.organisation.rules.days import after, start_of
from taicho.organisation.web.asking import Question, ask, who
from taicho.organisation.web.forms.people import PostForm


@page(read=policies.may_appoint, write=policies.may_appoint, find=find_person)
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Give a person a post."""
    actor, back = who(request), reverse("organisation:person", args=[person.key])
    units = Unit.objects.within(*actor.reach(policies.ADMINISTRATORS)).in_force(clock.today())
    home = person.home_unit
    form = PostForm(request.POST or None, units=units, initial={"unit": home.key if home else None})
    trail = [(_("Danh bạ"), reverse("organisation:directory")), (person.full_name, back), (_("Giao chức vụ"), "")]

    def act(data: dict[str, Any]) -> str:
        first, last = data.pop("first_day"), data.pop("last_day")
        appoint(person, by=actor, at=start_of(first) if first else None, until=after(last) if last else None, **data)
        return back

    return ask(request, form, Question(_("Giao chức vụ"), _("Giao chức vụ"), back, trail), act)


@page(read=policies.may_appoint, write=policies.may_appoint, find=find_post)
def end(request: HttpRequest, post: Post) -> HttpResponse:
    """End a post at once, after a look at what goes with it."""
    back = reverse("organisation:person", args=[post.person.key])
    if request.method == "POST":
        end_post(post, by=who(request))
        return redirect(back)
    delegations = post.delegations.in_force(clock.now()).select_related("person")
    trail = [(_("Danh bạ"), reverse("organisation:directory")), (post.person.full_name, back)]
    facts = {"post": post, "back": back, "delegations": delegations, "trail": [*trail, (_("Kết thúc chức vụ"), "")]}
    return render(request, "organisation/end_post.html", facts)
