"""The reason that stands beside a weighty step."""

from django.utils.translation import ngettext

from taicho.kernel.refusals import Refusal

LONGEST_REASON = 300
"""Characters of a reason: two or three sentences, as an office writes them."""


def stated(reason: str) -> str:
    """The reason as it is kept, without space around it. Refused when it is longer than that (`reason-too-long`)."""
    kept = reason.strip()
    if len(kept) > LONGEST_REASON:
        sentence = ngettext(
            "Lý do dài quá %(longest)d ký tự. Ghi ngắn gọn hơn.",
            "Lý do dài quá %(longest)d ký tự. Ghi ngắn gọn hơn.",
            LONGEST_REASON,
        )
        raise Refusal(sentence % {"longest": LONGEST_REASON}, code="reason-too-long", field="reason")
    return kept
