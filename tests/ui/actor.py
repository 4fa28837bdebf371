"""A middleware of these tests: the actor is whoever `?as=` names, else nobody."""

from uuid import UUID

from taicho.kernel.actor import ANONYMOUS, Actor

OFFICER = Actor(person=UUID(int=1))


def someone(get_response):
    """Put the actor where the real middleware of organisation puts it."""

    def visit(request):
        request.actor = OFFICER if request.GET.get("as") == "officer" or "officer" in request.COOKIES else ANONYMOUS
        return get_response(request)

    return visit
