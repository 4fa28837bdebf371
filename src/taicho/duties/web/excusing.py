"""Pages of the head of a unit: excuse one person from one duty, and take it back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.duties.actions.exempting import exempt, owe_again
from taicho.duties.models import Duty
from taicho.duties.policies import may_exempt
from taicho.duties.queries.finding import find_followed_duty
from taicho.duties.web.forms import ExemptForm, NothingToAsk
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.ui.asking import Question, ask, who

LIST = "duties:unit-work"


@page(read=may_exempt, write=may_exempt, find=find_followed_duty)
def excuse(request: HttpRequest, duty: Duty) -> HttpResponse:
    """Excuse the owner, with the reason."""
    title = _("Miễn việc cho %(name)s") % {"name": duty.owner.full_name}
    words = _("Việc: %(title)s. Tên, lý do và người quyết định hiện ở trang theo dõi.") % {"title": duty.title}
    question = Question(title, _("Miễn"), reverse(LIST), _trail(title), words=words, done=_("Đã miễn %(clock)s."))

    def act(data: dict[str, Any]) -> str:
        exempt(duty, by=who(request), why=data["why"], at=clock.now())
        return reverse(LIST)

    return ask(request, ExemptForm(request.POST if request.method == "POST" else None), question, act)


@page(read=may_exempt, write=may_exempt, find=find_followed_duty)
def end_excuse(request: HttpRequest, duty: Duty) -> HttpResponse:
    """Take the excuse back: the owner owes it again."""
    title = _("Bỏ miễn cho %(name)s") % {"name": duty.owner.full_name}
    words = _("Việc: %(title)s. Từ lúc bỏ miễn, người này lại phải làm.") % {"title": duty.title}
    question = Question(title, _("Bỏ miễn"), reverse(LIST), _trail(title), words=words, done=_("Đã bỏ miễn %(clock)s."))

    def act(_data: dict[str, Any]) -> str:
        owe_again(duty, by=who(request), at=clock.now())
        return reverse(LIST)

    return ask(request, NothingToAsk(request.POST if request.method == "POST" else None), question, act)


def _trail(title: str) -> list[tuple[Any, str]]:
    return [(_("Việc của đơn vị"), reverse(LIST)), (title, "")]
