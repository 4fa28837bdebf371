"""A middleware of these tests: the actor is whoever `?as=` names (kept in a cookie), else nobody."""

from uuid import UUID

from taicho.kernel.actor import ANONYMOUS, Actor

OFFICER = Actor(person=UUID(int=1))
OTHER = Actor(person=UUID(int=2))


def someone(get_response):
    """Put the actor where the real middleware of organisation puts it."""

    def visit(request):
        name = request.GET.get("as") or request.COOKIES.get("as", "")
        request.actor = {"officer": OFFICER, "other": OTHER}.get(name, ANONYMOUS)
        answer = get_response(request)
        answer.set_cookie("as", name)
        return answer

    return visit
