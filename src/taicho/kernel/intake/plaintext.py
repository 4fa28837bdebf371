"""Bytes to letters: UTF-8 or UTF-16 with its mark, nothing else, no hidden control characters."""

import codecs
import re
import unicodedata

from .verdicts import Fault, Unfit

_HIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode(data: bytes) -> str:
    """The text, NFC, lines ended by `\\n`; refuses other encodings, NULs and control characters."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if utf16 else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unfit(Fault.ENCODING) from error
    if _HIDDEN.search(text):
        raise Unfit(Fault.ENCODING)
    if not text.strip():
        raise Unfit(Fault.EMPTY)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
