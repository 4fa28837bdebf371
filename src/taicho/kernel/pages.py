"""The page decorator: find (404) → permit (403 with the reason) → the view, reading read-only and writing atomic."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from taicho.kernel.policy import Policy, policy

View = Callable[..., HttpResponse]
READING = ("GET", "HEAD")


@policy(_("Trang này mở cho mọi người."))
def anyone(actor: Any, thing: Any = None) -> bool:
    """Pages that need no sign-in."""
    return True


@policy(_("Đồng chí cần đăng nhập."))
def signed_in(actor: Any, thing: Any = None) -> bool:
    """Pages for every person who has signed in."""
    return bool(actor.signed_in)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a page declares: the policy for reading, the one for writing, and how its object is found."""

    read: Policy | None
    write: Policy | None
    find: Callable[..., Any] | None

    def policy_for(self, method: str) -> Policy | None:
        """The policy for an HTTP method, or None when the page does not take it."""
        if method in READING:
            return self.read
        return self.write if method == "POST" else None

    @property
    def methods(self) -> list[str]:
        """Methods the page takes, in the order of an Allow header."""
        return [m for m in (*READING, "POST") if self.policy_for(m) is not None]


def page(
    *, read: Policy | None = None, write: Policy | None = None, find: Callable[..., Any] | None = None
) -> Callable[[View], View]:
    """Declare a page. `read` permits GET and HEAD, `write` permits POST; what is not declared answers 405.

    `find(actor, **route)` returns the object inside the actor's scope or raises DoesNotExist (404, which tells
    nothing); it is handed to the view after the request, and the policies see it. Reading runs in a read-only
    transaction, writing in an atomic one. Someone not signed in is sent to the entrance, unless the policy is `anyone`.
    """
    declaration = Declaration(read, write, find)

    def declare(view: View) -> View:
        @wraps(view)
        def visit(request: HttpRequest, **route: Any) -> HttpResponse:
            rule = declaration.policy_for(request.method or "")
            if rule is None:
                return HttpResponseNotAllowed(declaration.methods)
            with transaction.atomic():
                if request.method in READING:
                    _make_read_only()
                if rule is not anyone and not request.actor.signed_in:  # type: ignore[attr-defined]
                    return _to_entrance(request)
                return _enter(view, declaration, rule, request, route)

        visit.page = declaration  # type: ignore[attr-defined]
        return visit

    return declare


def _enter(
    view: View, declaration: Declaration, rule: Policy, request: HttpRequest, route: dict[str, Any]
) -> HttpResponse:
    """Find the object, ask the policy, call the view."""
    actor = request.actor  # type: ignore[attr-defined]
    if declaration.find is None:
        rule.permit(actor, None)
        return view(request, **route)
    try:
        found = declaration.find(actor, **route)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    rule.permit(actor, found)
    return view(request, found)


def _make_read_only() -> None:
    """Let the database refuse every write until this transaction (or savepoint) ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")


def _to_entrance(request: HttpRequest) -> HttpResponse:
    """Send someone who has not signed in to the entrance, coming back here afterwards."""
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
