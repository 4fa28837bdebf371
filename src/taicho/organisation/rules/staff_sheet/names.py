"""A person's name as a list writes it: in capitals, with "Ông", "Đ/c" or a degree before it, a remark behind it."""

import re

from django.utils.translation import gettext as _

from taicho.kernel.intake.answers import Cell
from taicho.kernel.refusals import Refusal
from taicho.kernel.vietnamese import clean_name, fold, proper_case
from taicho.organisation.rules.staff_sheet.cells import words

TITLES = re.compile(
    r"^(?:(?:đ\s*/\s*c|đc|đồng chí|ông|bà|gs|pgs|tskh|ts|ths|th\.s|bs|bsck\s?(?:i{1,2}|1|2)|cn|ks|cử nhân|kỹ sư|thạc sĩ"
    r"|tiến sĩ|bác sĩ|dược sĩ|ds|luật sư)(?:\s*[.:]\s*|\s+))+",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^[0-9]{1,4}\s*[.)\-/]\s*")
REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*$")
OLD_FONT = re.compile(r"[¡¢£¤¥¦§¨©ª«®¬­°±²³´µ¶·¸¹º»¼½¾¿×÷]|[a-zA-Z][þûüøåæßÞÛÜØÅÆ]")
"""Letters that only stand in a name when it was typed in TCVN3 or VNI and lost its font."""
LETTERS = re.compile(r"[^\W\d_]+(?:[ '’.\-][ ]?[^\W\d_]+)*\.?")
LONGEST = 100


def read_name(*cells: Cell) -> tuple[str, str]:
    """The full name in its kept form, and the remark that stood behind it in brackets.

    Refused: no-name, old-font, bad-name, single-name.
    """
    text = " ".join(part for part in map(words, cells) if part)
    remark = REMARK.search(text)
    bare = clean_name(TITLES.sub("", NUMBERED.sub("", REMARK.sub("", text))).strip(" .,;:*-–_"))
    if not bare:
        raise _refusal(_("Chưa ghi họ và tên."), "no-name")
    if OLD_FONT.search(bare):
        raise _refusal(_("Họ và tên dùng bảng mã cũ (TCVN3, VNI). Chuyển tệp sang Unicode rồi nhập lại."), "old-font")
    if LETTERS.fullmatch(bare) is None or len(bare) > LONGEST:
        raise _refusal(
            _("Họ và tên “%(name)s” có chữ số hoặc ký tự lạ. Chỉ ghi họ và tên.") % {"name": bare}, "bad-name"
        )
    if len(bare.split()) == 1:
        raise _refusal(_("“%(name)s” mới là một chữ. Ghi đủ họ và tên.") % {"name": bare}, "single-name")
    return proper_case(bare), remark[0].strip() if remark else ""


def looks_like_name(text: str) -> bool:
    """Whether a text could be a person's name: two to seven words of letters."""
    return LETTERS.fullmatch(text) is not None and 2 <= len(fold(text).split()) <= 7


def _refusal(sentence: str, code: str) -> Refusal:
    return Refusal(sentence, code=code, field="full_name")
