"""From a reading to what the register asks: facts of the document, doubts by field, clauses that can be kept."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from taicho.directives.rules.reading.values import Clause, Doubt, Reading
from taicho.documents.enums import DocType

FIELDS = {
    "number": "number", "symbol": "symbol", "kind": "kind", "issuer": "issuer", "superior": "superior",
    "place": "place", "issued_on": "day", "subject": "subject", "addressees": "addressees",
    "recipients": "recipients", "signer": "signer", "signer_title": "title", "capacity": "capacity",
}  # fmt: skip
"""Name in the register → name in a reading, in the order in which the register asks."""
KINDS = {
    "Công văn": DocType.LETTER, "Chỉ thị": DocType.DIRECTIVE, "Công điện": DocType.DISPATCH, "Kế hoạch": DocType.PLAN,
    "Quyết định": DocType.DECISION, "Thông báo": DocType.NOTICE, "Phương án": DocType.RESPONSE_PLAN,
    "Hướng dẫn": DocType.GUIDELINE, "Kết luận": DocType.CONCLUSION, "Báo cáo": DocType.REPORT,
    "Tờ trình": DocType.SUBMISSION, "Biên bản": DocType.MINUTES,
}  # fmt: skip
"""What a paper calls itself, whatever the language of the screen, and how the register lists it."""
ABOUT = re.compile(r"^(?:V/v|Về việc)[:.]?\s+", re.IGNORECASE)
LONGEST_PATH = 60  # not a rule: width of the column


def facts_of(reading: Reading) -> dict[str, Any]:
    """What was read, by the register's names; what was not found is left out.

    A kind that the register does not list becomes "other". The subject stands without "V/v".
    """
    found = {name: getattr(reading, read) for name, read in FIELDS.items()}
    facts: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value for name, value in found.items() if value
    }
    if "kind" in facts:
        facts["kind"] = KINDS.get(facts["kind"], DocType.OTHER)
    if "subject" in facts:
        facts["subject"] = ABOUT.sub("", facts["subject"])
    return facts


def doubts_of(reading: Reading) -> dict[str, Doubt]:
    """Why a field must be looked at, by the register's names."""
    return {name: reading.doubts[read] for name, read in FIELDS.items() if read in reading.doubts}


def clauses_to_keep(clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses with paths that fit and occur once; a label printed twice gets "(2)" the second time."""
    taken: set[str] = set()
    counts: Counter[str] = Counter()
    kept = []
    for clause in clauses:
        path = printed = clause.path[:LONGEST_PATH]
        while (
            path in taken
        ):  # the count goes on where it stood, so that a label printed ten thousand times costs no more
            counts[printed] = max(counts[printed], 1) + 1
            mark = f" ({counts[printed]})"
            path = printed[: LONGEST_PATH - len(mark)] + mark
        taken.add(path)
        kept.append(Clause(path, clause.text, clause.line, clause.last_line))
    return kept
