"""Hostile zips: bombs, crowds, nests, names that climb out, liars and torn files (trust.md S-07)."""

import io
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator

from tests.kernel.corpus.office import (
    Members,
    docx,
    docx_members,
    member,
    padded,
    paragraph,
    xlsx_members,
    zipped,
)
from tests.kernel.corpus.uploads import Outcome, Upload

MEGA = 1 << 20
TEXT = paragraph("Báo cáo nhanh tình hình phòng, chống dịch.")


def refused(trait: str, name: str, content: bytes, group: str = "archive") -> Upload:
    """An archive that must be refused."""
    return Upload(trait, group, name, content, Outcome.REFUSED)


def bombs() -> Iterator[Upload]:
    """Small outside, huge inside: by ratio, by size, by number, by nesting, by overlap, by lying."""
    yield refused(
        "docx-250-mb", "bao cao 1.docx", padded(docx_members(TEXT), [("word/media/a.xml", 250 * MEGA)])
    )
    yield refused(
        "xlsx-250-mb", "danh sach 1.xlsx", padded(xlsx_members(), [("xl/sharedStrings.xml", 250 * MEGA)])
    )
    yield refused(
        "ratio-1000", "bao cao 2.docx", padded(docx_members(TEXT), [("word/media/a.png", 30 * MEGA)])
    )
    many = [(f"xl/media/{number}.bin", 9 * MEGA) for number in range(25)]
    yield refused("225-mb-in-25-members", "danh sach 2.xlsx", padded(xlsx_members(), many))
    crowd = {f"word/media/{number}.txt": b"" for number in range(2500)}
    yield refused("2504-members", "bao cao 3.docx", zipped(docx_members(TEXT) | crowd))
    crowd = {f"xl/media/{number}.txt": b"" for number in range(2100)}
    yield refused("2105-members", "danh sach 3.xlsx", zipped(xlsx_members() | crowd))
    inner = zipped({"0.bin": bytes(4 * MEGA)})
    for depth in range(5):
        inner = zipped({f"{depth}-{copy}.zip": inner for copy in range(4)})
    yield refused(
        "nested-zip-in-docx", "bao cao 4.docx", docx("Nhiều lớp", extra={"word/media/a.zip": inner})
    )
    yield refused("nested-zip", "tai lieu.zip", inner)
    yield refused("overlapping-members", "bao cao 5.docx", overlapping(300, MEGA))
    yield refused(
        "size-lie-docx", "bao cao 6.docx", lying(docx_members(TEXT), "word/document.xml", 60 * MEGA)
    )
    yield refused(
        "size-lie-xlsx", "danh sach 4.xlsx", lying(xlsx_members(), "xl/worksheets/sheet1.xml", 60 * MEGA)
    )


def overlapping(copies: int, size: int) -> bytes:
    """Many directory entries that all point at one packed body."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = bytes(size)
    body = packer.compress(plain) + packer.flush()
    check = zlib.crc32(plain)
    sizes = struct.pack("<III", check, len(body), size)
    out = (
        b"PK\x03\x04"
        + struct.pack("<HHHHH", 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<HH", 1, 0)
        + b"a"
        + body
    )
    folder = b""
    for number in range(copies):
        name = b"word/%d.xml" % number
        folder += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
        folder += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, copies, copies, len(folder), len(out), 0)
    return out + folder + tail


def lying(members: Members, target: str, size: int) -> bytes:
    """A bomb whose headers claim 4,000 bytes for the member that unpacks to `size`."""
    others = {name: content for name, content in members.items() if name != target}
    return padded(others, [(target, size)]).replace(struct.pack("<I", size), struct.pack("<I", 4000))


def climbers() -> Iterator[Upload]:
    """Names and links that leave the folder."""
    for trait, path in {
        "zip-slip": "../../../../etc/cron.d/taicho",
        "zip-slip-backslash": "..\\..\\..\\Windows\\System32\\evil.dll",
        "zip-slip-inside": "word/media/../../../../root/.ssh/authorized_keys",
        "absolute-path": "/etc/passwd",
        "drive-path": "C:/Windows/evil.exe",
    }.items():
        yield refused(trait, f"{trait}.docx", docx("Lối ra ngoài", extra={path: b"x"}))
    out = io.BytesIO(zipped(xlsx_members()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(member("xl/media/link", mode=stat.S_IFLNK | 0o777), "/etc/passwd")
    yield refused("symlink-member", "lien ket.xlsx", out.getvalue())
    out = io.BytesIO(docx("Lối ra ngoài"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(member("word/bell\x07.xml"), "x")
    yield refused("control-letter-in-member", "ten la.docx", out.getvalue())


def liars() -> Iterator[Upload]:
    """Containers that two readers read differently, or that nobody should unpack."""
    twice = docx("Bản sạch").replace(
        b"word/_rels/document.xml.rels", b"word/document.xml\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    )
    yield refused("member-name-with-nul", "hai ten.docx", twice)
    out = io.BytesIO(docx("Bản thứ nhất"))
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr(
            member("word/document.xml"), docx_members(paragraph("Bản thứ hai"))["word/document.xml"]
        )
    yield refused("two-members-one-name", "hai ban.docx", out.getvalue())
    plain = docx("Khóa")
    locked = bytearray(plain)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature)
        while at >= 0:
            locked[at + place] |= 1
            at = locked.find(signature, at + 4)
    yield refused("encrypted-members", "co khoa.docx", bytes(locked), "password")
    first, second = plain.find(b"word/document.xml"), plain.rfind(b"word/document.xml")
    assert first < second
    renamed = plain[:second] + b"word/styles01.xml" + plain[second + 17 :]
    yield refused("local-and-central-names-differ", "hai muc luc.docx", renamed)


def torn() -> Iterator[Upload]:
    """Files cut or bent on the way."""
    plain, sheet = docx(*(f"Dòng thứ {number}" for number in range(50))), zipped(xlsx_members())
    yield refused("docx-first-half", "cat doi.docx", plain[: len(plain) // 2], "damaged")
    yield refused("docx-without-tail", "mat duoi.docx", plain[:-22], "damaged")
    yield refused("xlsx-first-100-bytes", "cat ngan.xlsx", sheet[:100], "damaged")
    yield refused("zip-signature-only", "bon byte.xlsx", b"PK\x03\x04", "damaged")
    bent = bytearray(plain)
    at = plain.find(b"word/document.xml") + 40
    bent[at : at + 8] = b"\xff" * 8
    yield refused("bent-bytes", "hong.docx", bytes(bent), "damaged")
    yield refused("zip-without-office-parts", "khong phai.docx", zipped({"a.txt": "xin chào"}), "type")
    yield refused("docx-named-xlsx", "that ra la word.xlsx", plain, "type")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in docx_members(TEXT).items():
            archive.writestr(member(name, method=zipfile.ZIP_LZMA), content)
    yield refused("lzma-members", "nen la.docx", out.getvalue())


def archives() -> Iterator[Upload]:
    """All hostile containers."""
    yield from bombs()
    yield from climbers()
    yield from liars()
    yield from torn()
