"""What may be done about duties, and the sentence that says who can."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from taicho.documents.models import IncomingDocument
from taicho.duties.models import Duty
from taicho.duties.models.duty import FOLLOWERS
from taicho.kernel.actor import Actor
from taicho.kernel.policy import policy
from taicho.organisation.policies import HEADS, holds_in_agency


@policy(_("Chỉ người được giao việc này trả lời được."))
def may_answer(actor: Actor, duty: Duty | None = None) -> bool:
    """Answer for oneself: nobody acknowledges for somebody else."""
    return duty is not None and actor.person == duty.owner.key


@policy(_("Chỉ lãnh đạo, người phụ trách đơn vị, Văn phòng và văn thư của cơ quan theo dõi được việc xác nhận."))
def may_follow(actor: Actor, document: Any = None) -> bool:
    """See who has acknowledged a document and remind the others: posts that follow work in the agency (A9)."""
    if not isinstance(document, IncomingDocument):
        return False
    agency = document.agency
    return holds_in_agency(actor, FOLLOWERS, agency) or any(
        c.role in FOLLOWERS and c.reach.start.startswith(agency.path) for c in actor.capacities
    )


@policy(_("Chỉ lãnh đạo, người phụ trách đơn vị, Văn phòng và văn thư theo dõi được việc của đơn vị."))
def may_follow_units(actor: Actor, thing: Any = None) -> bool:
    """See what the units one answers for have not done."""
    return actor.holds(FOLLOWERS)


@policy(_("Chỉ người phụ trách đơn vị miễn việc cho người của đơn vị; việc của chính mình do cấp trên quyết định."))
def may_exempt(actor: Actor, duty: Duty | None = None) -> bool:
    """Excuse somebody from a duty: who heads the unit, or the agency above it, and never oneself (A9)."""
    return duty is not None and actor.me != duty.owner.key and holds_in_agency(actor, HEADS, duty.unit)
