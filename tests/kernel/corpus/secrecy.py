"""Files that carry a secrecy mark: on the first page, in a field, in the symbol, in the name (trust.md S-17).

Every content is invented and harmless; only the mark is the point. NĐ 30/2020 puts the stamp in box 10a,
at the top of page one under the symbol; offices write it in as many ways as here.
"""

import unicodedata
from collections.abc import Iterator

import openpyxl
from tests.kernel.corpus.images import jpeg, png
from tests.kernel.corpus.office import (
    XML,
    docx,
    docx_members,
    odt,
    paragraph,
    relations,
    saved,
    split_runs,
    table,
    word_part,
    xlsx,
    zipped,
)  # fmt: skip
from tests.kernel.corpus.pdf import assembled, base_objects, pdf, shown, stream, text_content, with_pages
from tests.kernel.corpus.uploads import Outcome, Upload

TOP = ["ỦY BAN NHÂN DÂN TỈNH VÍ DỤ", "Số: 15/BC-UBND"]
NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
REST = ["Ví Dụ, ngày 03 tháng 9 năm 2021", "BÁO CÁO", "Nội dung chỉ để thử hệ thống, không có thật."]
RELS = "word/_rels/document.xml.rels"


def secret(trait: str, name: str, content: bytes) -> Upload:
    """A marked file."""
    return Upload(f"mark-{trait}", "mark", name, content, Outcome.SECRET)


STAMPS = {
    "mat": "MẬT",
    "toi-mat": "TỐI MẬT",
    "tuyet-mat": "TUYỆT MẬT",
    "spaced": "M Ậ T",
    "spaced-two-words": "T Ố I   M Ậ T",
    "spaced-long": "T U Y Ệ T  M Ậ T",
    "nbsp": "TỐI\u00a0MẬT",
    "nfd": unicodedata.normalize("NFD", "TUYỆT MẬT"),
    "bracketed": "[MẬT]",
    "starred": "*** TỐI MẬT ***",
    "small-letters": "Mật",
    "no-accents": "TOI MAT",
    "no-accents-long": "TUYET MAT",
    "no-accents-short": "MAT",
    "full-width": "ＭẬＴ",
    "zero-width": "TUYỆT\u200b MẬT",
    "dotted": "M.Ậ.T",
}


def stamps() -> Iterator[Upload]:
    """The stamp as a line of its own near the top of page one, in turn as .docx, .pdf and .txt."""
    for number, (trait, stamp) in enumerate(STAMPS.items()):
        lines = [*TOP, stamp, *NATION, *REST] if number % 2 else [*TOP, *NATION, stamp, *REST]
        yield secret(f"stamp-{trait}-docx", f"bao cao {number}.docx", docx(*lines))
        if number % 2:
            yield secret(
                f"stamp-{trait}-pdf",
                f"bao cao {number}.pdf",
                pdf(lines, ["Trang hai"], packed=number % 4 == 1),
            )
        else:
            yield secret(f"stamp-{trait}-txt", f"bao cao {number}.txt", "\n".join(lines).encode())


FIELDS = {
    "mat": "Độ mật: Mật",
    "toi-mat": "Độ mật : TỐI MẬT",
    "tuyet-mat": "Mức độ mật: Tuyệt mật",
    "no-accents": "Do mat: Toi mat",
    "dash": "ĐỘ MẬT - MẬT",
    "nfd": unicodedata.normalize("NFD", "Độ mật: Tối mật"),
}

SYMBOLS = {
    "brackets": "Số: 15/BC-UBND (Mật)",
    "suffix": "Số: 07/KH-UBND-MẬT",
    "top": "Số: 21/BC-UBND (TỐI MẬT)",
    "highest": "Số: 02/TTr-UBND (Tuyệt mật)",
}


def fields() -> Iterator[Upload]:
    """A classification field, a marked symbol."""
    for number, (trait, line) in enumerate(FIELDS.items()):
        lines = [TOP[0], *NATION, line, "Độ khẩn: Thường", *REST]
        yield secret(f"field-{trait}", f"phieu trinh {number}.docx", docx(*lines))
    yield secret("field-pdf", "phieu trinh.pdf", pdf([TOP[0], "Độ mật: Tối mật", *REST]))
    cells = table(("Độ khẩn", "Hỏa tốc"), ("Độ mật", "Mật"))
    yield secret("field-in-table", "phieu trinh bang.docx", zipped(docx_members(cells + paragraph(REST[1]))))
    yield secret(
        "field-in-sheet", "phieu trinh.xlsx", xlsx(("Số", "15"), ("Độ mật", "Tối mật"), ("Trích yếu", "thử"))
    )
    for number, (trait, line) in enumerate(SYMBOLS.items()):
        lines = [TOP[0], line, *NATION, *REST]
        content = docx(*lines) if number % 2 else pdf(lines)
        yield secret(f"symbol-{trait}", f"van ban {number}.{'docx' if number % 2 else 'pdf'}", content)


def corners() -> Iterator[Upload]:
    """The stamp where Word, Excel and PDF keep such things apart from the text."""
    head = table((TOP[0], NATION[0]), (TOP[1], NATION[1]), ("TỐI MẬT", "Ví Dụ, ngày 03 tháng 9 năm 2021"))
    yield secret("in-heading-table", "dau bang.docx", zipped(docx_members(head + paragraph(REST[1]))))
    cut = paragraph(TOP[0]) + split_runs("TU", "YỆT", " M", "ẬT") + paragraph(REST[2])
    yield secret("cut-over-runs", "cat chu.docx", zipped(docx_members(cut)))
    rels = {RELS: relations(("rId3", "header", "header1.xml", False))}
    header = (
        docx_members(paragraph(REST[2])) | rels | {"word/header1.xml": word_part(paragraph("MẬT"), "hdr")}
    )
    yield secret("in-page-header", "dau trang.docx", zipped(header))
    mark = '<w:p><w:r><w:pict><v:shape><v:textpath string="TUYỆT MẬT"/></v:shape></w:pict></w:r></w:p>'
    water = docx_members(paragraph(REST[2])) | rels | {"word/header1.xml": word_part(mark, "hdr")}
    yield secret("watermark", "chu chim.docx", zipped(water))
    inner = f"<w:txbxContent>{paragraph('TỐI MẬT')}</w:txbxContent>"
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r></w:p>"
    yield secret(
        "in-text-box", "khung chu.docx", zipped(docx_members(paragraph(TOP[0]) + box + paragraph(REST[2])))
    )
    custom = (
        f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Độ mật">'
        "<vt:lpwstr>Mật</vt:lpwstr></property></Properties>"
    )
    yield secret("in-properties", "thuoc tinh.docx", docx(*REST, extra={"docProps/custom.xml": custom}))
    letters = (
        b"BT /F1 14 Tf 60 760 Td " + b" 14 0 Td ".join(shown(letter) + b" Tj" for letter in "MẬT") + b" ET "
    )
    apart = stream(
        text_content([TOP[0]]) + b"\n" + letters + b"\n" + text_content(REST).replace(b"780", b"700")
    )
    yield secret("pdf-letter-by-letter", "tung chu.pdf", assembled(with_pages(base_objects(), [apart])))
    words = ("\ufeff" + "TỐI MẬT").encode("utf-16-be").hex().encode()
    note = b"/Annots [<< /Type /Annot /Subtype /Stamp /Rect [60 760 200 790] /Contents <%s> >>]" % words
    yield secret("pdf-stamp-note", "dau dong.pdf", pdf([*TOP, *REST], page=note))
    yield secret("sheet-first-cell", "bang 1.xlsx", xlsx(("MẬT",), ("STT", "Nội dung"), (1, "thử")))
    yield secret(
        "sheet-third-row",
        "bang 2.xlsx",
        xlsx((TOP[0], None, NATION[0]), (TOP[1],), ("TUYỆT MẬT",), ("STT", "Nội dung")),
    )
    yield secret("sheet-title", "bang 3.xlsx", xlsx(("STT", "Nội dung"), title="TỐI MẬT"))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["STT", "Nội dung"])
    sheet.oddHeader.center.text = "MẬT"
    yield secret("sheet-print-header", "bang 4.xlsx", saved(book))
    yield secret("csv-first-line", "bang 5.csv", "TUYỆT MẬT\nSTT;Nội dung\n1;thử\n".encode())
    yield secret("odt-stamp", "van ban mo.odt", odt(*TOP, "MẬT", *REST))
    yield secret("odt-field", "van ban mo 2.odt", odt(*TOP, "Độ mật: Tuyệt mật", *REST))
    yield secret("collect-back", "thu hoi.docx", docx(*TOP, "TỐI MẬT", "TÀI LIỆU THU HỒI", *REST))


def names() -> Iterator[Upload]:
    """Only the name says it."""
    page = [*TOP, *REST]
    yield secret("name-start", "MẬT - Báo cáo.docx", docx(*page))
    yield secret("name-brackets", "Báo cáo (Mật).pdf", pdf(page))
    yield secret("name-square", "[TUYỆT MẬT] Kế hoạch.xlsx", xlsx(("STT", "Nội dung")))
    yield secret("name-no-accents", "BC_TOI_MAT_2021.pdf", pdf(page))
    yield secret("name-no-accents-long", "tuyet-mat-phuong-an.docx", docx(*page))
    yield secret("name-nfd", unicodedata.normalize("NFD", "Tối mật.docx"), docx(*page))
    yield secret("name-picture", "Ảnh chụp văn bản TỐI MẬT.jpg", jpeg(64, 64))
    yield secret("name-screen-shot", "VB_MẬT_trang1.png", png(64, 64))
    yield secret("name-text", "Tài liệu mật.txt", "\n".join(page).encode())
    yield secret("name-field", "Công văn 15 (độ mật Tối mật).docx", docx(*page))


def marked() -> Iterator[Upload]:
    """All files with a mark."""
    for family in (stamps, fields, corners, names):
        yield from family()
