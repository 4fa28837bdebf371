"""Say who holds the posts that a document names only by their work (D4)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.directives.models import Measure
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.organisation.models import Unit
from taicho.roster.actions.naming import name_people
from taicho.roster.policies import may_name
from taicho.roster.queries.days import find_always_on
from taicho.roster.queries.posts import HeldPost, candidates, posts_of
from taicho.roster.web.forms import HoldersForm
from taicho.ui.asking import FROM, Question, ask, came_from, who
from taicho.ui.choices import Choice


@page(read=may_name, write=may_name, find=find_always_on)
def name_holders(request: HttpRequest, measure: Measure) -> HttpResponse:
    """The posts with their people; for one of them the choice of people, unit by unit."""
    back, posts = reverse("directives:measure", args=[measure.key]), posts_of(measure)
    trail = [(_("Biện pháp"), reverse("directives:measures")), (_("Bộ phận thường trực"), back)]
    post = next((one for one in posts if str(one.number) == request.GET.get("vi-tri")), None)
    if post is None:
        facts = {"measure": measure, "posts": posts, "trail": trail, "origin": came_from(request)}
        return render(request, "roster/posts.html", facts | {"here": urlencode({FROM: request.get_full_path()})})
    return _choose(request, measure, post, trail)


def _choose(request: HttpRequest, measure: Measure, post: HeldPost, trail: list[tuple[str, str]]) -> HttpResponse:
    """Choose who holds one post."""
    here = reverse("roster:name-holders", args=[measure.key])
    units = Unit.objects.filter(agency_path=measure.agency.path).in_force(clock.today()).order_by("path")
    unit = next((one for one in units if str(one.key) == request.GET.get("don-vi")), units[0])
    people = candidates(unit, clock.today(), post.named)
    form = HoldersForm(request.POST or None, people=people, initial={"people": [str(one.key) for one in post.named]})

    def act(data: dict[str, Any]) -> str:
        name_people(measure, post.key, form.chosen, by=who(request))
        return here

    path = [*trail, (_("Nêu người"), here), (post.words, "")]
    context = {"units": [_choice(request, post, one, unit) for one in units]}
    question = Question(post.words, _("Lưu người thường trực"), here, path)
    return ask(request, form, question, act, template="roster/holders.html", context=context)


def _choice(request: HttpRequest, post: HeldPost, one: Unit, chosen: Unit) -> Choice:
    """A unit whose people can be chosen from."""
    asked = {"vi-tri": post.number, "don-vi": one.key} | ({FROM: came_from(request)} if came_from(request) else {})
    return Choice(one.name, f"{request.path}?{urlencode(asked)}", chosen=one == chosen)
