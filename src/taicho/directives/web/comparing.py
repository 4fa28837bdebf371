"""What stands side by side when a document is entered: the marked original, the fields with how sure each is (ux.md 4)."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.directives.models import PendingReading
from taicho.directives.models.clause import label_of
from taicho.directives.rules.reading import Reading
from taicho.directives.rules.reading.facts import FIELDS, clauses_to_keep, doubts_of
from taicho.directives.rules.reading.marking import KEYS, keys_found, marked_lines
from taicho.directives.rules.reading.values import Doubt
from taicho.documents.web.forms.incoming import IncomingForm

MOST_LINES = 2000
"""Lines of an original that one page shows."""
SURE, DOUBTFUL = 4, 2
"""Squares of the sign of confidence."""
WHY = {
    Doubt.FROM_BODY: gettext_lazy("Phần đầu không ghi; lấy từ câu mở đầu của nội dung. Hãy đối chiếu."),
    Doubt.FROM_SYMBOL: gettext_lazy("Văn bản không ghi tên loại; suy từ ký hiệu. Hãy đối chiếu."),
    Doubt.BLANK: gettext_lazy("Trong tệp để trống chỗ này. Hãy xem bản giấy."),
    Doubt.IMPOSSIBLE_DATE: gettext_lazy("Ngày ghi trong tệp không có thật. Hãy xem bản giấy."),
    Doubt.SEVERAL: gettext_lazy(
        "Tệp có nhiều văn bản; chỉ đọc văn bản thứ nhất. Hãy vào sổ riêng các văn bản còn lại."
    ),
}


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field of the form. `key`: its letter in the original, where it stands there; `level`: squares, 0 for not read."""

    field: BoundField
    key: str = ""
    level: int = 0
    missing: bool = False
    why: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether a person must look."""
        return self.level == DOUBTFUL


def beside(pending: PendingReading, read: Reading, form: IncomingForm) -> dict[str, Any]:
    """Everything the page of comparison shows."""
    lines = marked_lines(pending.text or "", read, most=MOST_LINES)
    fields = _fields(read, form, keys_found(lines))
    doubts = sum(one.doubtful for one in fields)
    return {
        "pending": pending,
        "lines": lines,
        "cut": len((pending.text or "").splitlines()) > MOST_LINES,
        "marks": sum(bool(piece.key) for line in lines for piece in line.pieces),
        "fields": fields,
        "doubts": doubts,
        "found": sum(one.level > 0 for one in fields),
        "clauses": [(label_of(clause.path), clause.text) for clause in clauses_to_keep(read.clauses)],
        "cites": read.cites,
    }


def _fields(read: Reading, form: IncomingForm, in_text: set[str]) -> list[ReadField]:
    """The fields of the form in its order, with the letters that stand in the text."""
    doubts = doubts_of(read)
    fields = []
    for bound in form:
        if bound.name not in FIELDS:
            fields.append(ReadField(bound))
            continue
        key = KEYS[bound.name] if KEYS[bound.name] in in_text else ""
        doubt = doubts.get(bound.name)
        if doubt is not None:
            fields.append(ReadField(bound, key, DOUBTFUL, why=str(WHY[doubt])))
        elif getattr(read, FIELDS[bound.name]):
            fields.append(ReadField(bound, key, SURE))
        else:
            fields.append(ReadField(bound, missing=True, why=_("không có trong tệp")))
    return fields
