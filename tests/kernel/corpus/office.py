"""Small .docx, .xlsx and .odt writers over `zipfile`, open enough to write wrong files on purpose."""

import io
import stat
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

import openpyxl

MOMENT = (2021, 9, 3, 8, 0, 0)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHEET_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Members = dict[str, str | bytes]


def member(name: str, *, method: int = zipfile.ZIP_DEFLATED, mode: int = 0o644) -> zipfile.ZipInfo:
    """A zip entry with a fixed time, so that the same corpus has the same bytes."""
    info = zipfile.ZipInfo(name, date_time=MOMENT)
    info.compress_type = method
    info.external_attr = (mode if mode > 0o777 else stat.S_IFREG | mode) << 16
    return info


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """The members in their order, in one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(member(name), content)
    return out.getvalue()


def padded(members: Mapping[str, str | bytes], fillers: Iterable[tuple[str, int]]) -> bytes:
    """The members and then fillers of so many zero bytes, written in pieces so that memory stays small."""
    out = io.BytesIO()
    piece = bytes(1 << 20)
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(member(name), content)
        for name, size in fillers:
            with archive.open(member(name), "w") as target:
                for _ in range(size >> 20):
                    target.write(piece)
    return out.getvalue()


def relations(*rows: tuple[str, str, str, bool]) -> str:
    """A .rels part of (id, last word of the type, target, outside?) rows."""
    body = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for key, kind, target, outside in rows
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'


def content_types(overrides: Mapping[str, str]) -> str:
    """The [Content_Types].xml part for these part names."""
    body = "".join(f'<Override PartName="/{part}" ContentType="{mime}"/>' for part, mime in overrides.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f"{body}</Types>"
    )


def paragraph(text: str) -> str:
    """One paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def split_runs(*pieces: str) -> str:
    """One paragraph whose words are cut over several runs, as Word does after edits."""
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces)
    return f"<w:p>{runs}</w:p>"


def table(*rows: Iterable[str]) -> str:
    """A plain table of one-paragraph cells."""
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{lines}</w:tbl>"


def word_part(body: str, root: str = "document") -> str:
    """A Word part: document (with a body), hdr or ftr."""
    inner = f"<w:body>{body}<w:sectPr/></w:body>" if root == "document" else body
    return (
        f'{XML}<w:{root} xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships" '
        f'xmlns:v="urn:schemas-microsoft-com:vml">{inner}</w:{root}>'
    )


def docx_members(body: str, *, kind: str = "document.main", mime: str | None = None) -> Members:
    """The members of a well-formed .docx whose body is this WordprocessingML."""
    main = mime or f"{WORD_MIME}.{kind}+xml"
    return {
        "[Content_Types].xml": content_types({"word/document.xml": main}),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml", False)),
        "word/document.xml": word_part(body),
        "word/_rels/document.xml.rels": relations(),
    }


def docx(*lines: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A clean .docx of these paragraphs; `extra` adds or replaces members."""
    return zipped(docx_members("".join(map(paragraph, lines))) | dict(extra or {}))


def xlsx_members(rows: str = "", *, mime: str | None = None) -> Members:
    """The members of a well-formed one-sheet .xlsx whose sheetData is this SpreadsheetML."""
    main = mime or f"{SHEET_MIME}.sheet.main+xml"
    parts = {"xl/workbook.xml": main, "xl/worksheets/sheet1.xml": f"{SHEET_MIME}.worksheet+xml"}
    return {
        "[Content_Types].xml": content_types(parts),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml", False)),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}/relationships"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml", False)),
        "xl/worksheets/sheet1.xml": (
            f'{XML}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
        ),
    }


def sheet_row(number: int, *cells: str) -> str:
    """One row of inline text cells."""
    texts = "".join(
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        for column, cell in enumerate(cells)
    )
    return f'<row r="{number}">{texts}</row>'


def xlsx(*rows: Iterable[object], title: str = "Danh sách") -> bytes:
    """A clean .xlsx as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def odt(*lines: str) -> bytes:
    """An OpenDocument text of these paragraphs."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        mime = "application/vnd.oasis.opendocument.text"
        archive.writestr(member("mimetype", method=zipfile.ZIP_STORED), mime)
        archive.writestr(
            member("content.xml"),
            f'{XML}<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0">'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            member("META-INF/manifest.xml"),
            f'{XML}<manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()
