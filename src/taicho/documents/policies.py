"""Who keeps the register of incoming documents (A1)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from taicho.documents.models.incoming_document import KEEPS_INCOMING
from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.organisation.policies import holds_in_agency


@policy(_("Chỉ văn thư và Văn phòng của cơ quan được vào sổ văn bản đến."))
def may_register(actor: Actor, thing: Any = None) -> bool:
    """Enter and correct documents of an agency: `thing` is the agency, or anything that has one; None: of any."""
    if thing is None:
        return actor.holds(KEEPS_INCOMING)
    return holds_in_agency(actor, KEEPS_INCOMING, getattr(thing, "agency", thing))
