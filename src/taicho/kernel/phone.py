"""Vietnamese phone numbers: read what people type, keep one form, show it in groups (ux.md 7, 8).

The kept form is ten digits for a mobile (0912345678) and eleven for a landline (02438251234).
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from taicho.kernel.refusals import Refusal

LONGEST_INPUT = 60
LABEL = re.compile(r"^(?:đtdđ|sđt|đt|dđ|di động|điện thoại|tel|mobile|phone)\s*[.:]?\s*(?=[+(0-9])", re.IGNORECASE)
NOTE = re.compile(r"\s*\((?![0-9\s)]+\))[^()]*\)$")
"""A remark in brackets at the end, such as (Zalo)."""
WRITTEN = re.compile(r"\+?[0-9\s.()_\-‐‑‒–—]+")
MOBILE = re.compile(r"0[35789][0-9]{8}")
LANDLINE = re.compile(r"02[0-9]{9}")
HOTLINE = re.compile(r"1[89]00[0-9]{4}(?:[0-9]{2})?|11[1-9]")
MOBILE_WITH_CODE = re.compile(r"01[0-9]{9}")
TWO_DIGIT_AREAS = ("024", "028")
RENUMBERED_2018 = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035",
    "0166": "036", "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
"""The eleven-digit mobile prefixes that ended in 2018 and what each became; old lists still hold them."""


def parse_phone(written: str | int | float, *, hotlines: bool = False) -> str:
    """Read one Vietnamese number and return its kept form.

    Takes spaces, dots, hyphens, brackets, +84, 84, 0084, a zero that a spreadsheet lost, and the mobile prefixes
    that changed in 2018. `hotlines` also takes 1800…, 1900… and 111–119, which belong to authorities, not to people.
    Refused: bad-phone (the sentence says what is wrong, without repeating the number).
    """
    text = _text_of(written)
    if not re.search(r"[0-9]", text):
        raise _refusal(_("Chưa có số điện thoại. Nhập 10 chữ số, ví dụ 0912 345 678."))
    if len(text) > LONGEST_INPUT or not WRITTEN.fullmatch(text):
        raise _refusal(
            _("Số điện thoại có ký tự lạ hoặc có nhiều số. Mỗi ô ghi một số, chỉ gồm chữ số, ví dụ 0912 345 678.")
        )
    if re.match(r"\+(?!\s*84)", text):
        raise _refusal(_("Đây là số nước ngoài. Hệ thống chỉ nhận số điện thoại Việt Nam (+84)."))
    digits = _national(text)
    if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits) or (hotlines and HOTLINE.fullmatch(digits)):
        return digits
    raise _refusal(_why_not(digits))


def display_phone(phone: str) -> str:
    """A kept number in groups: 0912 345 678 · 024 3825 1234 · 0220 385 1234 · 1900 9095."""
    if MOBILE.fullmatch(phone):
        return _grouped(phone, 4, 3, 3)
    if LANDLINE.fullmatch(phone):
        return _grouped(phone, 3, 4, 4) if phone.startswith(TWO_DIGIT_AREAS) else _grouped(phone, 4, 3, 4)
    return _grouped(phone, 4, len(phone)) if len(phone) > 4 else phone


def _text_of(written: str | int | float) -> str:
    if isinstance(written, float) and written.is_integer():
        written = int(written)
    text = unicodedata.normalize("NFKC", str(written)[: LONGEST_INPUT + 1]).strip()
    return NOTE.sub("", LABEL.sub("", text)).strip()


def _national(text: str) -> str:
    """The digits as dialled inside Việt Nam, zero in front, today's prefix; unknown shapes come back unchanged."""
    digits = re.sub(r"[^0-9]", "", text)
    international = re.fullmatch(r"(?:00)?84(0?(?:[35789][0-9]{8}|[12][0-9]{9}))", digits)
    if international:
        digits = "0" + international[1].removeprefix("0")
    elif (
        not text.startswith("+")
        and re.fullmatch(r"[35789][0-9]{8}|2[0-9]{9}|1[2689][0-9]{8}", digits)
        and not HOTLINE.fullmatch(digits)
    ):
        digits = "0" + digits
    if MOBILE_WITH_CODE.fullmatch(digits) and digits[:4] in RENUMBERED_2018:
        digits = RENUMBERED_2018[digits[:4]] + digits[4:]
    return digits


def _why_not(digits: str) -> str:
    if HOTLINE.fullmatch(digits):
        return _("Đây là số tổng đài, không phải số của một người. Nhập số di động hoặc số cố định.")
    if len(digits) in (10, 11) and digits.startswith("0"):
        return _(
            "Đầu số %(prefix)s không còn dùng hoặc không có. "
            "Số di động bắt đầu bằng 03, 05, 07, 08, 09; số cố định bằng 02."
        ) % {"prefix": digits[:3]}
    return _(
        "Số điện thoại có %(count)d chữ số. Số di động có 10 chữ số, ví dụ 0912 345 678; "
        "số cố định có 11 chữ số kể cả mã vùng, ví dụ 024 3825 1234."
    ) % {"count": len(digits)}


def _refusal(sentence: str) -> Refusal:
    return Refusal(sentence, code="bad-phone")


def _grouped(digits: str, *sizes: int) -> str:
    groups, rest = [], digits
    for size in sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    return " ".join(group for group in groups if group)
