"""Remind the silent by hand, and nobody else (A9)."""

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.documents.models import IncomingDocument
from taicho.duties.actions.announcing import chase
from taicho.duties.models import Chase
from taicho.duties.queries.progress import silent_duties
from taicho.duties.rules.rhythm import rhythm
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.dates import clock_time
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep


@transaction.atomic
def chase_silent(document: IncomingDocument, *, by: Actor) -> Chase:
    """Write to those who have not acknowledged `document`, in the units `by` follows.

    Refused: nobody-silent; chased-already (within the time the rhythm gives, so that nobody is written to twice).
    """
    at = clock.now()
    IncomingDocument.objects.select_for_update().get(pk=document.pk)
    last = Chase.objects.filter(
        document=document, by=by.person, at__gt=at - rhythm().chase_again_after, at__lte=at
    ).first()
    if last is not None:
        again = clock_time(last.at + rhythm().chase_again_after)
        raise Refusal(
            _("Vừa nhắc lúc %(at)s. Có thể nhắc lại sau %(again)s.") % {"at": clock_time(last.at), "again": again},
            code="chased-already",
        )
    silent = list(silent_duties(document, by, at))
    if not silent:
        raise Refusal(_("Mọi người đã xác nhận. Không còn ai để nhắc."), code="nobody-silent")
    chase(silent, by=by, at=at)
    chased = keep(Chase(document=document, people=len(silent), by=by.person, at=at))
    audit.record(
        "duties.chase", by=by, of=chased, unit=document.agency.key,
        facts={"document": str(document.key), "people": len(silent)},
    )  # fmt: skip
    return chased
