"""What is it? Decided from the first bytes, never from the name. Standard library only; runs inside the child."""

from .kinds import Kind
from .verdicts import Fault, Unfit

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!",
             b"dex\n", b"\x00asm", b"L\x00\x00\x00\x01\x14\x02\x00", b"!<arch>")  # fmt: skip
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd",
             b"MSCF", b"PK\x05\x06", b"PK\x07\x08", b"**ACE**")  # fmt: skip
_OTHER_IMAGES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"8BPS")
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<?php", b"<head", b"<body", b"<iframe", b"<img",
           b"<style", b"<!--", b"mime-version:", b"<hta:", b"<%")  # fmt: skip
_LEADING = b"\xef\xbb\xbf \t\r\n\f\x00"


def kind_of(data: bytes, *, plain: Kind = Kind.TXT) -> Kind:
    """The kind the first bytes announce; packages come back as XLSX and are told apart once opened.

    `plain` is what text is taken for, since no byte tells .csv from .txt. Refused with a reason: programs,
    archives, old Office files, markup, RTF and images of other kinds.
    """
    if data.startswith(ZIP):
        return Kind.XLSX
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.lstrip(_LEADING)[:5] == b"%PDF-":
        return Kind.PDF
    _refuse_by_signature(data)
    return plain


def starts_like_foreign(data: bytes) -> Fault | None:
    """The fault of bytes that begin like a program, an archive or an old Office file; None when they do not."""
    if data.startswith(OLE):
        return Fault.OLD_OFFICE
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        return Fault.ARCHIVE
    if data.startswith(_PROGRAMS):
        return Fault.PROGRAM
    return None


def looks_like_markup(data: bytes) -> bool:
    """Whether a browser could take these bytes for a page, a drawing or a mail archive."""
    head = data[:4096].replace(b"\x00", b"").lstrip(_LEADING + b"\xff\xfe").lower()
    return head.startswith(_MARKUP)


def _refuse_by_signature(data: bytes) -> None:
    fault = starts_like_foreign(data)
    if fault is not None and not (fault is Fault.PROGRAM and _is_words(data)):
        raise Unfit(fault)
    if data.startswith(_OTHER_IMAGES[2:]) or (data.startswith(_OTHER_IMAGES[:2]) and not _is_words(data)):
        raise Unfit(Fault.OTHER_IMAGE)
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise Unfit(Fault.OTHER_IMAGE)
    if data.lstrip(_LEADING).startswith(b"{\\rt"):
        raise Unfit(Fault.RTF)
    if looks_like_markup(data):
        raise Unfit(Fault.MARKUP)


def _is_words(data: bytes) -> bool:
    """Two letters such as BM or MZ also begin words: readable text is not a program. A shebang always is."""
    if data.startswith(b"#!"):
        return False
    head = data[:1024]
    return all(byte >= 32 or byte in b"\t\r\n\f" for byte in head)
