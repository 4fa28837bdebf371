"""Correct a clause that the reader took wrongly, while no measure rests on it (A6)."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.directives.models import Clause
from taicho.directives.queries.document_page import measures_resting_on
from taicho.directives.rules.kinds import KINDS
from taicho.documents.actions.registering import check_standing
from taicho.documents.models import IncomingDocument
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.intake import mark_in
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import edit, plain, unchanged

LABEL = re.compile(r"(?:¶\d{1,4}|[-+]\d{1,4}|[^\W_][^/]*)(?:/(?:[-+]\d{1,4}|[^\W_][^/]*))*")
"""Labels from the top joined by "/": a printed one, a dash with its turn, a paragraph with its turn."""


@transaction.atomic
def correct_clause(clause: Clause, *, by: Actor, seen: int, path: str, text: str) -> Clause:
    """Set the label and the words of a clause as the paper has them, as read in version `seen`.

    What the reader took stays beside it. The clauses under it keep their own labels. Refused: changed-meanwhile, struck-out,
    clause-in-use (names the measure), bad-label, secret, bad-field, directives_clause_once_in_a_document.
    """
    document = IncomingDocument.objects.select_for_update(no_key=True).get(pk=clause.document_id)
    check_standing(document)
    before = unchanged(clause, seen=seen)
    _check_free(before)
    changes = {"path": _label(path), "text": text.strip()}
    if mark_in(changes["text"].splitlines()):
        raise Refusal(
            _("Văn bản có dấu MẬT không được đưa vào hệ thống. Hãy xử lý tại bộ phận văn thư mật."), code="secret"
        )
    if changes == {"path": before.path, "text": before.text}:
        return before
    first = {} if before.is_corrected else {"read_path": before.path, "read_text": before.text}
    edit(clause, changes | first | {"corrected_by": by.person, "corrected_at": clock.now()}, seen=seen)
    facts = {"from_path": before.path, "from_text": before.text} | changes
    audit.record("directives.correct_clause", by=by, of=clause, unit=document.agency.key, facts=plain(facts))
    return clause


def _check_free(clause: Clause) -> None:
    """Refused: clause-in-use; a measure that was taken back no longer keeps the clause."""
    resting = measures_resting_on(clause).first()
    if resting is not None:
        kind = KINDS[resting.kind]
        said = " · ".join(part for part in (str(kind.label), kind.describe(resting.params)) if part)
        raise Refusal(
            _("Mục này là căn cứ của biện pháp “%(measure)s”. Rút biện pháp đó rồi mới sửa được mục.")
            % {"measure": said},
            code="clause-in-use",
        )


def _label(path: str) -> str:
    """The label without blanks around its parts. Refused: bad-label."""
    tidy = "/".join(part.strip() for part in path.split("/"))
    if LABEL.fullmatch(tidy) is None:
        raise Refusal(
            _("Nhãn ghi các số mục từ ngoài vào, cách nhau bằng dấu /: 4, II/1/a, 2/-3 (ý thứ 3 của mục 2)."),
            code="bad-label", field="path",
        )  # fmt: skip
    return tidy
