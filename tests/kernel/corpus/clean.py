"""Clean files as offices send them, close to the limits where a strict door goes wrong."""

import datetime
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from tests.kernel.corpus.images import exif, jpeg, png, segment
from tests.kernel.corpus.office import (
    docx,
    docx_members,
    paragraph,
    relations,
    saved,
    split_runs,
    table,
    word_part,
    xlsx,
    zipped,
)  # fmt: skip
from tests.kernel.corpus.pdf import FREE, assembled, base_objects, modern_pdf, pdf, stream, with_pages
from tests.kernel.corpus.uploads import Outcome, Upload

HEAD = ["ỦY BAN NHÂN DÂN", "PHƯỜNG BA ĐÌNH", "Số: 40/KH-UBND"]
BODY = [
    "KẾ HOẠCH",
    "Phòng, chống dịch bệnh trên địa bàn phường",
    "Căn cứ Chỉ thị số 16/CT-TTg; thực hiện nghiêm 5K; đo thân nhiệt 36,5 °C; tối đa 50% cán bộ.",
]
LINK = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [60 700 200 720] %s >>]"
RELS = "word/_rels/document.xml.rels"


def accepted(trait: str, name: str, content: bytes) -> Upload:
    """A file that must be taken."""
    return Upload(trait, "clean", name, content, Outcome.ACCEPTED)


def documents() -> Iterator[Upload]:
    """.docx files with the parts that ordinary letters have."""
    yield accepted("docx-letter", "Kế hoạch 40.docx", docx(*HEAD, *BODY))
    yield accepted("docx-one-line", "ghi chú.docx", docx("Đã nhận."))
    yield accepted("docx-empty-body", "trang trắng.docx", docx(""))
    many = (
        f"Điều {number}. Đơn vị thứ {number * 7} báo cáo trước {number % 24}h00." for number in range(3000)
    )
    yield accepted("docx-3000-paragraphs", "Quy chế dài.docx", docx(*HEAD, *many))
    cells = table(("STT", "Họ và tên"), ("1", "Đặng Thị Hồng"), ("2", "Nguyễn Văn Ất"))
    yield accepted("docx-table", "Danh sách trực.docx", zipped(docx_members(paragraph("DANH SÁCH") + cells)))
    cut = split_runs("Phòng, ch", "ống d", "ịch")
    yield accepted("docx-split-runs", "Nhiều lần sửa.docx", zipped(docx_members(cut)))
    link = docx_members(paragraph("Xem cổng thông tin")) | {
        RELS: relations(("rId3", "hyperlink", "https://agency.invalid/van-ban?id=40", True))
    }
    yield accepted("docx-outside-hyperlink", "Có liên kết.docx", zipped(link))
    picture = docx_members(paragraph("Sơ đồ")) | {
        RELS: relations(("rId3", "image", "media/image1.png", False)),
        "word/media/image1.png": png(300, 200),
    }
    yield accepted("docx-picture", "Có ảnh.docx", zipped(picture))
    framed = docx_members(paragraph("Nội dung")) | {
        RELS: relations(("rId3", "header", "header1.xml", False), ("rId4", "footer", "footer1.xml", False)),
        "word/header1.xml": word_part(paragraph("UBND PHƯỜNG"), "hdr"),
        "word/footer1.xml": word_part(paragraph("Trang 1"), "ftr"),
    }
    yield accepted("docx-header-and-footer", "Đầu trang.docx", zipped(framed))
    field = "<w:p><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>1</w:t></w:r></w:p>"
    yield accepted("docx-page-field", "Có số trang.docx", zipped(docx_members(field)))
    loose = unicodedata.normalize("NFD", "Phòng Tổng hợp báo cáo về việc Đội Cấn.")
    yield accepted("docx-nfd-text", "Chữ rời.docx", docx(loose))
    talk = docx("Nhắc lại: không mở tệp có macro; không bấm =cmd; DDEAUTO là gì?", "<!DOCTYPE html> <script>")
    yield accepted("docx-that-talks-about-attacks", "Cảnh báo an toàn thông tin.docx", talk)
    media = {f"word/media/image{number}.png": png(20, 20 + number) for number in range(150)}
    yield accepted("docx-150-pictures", "Nhiều ảnh.docx", docx("Ảnh hiện trường", extra=media))


def sheets() -> Iterator[Upload]:
    """.xlsx files of an office."""
    rows = [
        ("STT", "Họ và tên", "Ngày sinh"),
        (1, "Lê Thị Ví Dụ", datetime.date(1985, 9, 3)),
        (2, "Phạm Văn Mẫu", 1990),
    ]
    yield accepted("xlsx-list", "Danh sách cán bộ.xlsx", xlsx(*rows))
    yield accepted("xlsx-empty", "Sổ trống.xlsx", xlsx())
    long = (
        (number, f"Người thứ {number * 7919 % 10007}", f"09{number * 104729 % 10**8:08d}")
        for number in range(5000)
    )
    yield accepted("xlsx-5000-rows", "Danh sách lớn.xlsx", xlsx(*long))
    book = openpyxl.Workbook()
    for number in range(12):
        book.create_sheet(f"Tháng {number + 1}").append(["Ngày", "Số ca", number])
    yield accepted("xlsx-13-sheets", "Theo dõi năm.xlsx", saved(book))
    yield accepted("xlsx-sum-formula", "Tổng hợp.xlsx", xlsx(("Số lượng",), (3,), (4,), ("=SUM(A2:A3)",)))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "DANH SÁCH CÁN BỘ, CÔNG CHỨC"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:F2")
    sheet["A4"].comment = Comment("Hỏi lại", "Văn thư")
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet["B7"].hyperlink = "https://agency.invalid/"
    yield accepted("xlsx-merged-hidden-comment", "Bảng có ghi chú.xlsx", saved(book))
    yield accepted(
        "xlsx-signs", "Số âm.xlsx", xlsx(("Biến động",), (-3,), ("+84 912 345 678",), ("-",), ("@ Hà Nội",))
    )
    yield accepted("xlsx-wide", "Chấm công.xlsx", xlsx([f"Ngày {day}" for day in range(366)], [8] * 366))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.cell(40_000, 3, "cuối trang")
    yield accepted("xlsx-far-cell", "Ô ở xa.xlsx", saved(book))
    yield accepted(
        "xlsx-nfd-name", unicodedata.normalize("NFC", "Sổ trực Đội Cấn.xlsx"), xlsx(("Ngày", "Người trực"))
    )


def portables() -> Iterator[Upload]:
    """PDF files: typed, scanned, modern, with harmless extras."""
    yield accepted("pdf-letter", "Công văn 1061.pdf", pdf(HEAD + BODY))
    yield accepted("pdf-packed", "Công văn 58.pdf", pdf(HEAD + BODY, packed=True))
    yield accepted("pdf-object-streams", "Công văn 59.pdf", modern_pdf(HEAD + BODY))
    pages = ([f"Trang {number}", *BODY] for number in range(1, 61))
    yield accepted("pdf-60-pages", "Phương án.pdf", pdf(*pages, packed=True))
    pages = ([f"Phụ lục {number}"] for number in range(1, 501))
    yield accepted("pdf-500-pages", "Phụ lục.pdf", pdf(*pages))
    link = LINK % b"/A << /S /URI /URI (https://agency.invalid/) >>"
    yield accepted("pdf-web-link", "Có liên kết.pdf", pdf(BODY, page=link))
    go = LINK % b"/Dest [9 0 R /Fit]"
    yield accepted("pdf-inner-link", "Có mục lục.pdf", pdf(BODY, page=go))
    yield accepted(
        "pdf-open-at-page", "Mở trang đầu.pdf", pdf(BODY, catalog=b"/OpenAction [6 0 R /Fit] /Lang (vi)")
    )
    picture = stream(
        jpeg(200, 280),
        b" /Type /XObject /Subtype /Image /Width 200 /Height 280 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Filter /DCTDecode",
    )
    drawn = [stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")]
    scan = assembled(
        with_pages(base_objects() | {FREE: picture}, drawn, resources=b"/XObject << /Scan 6 0 R >>")
    )
    yield accepted("pdf-scan-without-text", "Bản chụp.pdf", scan)
    info = {
        FREE: "<< /Title <{}> /Producer (May quet) >>".format(
            ("\ufeff" + "Kế hoạch").encode("utf-16-be").hex()
        ).encode()
    }
    yield accepted("pdf-information", "Có tiêu đề.pdf", pdf(BODY, more=info, trailer=b"/Info 6 0 R"))
    form = b"/AcroForm << /Fields [] /SigFlags 3 >>"
    yield accepted("pdf-signature-form", "Đã ký số.pdf", pdf(BODY, catalog=form))
    talk = ["Không chạy /JavaScript hay /Launch trong tệp lạ.", "Tệp có /EmbeddedFile thì báo văn thư."]
    yield accepted("pdf-that-talks-about-attacks", "Hướng dẫn.pdf", pdf(talk))
    first = pdf(BODY)
    table = first.rindex(b"xref\n0 ")
    update = first + b"20 0 obj\n<< /Note (x) >>\nendobj\n"
    trailer = b"trailer\n<< /Size 21 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(update))
    update += b"xref\n20 1\n%010d 00000 n \n" % len(first) + trailer
    yield accepted("pdf-with-later-update", "Bản cập nhật.pdf", update)


def pictures() -> Iterator[Upload]:
    """Photographs and screen shots."""
    yield accepted("png-small", "Ảnh màn hình.png", png(320, 240))
    yield accepted("png-one-pixel", "chấm.png", png(1, 1))
    yield accepted("png-12-megapixel", "Sơ đồ chỗ ngồi.png", png(4000, 3000))
    yield accepted("png-one-bit", "Dấu đến.png", png(900, 600, bits=1))
    yield accepted("jpeg-small", "Ảnh cổng.jpg", jpeg(320, 240))
    yield accepted("jpeg-capital-extension", "IMG_0001.JPG", jpeg(160, 120))
    yield accepted("jpeg-long-extension", "ảnh hiện trường.jpeg", jpeg(160, 120))
    yield accepted("jpeg-exif", "IMG_20210903_080000.jpg", jpeg(640, 480, extra=exif()))
    yield accepted(
        "jpeg-comment", "ảnh có ghi chú.jpg", jpeg(64, 64, extra=segment(0xFE, "Ghi chú".encode()))
    )
    yield accepted("jpeg-8-megapixel", "Ảnh chụp sổ.jpg", jpeg(3264, 2448))


def texts() -> Iterator[Upload]:
    """Text and tables as text."""
    plain = "\n".join(HEAD + BODY)
    yield accepted("txt-utf-8", "Chỉ thị.txt", plain.encode())
    yield accepted("txt-bom", "Chỉ thị có dấu đầu.txt", plain.encode("utf-8-sig"))
    yield accepted("txt-windows-lines", "Chỉ thị Windows.txt", plain.replace("\n", "\r\n").encode())
    yield accepted("txt-nfd", "Chữ rời.txt", unicodedata.normalize("NFD", plain).encode())
    yield accepted("txt-no-last-line-end", "một dòng.txt", "Đã nhận đủ".encode())
    yield accepted("txt-long-line", "Dòng dài.txt", ("Điều này rất dài. " * 5000).encode())
    yield accepted(
        "txt-talks-of-html", "Hướng dẫn web.txt", "Thẻ <b> dùng để in đậm; <script> không dùng.".encode()
    )
    head = ["Họ và tên", "Năm sinh", "SĐT"]
    rows = [head, ["Đỗ Thị Mẫu", "1985", "0912.345.678"], ["Vũ Văn Ví Dụ", "1990", "+84 912 345 678"]]
    for trait, comma in {"comma": ",", "semicolon": ";", "tab": "\t"}.items():
        yield accepted(f"csv-{trait}", f"danh sách {trait}.csv", "\n".join(map(comma.join, rows)).encode())
    yield accepted(
        "csv-bom-windows", "danh sách Excel.csv", "\r\n".join(map(";".join, rows)).encode("utf-8-sig")
    )
    quoted = 'Họ và tên,Ghi chú\n"Đỗ, Thị ""Mẫu""","dòng một\ndòng hai"\n'
    yield accepted("csv-quoted", "có dấu nháy.csv", quoted.encode())
    signs = "Chỉ tiêu;Biến động\nF1;-3\nF0;0\nĐiện thoại;+84912345678\nTrống;-\n"
    yield accepted("csv-signs", "số âm.csv", signs.encode())
    big = "\n".join(f"{number};Người {number * 7919 % 10007};09{number:08d}" for number in range(20_000))
    yield accepted("csv-20000-rows", "danh sách lớn.csv", f"STT;Họ tên;SĐT\n{big}\n".encode())


def named() -> Iterator[Upload]:
    """Names that look odd and are right."""
    content = docx("Báo cáo nhanh")
    for trait, name in {
        "name-with-dots": "BC.nhanh.03.9.2021.docx",
        "name-with-brackets": "Báo cáo (bản 2) [đã sửa].docx",
        "name-with-comma-and-quote": "Báo cáo, ngày 03'9.docx",
        "name-with-symbol": "40 KH-BDT & phụ lục + bảng kê.docx",
        "name-all-letters": "ĐẶNG ễộửữỵ ẠẶẬ ưƠ.docx",
        "name-capital-extension": "BAO CAO.DOCX",
        "name-of-200-bytes": "ệ" * 65 + ".docx",
        "name-with-two-spaces": "Báo cáo  nhanh.docx",
        "name-with-exe-inside": "Hướng dẫn cài exe.docx",
        "name-with-long-dash": "Báo cáo – 05h30.docx",
    }.items():
        yield accepted(trait, name, content)


def cleans() -> Iterator[Upload]:
    """All clean files."""
    for family in (documents, sheets, portables, pictures, texts, named):
        yield from family()


def seeds(folder: Path) -> Iterator[Upload]:
    """The source documents of the design folder as .txt, .docx and .pdf: all must be taken."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        pages = [lines[start : start + 40] for start in range(0, len(lines), 40)]
        yield accepted(f"seed-{path.stem}-txt", path.name, path.read_bytes())
        yield accepted(f"seed-{path.stem}-docx", f"{path.stem}.docx", docx(*lines))
        yield accepted(f"seed-{path.stem}-pdf", f"{path.stem}.pdf", pdf(*pages, packed=True))
