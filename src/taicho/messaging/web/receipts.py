"""One message in the own inbox: open it, which marks it as read."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from taicho.kernel.pages import page
from taicho.messaging.actions.reading import mark_read
from taicho.messaging.models import Receipt
from taicho.messaging.policies import may_mark_read
from taicho.messaging.queries.inbox import find_receipt
from taicho.ui.asking import who


@page(write=may_mark_read, find=find_receipt)
def seen(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """Mark the message as read and go where it is dealt with. Only by a form: looking at an address writes nothing."""
    mark_read(receipt, who(request))
    return HttpResponseRedirect(receipt.message.link)
