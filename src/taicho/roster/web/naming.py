"""Say who holds the posts that a document names only by their work (D4)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.directives.models import Measure
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.roster.actions.naming import name_people
from taicho.roster.models import PostNaming
from taicho.roster.policies import may_name
from taicho.roster.queries.days import find_always_on
from taicho.roster.queries.people import people_of
from taicho.roster.rules.posts import in_words
from taicho.roster.web.forms import HoldersForm
from taicho.ui.asking import Question, ask, who

LONG = 4
"""Digits of a number that is surely no place in a list."""


@page(read=may_name, write=may_name, find=find_always_on)
def name_holders(request: HttpRequest, measure: Measure) -> HttpResponse:
    """Choose the post, then the people."""
    back = reverse("directives:measure", args=[measure.key])
    posts = [in_words(post) for post in measure.params["posts"]]
    post = dict(enumerate(posts, 1)).get(_number(request.GET.get("vi-tri", "")), "")
    trail = [(_("Biện pháp"), reverse("directives:measures")), (_("Bộ phận thường trực"), back), (_("Nêu người"), "")]
    if not post:
        return render(request, "roster/posts.html", {"measure": measure, "posts": posts, "trail": trail})
    people = people_of(measure.agency, clock.today(), whole_agency=True)
    named = [
        str(key) for key in PostNaming.objects.filter(measure=measure, post=post).values_list("person__key", flat=True)
    ]
    form = HoldersForm(request.POST or None, people=people, initial={"people": named})

    def act(data: dict[str, Any]) -> str:
        name_people(measure, post, form.chosen, by=who(request))
        return reverse("roster:name-holders", args=[measure.key])

    return ask(request, form, Question(post, _("Lưu người thường trực"), back, trail), act)


def _number(written: str) -> int:
    """The number in the address; 0, which is no post, for anything else."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < LONG else 0
