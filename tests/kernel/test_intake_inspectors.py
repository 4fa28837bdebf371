"""What an Office file, a PDF or a picture must not carry, one trait at a time (S-07)."""

import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

import pytest

from taicho.kernel.intake import images, limits, office, packages, pdfs, sniff, written
from taicho.kernel.intake.kinds import Kind
from taicho.kernel.intake.packages import Package
from taicho.kernel.intake.verdicts import Fault, Unfit
from taicho.kernel.intake.xmlparts import walk
from tests.kernel.corpus.images import chunk, jpeg, png
from tests.kernel.corpus.office import docx, docx_members, odt, paragraph, relations, zipped
from tests.kernel.corpus.pdf import pdf

RELS = "word/_rels/document.xml.rels"


def with_parts(parts: dict[str, str | bytes], body: str = "") -> bytes:
    """An ordinary letter with more parts or with another body."""
    return zipped(docx_members(body or paragraph("Kế hoạch")) | parts)


def fault_of(data: bytes) -> Fault | None:
    """The fault of an Office package, or None when it is harmless."""
    try:
        office.inspect_package(Package(data))
    except Unfit as unfit:
        return unfit.fault
    return None


def zip_of(*members: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A bare zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def package_fault(data: bytes) -> Fault | None:
    """The fault of a zip as such."""
    try:
        Package(data)
    except Unfit as unfit:
        return unfit.fault
    return None


def test_an_ordinary_package_is_measured_and_read() -> None:
    package = Package(zip_of(("a.xml", b"<a/>"), ("b/c.xml", b"<b/>")))
    assert package.names == ["a.xml", "b/c.xml"]
    assert package.read("b/c.xml") == b"<b/>"


def test_small_regular_xml_packs_well_and_is_no_bomb() -> None:
    content = b"<row/>" * 100_000
    assert len(content) / len(zlib.compress(content)) > limits.MAX_RATIO
    assert package_fault(zip_of(("a.xml", content))) is None
    assert package_fault(zip_of(("a.xml", content * 3))) is Fault.BOMB


def test_many_modest_members_together_are_a_bomb() -> None:
    piece = bytes(900_000)
    assert package_fault(zip_of(*((f"{n}.xml", piece) for n in range(20)))) is Fault.BOMB


@pytest.mark.parametrize("name", ["../a.xml", "a/../../b.xml", "/etc/a.xml", "C:/a.xml", "a\\b.xml", "a\u202eb.xml"])
def test_a_member_name_cannot_leave_the_package(name: str) -> None:
    assert package_fault(zip_of((zipfile.ZipInfo(name), b"<a/>"))) is Fault.UNSAFE_PATH


def test_a_link_or_a_device_is_no_member() -> None:
    for mode in (0o120777, 0o020666, 0o010666):
        member = zipfile.ZipInfo("a.xml")
        member.external_attr = mode << 16
        assert package_fault(zip_of((member, b"/etc/passwd"))) is Fault.UNSAFE_PATH


def test_one_name_is_there_once_also_in_other_letters() -> None:
    assert package_fault(zip_of(("a.xml", b"<a/>"), ("A.xml", b"<b/>"))) is Fault.TWO_FACED


def test_nothing_lies_before_between_or_behind_the_members() -> None:
    data = zip_of(("a.xml", b"<a/>"))
    assert package_fault(data) is None
    assert package_fault(data + b"<html>") is Fault.TWO_FACED
    assert package_fault(b"MZ" + data) is not None


def test_a_member_that_says_less_than_it_holds_is_found() -> None:
    data = bytearray(zip_of(("a.xml", b"x" * 5_000)))
    central = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, central + 24, 10)
    assert package_fault(bytes(data)) is Fault.BOMB
    struct.pack_into("<L", data, central + 24, 50_000)
    assert package_fault(bytes(data)) is Fault.TWO_FACED


def test_members_over_one_another_are_found() -> None:
    data = bytearray(zip_of(("a.xml", b"x" * 400), ("b.xml", b"y" * 400), method=zipfile.ZIP_STORED))
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    assert package_fault(bytes(data)) is Fault.TWO_FACED


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"PK\x03\x04" + bytes(30), Fault.NESTED),
        (b"Rar!\x1a\x07\x00", Fault.NESTED),
        (b"MZ\x90\x00" + bytes(90), Fault.PROGRAM),
        (sniff.OLE + bytes(90), Fault.EMBEDDED),
    ],
)
def test_a_file_inside_the_file_is_found_whatever_its_name(content: bytes, fault: Fault) -> None:
    assert package_fault(zip_of(("word/media/image1.png", content))) is fault


def test_an_ordinary_letter_passes_as_word_and_as_open_document() -> None:
    assert office.inspect_package(Package(docx("Kế hoạch"))) is Kind.DOCX
    assert office.inspect_package(Package(odt("Kế hoạch"))) is Kind.ODT


@pytest.mark.parametrize(
    ("kind", "target", "outside", "fault"),
    [
        ("hyperlink", "https://x.vn/a", True, None),
        ("hyperlink", "mailto:a@x.vn", True, None),
        ("hyperlink", "Phu%20luc.docx", True, None),
        ("hyperlink", "javascript:alert(1)", True, Fault.OUTSIDE_LINK),
        ("hyperlink", "file:///c:/a.exe", True, Fault.OUTSIDE_LINK),
        ("hyperlink", "\\\\host\\share", True, Fault.OUTSIDE_LINK),
        ("attachedTemplate", "http://x.vn/a.dotm", True, Fault.OUTSIDE_LINK),
        ("image", "http://x.vn/a.png", True, Fault.OUTSIDE_LINK),
        ("image", "http://x.vn/a.png", False, Fault.OUTSIDE_LINK),
        ("image", "media/a.png", False, None),
        ("oleObject", "embeddings/a.bin", False, Fault.EMBEDDED),
        ("aFChunk", "a.html", False, Fault.EMBEDDED),
        ("vbaProject", "a.bin", False, Fault.MACRO),
    ],
)
def test_relations_are_judged_by_what_they_do(kind: str, target: str, outside: bool, fault: Fault | None) -> None:
    assert fault_of(with_parts({RELS: relations(("rId9", kind, target, outside))})) is fault


@pytest.mark.parametrize(
    ("instruction", "fault"),
    [
        (" PAGE ", None),
        (' HYPERLINK "https://x.vn" ', None),
        (" TOC \\o 1-3 ", None),
        (' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" ', Fault.LIVE_FIELD),
        (" dde a b ", Fault.LIVE_FIELD),
        (' INCLUDETEXT "http://x.vn/a" ', Fault.LIVE_FIELD),
        (' INCLUDEPICTURE "http://x.vn/a.png" ', Fault.LIVE_FIELD),
        (" QUOTE 68 68 69 65 ", Fault.LIVE_FIELD),
    ],
)
def test_fields_are_judged_whole_also_when_cut_in_runs(instruction: str, fault: Fault | None) -> None:
    quoted = instruction.replace('"', "&quot;")
    simple = f'<w:p><w:fldSimple w:instr="{quoted}"/></w:p>'
    begin, end = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>'
    letters = "".join(f"<w:r><w:instrText>{escape(letter)}</w:instrText></w:r>" for letter in instruction)
    assert fault_of(with_parts({}, simple)) is fault
    assert fault_of(with_parts({}, f"<w:p><w:r>{begin}</w:r>{letters}<w:r>{end}</w:r></w:p>")) is fault


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("word/vbaData.xml", Fault.MACRO),
        ("word/activeX/activeX1.xml", Fault.MACRO),
        ("customUI/customUI14.xml", Fault.MACRO),
        ("word/embeddings/a.xml", Fault.EMBEDDED),
        ("xl/connections.xml", Fault.OUTSIDE_LINK),
        ("xl/queryTables/queryTable1.xml", Fault.OUTSIDE_LINK),
        ("customXml/item1.xml", None),
    ],
)
def test_parts_are_known_by_where_they_lie(part: str, fault: Fault | None) -> None:
    assert fault_of(with_parts({part: "<a/>"})) is fault


def test_a_page_for_a_browser_inside_a_letter_is_refused() -> None:
    assert fault_of(with_parts({"word/media/a.svg": "<svg/>"})) is Fault.MARKUP
    assert fault_of(with_parts({"word/media/a.png": "<html><script>1</script></html>"})) is Fault.MARKUP


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'.encode("utf-16"),
        b'<?xml version="1.0"?>\n<!DOCTYPE a><a/>',
    ],
)
def test_no_document_type_is_let_through(xml: bytes) -> None:
    with pytest.raises(Unfit) as caught:
        walk(xml)
    assert caught.value.fault is Fault.ENTITIES


def test_xml_may_be_deep_but_not_endless() -> None:
    walk(b"<a>" * 200 + b"</a>" * 200)
    with pytest.raises(Unfit) as caught:
        walk(b"<a>" * 300 + b"</a>" * 300)
    assert caught.value.fault is Fault.BOMB


def test_letterheads_laid_out_as_tables_give_lines_and_lists_give_rows() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    package = Package(with_parts({}, table(("ỦY BAN", "CỘNG HÒA"), ("1", "Nguyễn Văn", "Mật", "VP"))))
    assert written.words_of(package, Kind.DOCX).body == ["ỦY BAN", "CỘNG HÒA", "1\tNguyễn Văn\tMật\tVP"]


def test_deleted_words_and_field_codes_are_not_text() -> None:
    body = "<w:p><w:r><w:t>còn</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>"
    body += "<w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p>"
    assert written.words_of(Package(with_parts({}, body)), Kind.DOCX).body == ["còn", ""]


def pdf_fault(data: bytes) -> Fault | None:
    """The fault of a PDF, or None when it is harmless."""
    try:
        pdfs.inspect_pdf(data, whole_text=True)
    except Unfit as unfit:
        return unfit.fault
    return None


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://x.vn) >> >>]", None),
        (
            b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (javascript:a) >> >>]",
            Fault.PDF_ACTION,
        ),
        (b"/AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >>", Fault.PDF_ACTION),
        (b"/AA << /O << /S /J#61vaScript /JS (x) >> >>", Fault.PDF_ACTION),
        (b"/AA << /O << /S /Launch /F (a.exe) >> >>", Fault.PDF_ACTION),
        (b"/AA << /O << /S /SubmitForm /F (http://x.vn) >> >>", Fault.PDF_ACTION),
        (b"/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] >>]", Fault.PDF_ATTACHMENT),
        (b"/X << /EF << >> >>", Fault.PDF_ATTACHMENT),
    ],
)
def test_a_pdf_is_judged_by_every_dictionary_in_it(entry: bytes, fault: Fault | None) -> None:
    assert pdf_fault(pdf(["Ke hoach"], page=entry)) is fault


def test_a_pdf_is_nothing_besides_a_pdf() -> None:
    data = pdf(["Ke hoach"])
    assert pdf_fault(data) is None
    assert pdf_fault(data + b"\r\n\x00") is None
    assert pdf_fault(data + b"<script>") is Fault.TWO_FACED
    assert pdf_fault(
        data.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<html>\n", 1).replace(b"%PDF-1.4\n", b"%PDF-1.4\n%<html>\n")
    ) is (Fault.TWO_FACED)
    assert pdf_fault(b"<p>" * 10 + data) is Fault.TWO_FACED
    assert pdf_fault(data[: len(data) // 2]) is Fault.BROKEN


def test_the_words_of_a_stamp_note_are_read_as_standing_above_the_text() -> None:
    page = b"/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /Contents (MAT) >>]"
    writing = pdfs.inspect_pdf(pdf(["Ke hoach"], page=page), whole_text=False)
    assert "MAT" in writing.head


def test_pictures_give_their_size_from_the_header_only() -> None:
    assert images.inspect_image(png(30, 20), Kind.PNG) == (30, 20)
    assert images.inspect_image(jpeg(30, 20), Kind.JPEG) == (30, 20)


def picture_fault(data: bytes, kind: Kind) -> Fault | None:
    """The fault of a picture, or None."""
    try:
        images.inspect_image(data, kind)
    except Unfit as unfit:
        return unfit.fault
    return None


def test_a_picture_hides_nothing_behind_itself() -> None:
    assert picture_fault(png(8, 8) + b"PK\x03\x04", Kind.PNG) is Fault.TWO_FACED
    assert picture_fault(jpeg(8, 8) + b"PK\x03\x04", Kind.JPEG) is Fault.TWO_FACED
    assert picture_fault(jpeg(8, 8) + b"MZ\x90\x00", Kind.JPEG) is Fault.TWO_FACED
    assert picture_fault(png(8, 8, extra=chunk(b"tEXt", b"a\x00<?php 1")), Kind.PNG) is Fault.TWO_FACED


def test_the_trailer_a_phone_writes_behind_its_photo_may_stay() -> None:
    assert picture_fault(jpeg(8, 8) + b"SEFH" + bytes(40) + jpeg(4, 4), Kind.JPEG) is None


def test_a_picture_of_no_size_or_half_a_picture_is_broken() -> None:
    assert picture_fault(png(8, 8)[:-12], Kind.PNG) is Fault.BROKEN
    assert picture_fault(jpeg(8, 8)[:-2], Kind.JPEG) is Fault.BROKEN
    assert picture_fault(jpeg(8, 8, claimed=(0, 8)), Kind.JPEG) is Fault.BROKEN


def test_more_than_40_megapixels_are_refused() -> None:
    assert picture_fault(jpeg(8, 8, claimed=(6_000, 6_600)), Kind.JPEG) is None
    assert picture_fault(jpeg(8, 8, claimed=(6_500, 6_500)), Kind.JPEG) is Fault.TOO_MANY_PIXELS


def test_a_colour_table_that_unpacks_to_megabytes_is_a_bomb() -> None:
    bomb = b"ICC\x00\x00" + zlib.compress(bytes(20 << 20))
    assert picture_fault(png(8, 8, extra=chunk(b"iCCP", bomb)), Kind.PNG) is Fault.BOMB
    small = b"ICC\x00\x00" + zlib.compress(bytes(3_000))
    assert picture_fault(png(8, 8, extra=chunk(b"iCCP", small)), Kind.PNG) is None


def test_the_directory_of_a_package_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_DIRECTORY_BYTES", 60)
    assert package_fault(zip_of(("a.xml", b"<a/>"), ("b.xml", b"<a/>"))) is Fault.BOMB
