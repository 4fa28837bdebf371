"""Show a refusal that no form caught as a page: its sentence, its status, nothing written."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from taicho.kernel.refusals import Conflict, NotPermitted, Refusal
from taicho.ui.web import errors


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
