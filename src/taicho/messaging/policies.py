"""What may be done with messages, and the sentence that says who can."""

from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.messaging.models import Receipt


@policy(_("Chỉ người nhận tin mới ghi đã xem."))
def may_mark_read(actor: Actor, receipt: Receipt | None = None) -> bool:
    """Mark a message as read: the person who received it, nobody in their place."""
    return receipt is not None and actor.signed_in and actor.person == receipt.person.key
