"""Mã định danh of an agency: groups of capitals and digits between dots, at most 35 characters.

Source: QĐ 20/2020/QĐ-TTg, Điều 4 (from the top: H26.1.15); QCVN 102:2016/BTTTT (from the bottom: 000.00.15.H26).
Both orders are accepted and kept as written.
"""

import re

from django.utils.translation import gettext as _

from taicho.kernel.refusals import Refusal

LONGEST = 35  # not a rule: the width of the field that QĐ 20/2020 gives the code
TOP = r"[A-Z][0-9]{2}"
GROUP = r"[0-9A-Z]{1,6}"
FROM_THE_TOP = re.compile(rf"{TOP}(?:\.{GROUP})*")
FROM_THE_BOTTOM = re.compile(rf"(?:{GROUP}\.)+{TOP}")


def parse_identifier(written: str) -> str:
    """Return the identifier without spaces and in capitals; empty stays empty. Refused: bad-identifier."""
    code = re.sub(r"\s+", "", written).upper()
    if not code:
        return ""
    if len(code) > LONGEST or not (FROM_THE_TOP.fullmatch(code) or FROM_THE_BOTTOM.fullmatch(code)):
        raise Refusal(
            _("Mã định danh không đúng. Nhập các nhóm chữ, số cách nhau bằng dấu chấm, ví dụ H26.15, 000.00.15.H26."),
            code="bad-identifier",
            field="identifier",
        )
    return code


def top_group(identifier: str) -> str:
    """The level-1 group (the province or ministry), in whichever order the code is written; empty for no code."""
    groups = identifier.split(".")
    return next((group for group in (groups[0], groups[-1]) if re.fullmatch(TOP, group)), "")
