"""Strike out a line of the register that was entered wrongly: the number stays used, the line stays readable (A1)."""

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.documents.actions.registering import check_standing
from taicho.documents.hanging import what_hangs_on
from taicho.documents.models import IncomingDocument
from taicho.documents.news import DocumentStruckOut
from taicho.kernel import audit, clock, news
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep


@transaction.atomic
def strike_out(document: IncomingDocument, *, by: Actor, reason: str) -> IncomingDocument:
    """Take a wrong entry out of account; its arrival number is never given again and the line stays with `reason`.

    The same paper and file may then be entered anew. Refused: without-reason, struck-out, in-use (another room says
    what hangs on the document). Announces DocumentStruckOut.
    """
    if not reason.strip():
        raise Refusal(_("Ghi lý do hủy."), code="without-reason", field="reason")
    line = IncomingDocument.objects.select_for_update(no_key=True).get(pk=document.pk)
    check_standing(line)
    if use := what_hangs_on(line):
        raise Refusal(use, code="in-use")
    line.struck_out_why, line.struck_out_by, line.struck_out_at = reason.strip(), by.person, clock.now()
    line.version += 1
    keep(line)
    audit.record("documents.strike_out", by=by, of=line, unit=line.agency.key, facts={"reason": line.struck_out_why})
    news.announce(DocumentStruckOut(str(line.key)))
    return line
