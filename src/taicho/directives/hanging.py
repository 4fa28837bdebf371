"""What of this room keeps a line of the register from being struck out."""

from django.utils.translation import gettext as _

from taicho.directives.queries.document_page import measures_of
from taicho.directives.rules.kinds import KINDS
from taicho.documents.models import IncomingDocument


def measures_that_hang_on(document: IncomingDocument) -> str:
    """The measure that was confirmed from the document, in a sentence; one taken back stays readable with its source too.

    Acknowledgements and every other answer hang on a measure, so a document without any has none.
    """
    measure = measures_of(document).first()
    if measure is None:
        return ""
    return _(
        "Không hủy được: đã xác nhận biện pháp “%(measure)s” từ văn bản này. Nếu thông tin ghi sai thì chọn “Sửa”."
    ) % {"measure": KINDS[measure.kind].label}
