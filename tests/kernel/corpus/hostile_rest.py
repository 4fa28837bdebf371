"""Hostile images, wrong types, dangerous names, sizes and text files (trust.md S-07)."""

import unicodedata
import zlib
from collections.abc import Iterator

from tests.kernel.corpus.images import chunk, jpeg, png
from tests.kernel.corpus.office import docx, xlsx
from tests.kernel.corpus.pdf import pdf
from tests.kernel.corpus.uploads import Outcome, Upload

PROGRAM = (
    b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(48) + b"PE\x00\x00" + bytes(3000)
)
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\x3e\x00" + bytes(2000)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>fetch('/api')</script></html>"


def refused(group: str, trait: str, name: str, content: bytes) -> Upload:
    """A file that must be refused."""
    return Upload(trait, group, name, content, Outcome.REFUSED)


def images() -> Iterator[Upload]:
    """Pictures too large to unfold, or not pictures."""
    yield refused("image", "48-megapixel-png", "anh 1.png", png(8000, 6000, bits=1))
    yield refused("image", "100-megapixel-png", "anh 2.png", png(10_000, 10_000, bits=1))
    yield refused("image", "png-claims-10-gigapixel", "anh 3.png", png(8, 8, claimed=(100_000, 100_000)))
    yield refused("image", "jpeg-claims-4-gigapixel", "anh 4.jpg", jpeg(16, 16, claimed=(65_500, 65_500)))
    packed = zlib.compress(bytes(100 << 20), 1)
    yield refused(
        "image", "png-text-bomb", "anh 5.png", png(8, 8, extra=chunk(b"zTXt", b"Comment\x00\x00" + packed))
    )
    yield refused("damaged", "png-first-half", "anh 6.png", png(400, 300)[:300])
    yield refused("damaged", "jpeg-header-only", "anh 7.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")
    yield refused("image", "svg-with-script", "bieu do.svg", SVG)
    yield refused("image", "svg-named-png", "bieu do.png", SVG)
    onload = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield refused("image", "svg-onload", "so do.svg", onload)
    yield Upload("jpeg-with-html-tail", "image", "anh 8.jpg", jpeg(64, 64) + HTML, Outcome.NEUTRALISED)


def types() -> Iterator[Upload]:
    """Content that is not what the name says, or never wanted."""
    for extension in ("xlsx", "pdf", "docx", "png", "jpg", "csv", "txt"):
        yield refused("type", f"program-named-{extension}", f"chuong trinh.{extension}", PROGRAM)
    yield refused("type", "program", "cap nhat.exe", PROGRAM)
    yield refused("type", "double-extension-program", "bao cao.pdf.exe", PROGRAM)
    yield refused("type", "elf-named-pdf", "bao cao elf.pdf", ELF)
    yield refused("type", "shell-script", "chay.sh", b"#!/bin/sh\nrm -rf /\n")
    yield refused("type", "html", "trang.html", HTML)
    yield refused("type", "html-named-pdf", "trang.pdf", HTML)
    yield refused("type", "html-named-docx", "trang.docx", HTML)
    yield refused("type", "pdf-named-docx", "that ra la pdf.docx", pdf(["Văn bản"]))
    yield refused("type", "pdf-named-xlsx", "that ra la pdf.xlsx", pdf(["Văn bản"]))
    yield refused("type", "text-named-xlsx", "that ra la chu.xlsx", "Họ tên;Năm sinh\n".encode())
    yield refused("type", "png-named-pdf", "that ra la anh.pdf", png(8, 8))
    yield refused("type", "picture-with-server-code", "anh php.jpg", b"GIF89a;<?php system($_GET['c']); ?>")
    yield refused("type", "shortcut", "bao cao.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(300))
    yield refused(
        "type", "rtf-with-object", "thu.doc", b"{\\rtf1{\\object\\objautlink\\objupdate{\\*\\objdata 0105}}}"
    )
    yield refused("type", "hta", "bieu mau.hta", b"<hta:application><script language=vbscript></script>")


def names() -> Iterator[Upload]:
    """Good content under bad names: refuse, or keep under a safe name."""
    content = pdf(["Báo cáo nhanh"])
    for trait, name in {
        "name-climbs": "../../../../etc/passwd.pdf",
        "name-climbs-backslash": "..\\..\\Windows\\bao cao.pdf",
        "name-absolute": "/etc/cron.d/bao cao.pdf",
        "name-with-drive": "C:\\Users\\van thu\\bao cao.pdf",
        "name-with-nul": "bao cao.exe\x00.pdf",
        "name-turned-around": "bao cao \u202efdp.exe.pdf",
        "name-turned-inside": "bao cao \u2067\u202exslx\u2069.pdf",
        "name-of-300-bytes": "ệ" * 99 + ".pdf",
        "name-of-5000-letters": "a" * 5000 + ".pdf",
        "name-nfd": unicodedata.normalize("NFD", "Báo cáo số liệu phường Đội Cấn.pdf"),
        "name-with-line-end": "bao cao\r\nSet-Cookie: a=b.pdf",
        "name-with-tag": "<img src=x onerror=alert(1)>.pdf",
        "name-hidden": ".htaccess.pdf",
        "name-like-an-option": "-rf --no-preserve-root.pdf",
        "name-zero-width": "bao\u200bcao\ufeff.pdf",
        "name-with-quotes": 'bao cao"; filename="x.exe.pdf',
        "name-lone-surrogate": "bao cao \udcff.pdf",
    }.items():
        yield Upload(trait, "name", name, content, Outcome.NEUTRALISED)
    for trait, name in {"name-empty": "", "name-only-dots": "..", "name-only-spaces": "   "}.items():
        yield Upload(trait, "name", name, content, Outcome.NEUTRALISED)
    yield refused("name", "name-ends-in-exe", "bao cao \u202efdp.exe", content)


def sizes() -> Iterator[Upload]:
    """Nothing, too much, and text that is not text. The house takes at most 25 MB (house.md § 7)."""
    for extension in ("docx", "xlsx", "pdf", "csv", "jpg"):
        yield refused("empty", f"empty-{extension}", f"rong.{extension}", b"")
    yield refused("size", "text-26-mb", "dai.txt", b"Phong chong dich. \n" * (26_000_000 // 19 + 12))
    yield refused("size", "pdf-26-mb", "nang.pdf", pdf(["Nặng"]) + b"%" + b" " * 26_300_000 + b"\n%%EOF\n")
    yield refused(
        "type", "csv-with-nul", "danh sach.csv", b"Ho ten;Nam sinh\nNguyen Van\x00 A;1985\n\x00\x00\x00\n"
    )
    yield refused("type", "csv-all-nul", "danh sach 0.csv", bytes(4000))
    yield refused(
        "type", "text-of-noise", "ghi chu.txt", bytes(number * number * 31 % 256 for number in range(4000))
    )


def rest() -> Iterator[Upload]:
    """All hostile files that are neither archives, office parts nor PDF."""
    for family in (images, types, names, sizes):
        yield from family()
    yield Upload(
        "csv-formulas",
        "formula",
        "cong thuc.csv",
        "Họ tên;SĐT\n=1+1;+84912345678\n@SUM(A1);-1\n".encode(),
        Outcome.NEUTRALISED,
    )
    twin = xlsx(("Họ tên",), ("＝cmd|'/c calc'!A0",), ("\t=1+1",))
    yield Upload("full-width-formula", "formula", "cong thuc 2.xlsx", twin, Outcome.NEUTRALISED)
    yield refused("type", "docx-behind-program", "tu giai nen.docx", PROGRAM + docx("Tự giải nén"))
