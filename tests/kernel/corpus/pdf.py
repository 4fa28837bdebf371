"""A PDF writer of numbered objects: right by default, wrong where the corpus wants it so.

Text uses a Type 0 font whose codes are the letters' UTF-16 numbers, with a ToUnicode table: every reader
gives the Vietnamese letters back without an embedded font.
"""

import zlib
from collections.abc import Mapping, Sequence

TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)
CATALOG, PAGES, FONT, CID_FONT, UNICODE, FREE = 1, 2, 3, 4, 5, 6


def stream(content: bytes, extra: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object, deflated when `packed`."""
    if packed:
        content, extra = zlib.compress(content), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def shown(text: str) -> bytes:
    """The text as a hexadecimal string of the font above."""
    return b"<" + text.encode("utf-16-be").hex().upper().encode() + b">"


def text_content(lines: Sequence[str]) -> bytes:
    """Page content that shows the lines from the top down."""
    moves = b" 0 -18 Td ".join(shown(line) + b" Tj" for line in lines)
    return b"BT /F1 13 Tf 60 780 Td " + moves + b" ET"


def base_objects(catalog: bytes = b"") -> dict[int, bytes]:
    """Catalogue, font and unicode table; the page tree is added by `with_pages`."""
    return {
        CATALOG: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        FONT: b"<< /Type /Font /Subtype /Type0 /BaseFont /Serif /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        CID_FONT: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Serif /DW 500 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        UNICODE: stream(TO_UNICODE),
    }


def with_pages(
    objects: dict[int, bytes], contents: Sequence[bytes], page: bytes = b"", resources: bytes = b""
) -> dict[int, bytes]:
    """Add one page per content stream object, behind the numbers already taken."""
    number = max(objects) + 1
    kids = []
    for content in contents:
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> %s >>" % (number + 1, resources, page)
        )
        objects[number + 1] = content
        kids.append(b"%d 0 R" % number)
        number += 2
    objects[PAGES] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return objects


def assembled(
    objects: Mapping[int, bytes], trailer: bytes = b"", head: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
) -> bytes:
    """Header, objects, cross-reference table, trailer."""
    out = bytearray(head)
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def pdf(
    *pages: Sequence[str], catalog: bytes = b"", page: bytes = b"", more: Mapping[int, bytes] | None = None,
    trailer: bytes = b"", packed: bool = False,
) -> bytes:  # fmt: skip
    """A PDF of pages of lines. `more` are extra objects, numbered from 6 on; entries go where named."""
    objects = base_objects(catalog) | dict(more or {})
    contents = [stream(text_content(lines), packed=packed) for lines in pages]
    return assembled(with_pages(objects, contents, page), trailer)


def modern_pdf(
    lines: Sequence[str], *, hidden: Mapping[int, bytes] | None = None, catalog: bytes = b""
) -> bytes:
    """A PDF 1.5 whose objects lie in a compressed object stream, found by a cross-reference stream."""
    objects = with_pages(
        base_objects(catalog) | dict(hidden or {}), [stream(text_content(lines), packed=True)]
    )
    loose = {number: body for number, body in objects.items() if b"\nstream\n" in body}
    inside = {number: body for number, body in objects.items() if number not in loose}
    keeper, table = max(objects) + 1, max(objects) + 2
    index, bodies = b"", b""
    for number, body in inside.items():
        index += b"%d %d " % (number, len(bodies))
        bodies += body + b" "
    loose[keeper] = stream(
        index + bodies, b" /Type /ObjStm /N %d /First %d" % (len(inside), len(index)), packed=True
    )
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), {}
    for number in sorted(loose):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, loose[number])
    order = list(inside)
    entries = b""
    for number in range(table + 1):
        if number in places:
            entries += b"\x01" + places[number].to_bytes(4, "big") + b"\x00\x00"
        elif number in inside:
            entries += b"\x02" + keeper.to_bytes(4, "big") + order.index(number).to_bytes(2, "big")
        elif number == table:
            entries += b"\x01" + len(out).to_bytes(4, "big") + b"\x00\x00"
        else:
            entries += bytes(5) + b"\xff\xff"
    start = len(out)
    body = stream(entries, b" /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R" % (table + 1), packed=True)
    out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, body, start)
    return bytes(out)
