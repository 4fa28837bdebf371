"""The language of the page, and refusals that no form caught: a page with the sentence, nothing written."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from taicho.kernel.refusals import Conflict, NotPermitted, Refusal
from taicho.ui.web import errors


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Vietnamese, unless the person has chosen English here; the browser's own language does not count (house D10)."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response

    return middleware


class RefusalMiddleware:
    """Innermost of all, so that the page's transaction has already ended when the answer is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: BaseException) -> HttpResponse | None:
        """A page for a refusal; every other exception goes on to Django."""
        match exception:
            case NotPermitted():
                return errors.forbidden(request, exception)
            case Conflict():
                return errors.conflict(request, exception)
            case Refusal():
                return errors.bad_request(request, exception)
        return None
